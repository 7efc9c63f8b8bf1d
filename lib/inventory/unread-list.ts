import type { Gap } from './gap.ts';
import type { Inventory } from './inventory.ts';

/**
 * API groups that every server has. Among them a plural is one resource alone, so that `validatingadmissionpolicies` and
 * `validatingadmissionpolicies.admissionregistration.k8s.io` are the same; `networkpolicies.crd.projectcalico.org` is another one's.
 * Source: https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.34/#-strong-api-groups-strong-.
 */
const BUILT_IN: ReadonlySet<string> = new Set([
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'batch',
  'discovery.k8s.io',
  'networking.k8s.io',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
]);

const plainOf = (name: string): string => {
  const dot = name.indexOf('.');
  return dot > 0 && BUILT_IN.has(name.slice(dot + 1)) ? name.slice(0, dot) : name;
};

/** Whether a gap is about a list, by its plural, or by `plural.group` for what is not built in. */
function isAbout({ what, resources }: Gap, list: string): boolean {
  const plain = plainOf(list);
  return resources === undefined ? plainOf(what) === plain : resources.some((one) => plainOf(one) === plain);
}

/** Whether a gap holds for a namespace: for those that it names, for all but those that it excepts, or everywhere. */
function holdsFor({ namespaces, exceptNamespaces }: Gap, namespace: string): boolean {
  if (namespaces !== undefined) return namespaces.includes(namespace);
  return exceptNamespaces === undefined || !exceptNamespaces.includes(namespace);
}

/** Whether a gap says that a list (`validatingwebhookconfigurations`) was not read whole, wherever: what is missing from it may be there. */
export const isUnread = ({ gaps }: Pick<Inventory, 'gaps'>, list: string): boolean => gaps.some((gap) => isAbout(gap, list));

/** Tells for which namespaces a list was not read whole, as far as gaps say. */
export function unreadIn({ gaps }: Pick<Inventory, 'gaps'>, list: string): (namespace: string) => boolean {
  const relevant = gaps.filter((gap) => isAbout(gap, list));
  return (namespace) => relevant.some((gap) => holdsFor(gap, namespace));
}
