import type { Secret } from '../../inventory/kubernetes.ts';
import { EVERYWHERE } from '../node-id.ts';
import type { Facts } from './facts.ts';

const TYPE = 'kubernetes.io/service-account-token';

/** Secrets of service account tokens: by namespace, as far as they were read. */
export interface TokenSecrets {
  /** The token secret of a namespace and name. */
  readonly get: (namespace: string, name: string) => Secret | undefined;
  /** A token secret of the scope (empty or `*`: of any namespace). */
  readonly anyIn: (scope: string) => Secret | undefined;
}

const remembered = new WeakMap<Facts, TokenSecrets>();

/** Whether a secret is known to be a token's; one whose type was not read is not. */
export function tokenSecrets(facts: Facts): TokenSecrets {
  const known = remembered.get(facts);
  if (known !== undefined) return known;
  const tokens = facts.inventory.kubernetes.secrets.filter(({ type }) => type === TYPE);
  const byName = new Map(tokens.map((secret) => [`${secret.namespace}/${secret.name}`, secret]));
  const byNamespace = new Map(tokens.map((secret) => [secret.namespace, secret]));
  const found: TokenSecrets = {
    get: (namespace, name) => byName.get(`${namespace}/${name}`),
    anyIn: (scope) => (scope === '' || scope === EVERYWHERE ? tokens[0] : byNamespace.get(scope)),
  };
  remembered.set(facts, found);
  return found;
}

const names = new WeakMap<Facts, ReadonlySet<string>>();

/** Whether a secret of this name is in the scope (empty or `*`: in every namespace that has secrets), so that none can be created under it. */
export function isTaken(facts: Facts, name: string, scope: string): boolean {
  let taken = names.get(facts);
  if (taken === undefined) {
    taken = new Set(facts.inventory.kubernetes.secrets.map((secret) => `${secret.namespace}/${secret.name}`));
    names.set(facts, taken);
  }
  if (scope !== '' && scope !== EVERYWHERE) return taken.has(`${scope}/${name}`);
  return facts.everyNamespace.every((namespace) => taken?.has(`${namespace}/${name}`));
}
