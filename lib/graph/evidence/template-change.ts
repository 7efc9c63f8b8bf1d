import type { Facts } from '../facts/facts.ts';
import type { Fix } from '../model.ts';

/** Changing the template that the pod is a copy of closes the escape of all its copies. */
export function templateChange(facts: Facts, from: number): readonly string[] {
  return [`template of ${facts.nodes.ids[templateOf(facts, from)]}`];
}

/** The workload of a pod, or the pod itself where nobody owns it. */
function templateOf({ pods, workloadOf }: Facts, from: number): number {
  const workload = workloadOf[pods.placeOf.get(from) as number] as number;
  return workload >= 0 ? workload : from;
}

/** The key of taking a secret out of the template that a pod is a copy of. */
export function secretChange(facts: Facts, from: number, secret: number): string {
  return templateKey(facts, { from, about: secret }, (template) => `${facts.nodes.ids[secret]} out of ${template}`);
}

/** The key of taking the token out of the template that a pod is a copy of. */
export function tokenChange(facts: Facts, from: number): string {
  return templateKey(facts, { from, about: facts.nodes.count }, (template) => `token: ${template}`);
}

const templateKeys = new WeakMap<Facts, Map<number, string>>();

/** Keys are made once for all copies of a template: of 100,000 pods most are copies. */
function templateKey(
  facts: Facts,
  { from, about }: { readonly from: number; readonly about: number },
  make: (template: string) => string,
): string {
  const known = templateKeys.get(facts) ?? new Map<number, string>();
  templateKeys.set(facts, known);
  const number = templateOf(facts, from) * 2 ** 26 + about;
  let key = known.get(number);
  if (key === undefined) {
    key = make(templateChange(facts, from)[0] as string);
    known.set(number, key);
  }
  return key;
}

export const secretFix = ({ nodes }: Pick<Facts, 'nodes'>, secret: number): Fix => ({
  says: `take the reference to secret ${nodes.names[secret]} out of the workload's template, then rotate the secret`,
});
