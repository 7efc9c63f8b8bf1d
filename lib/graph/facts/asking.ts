import type { AdmissionRequest } from '../../access/admission/matches.ts';
import { EVERYWHERE } from '../node-id.ts';
import type { Asking } from './asked.ts';
import type { Facts } from './facts.ts';
import type { Part } from './rights.ts';
import { isEverywhere } from './scopes.ts';
import { oneStep, type Step, stepsOf } from './steps.ts';
import { CREATE_WORKLOAD } from './workload-rights.ts';

/** What stands for all of a kind: whoever reaches it reaches what lies in every namespace, not in one of his choice. */
const SPREAD = new Set(['all-pods', 'all-secrets', 'all-service-accounts', 'all-traffic', 'namespace-admin', 'role-grant']);

interface Lists {
  readonly some: Map<string, readonly string[]>;
  readonly live: readonly string[];
  readonly withSecrets: readonly string[];
  readonly withAccounts: readonly string[];
}

const remembered = new WeakMap<Facts, Lists>();

function listsOf(facts: Facts): Lists {
  let lists = remembered.get(facts);
  if (lists === undefined) {
    lists = {
      some: new Map(),
      live: [...facts.pods.liveNamespaces],
      withSecrets: [...facts.secretsByNamespace.keys()],
      withAccounts: [...facts.accountsByNamespace.keys()],
    };
    remembered.set(facts, lists);
  }
  return lists;
}

/** Some namespaces as a list, always the same one for the same. */
function listed(facts: Facts, ...namespaces: readonly string[]): readonly string[] {
  const { some } = listsOf(facts);
  const key = JSON.stringify(namespaces);
  const known = some.get(key) ?? namespaces;
  some.set(key, known);
  return known;
}

/** Namespaces in which something of a kind lies. */
function namespacesOf(facts: Facts, kind: string): readonly string[] {
  const { live, withSecrets, withAccounts } = listsOf(facts);
  if (kind === 'all-pods') return live;
  if (kind === 'all-secrets' && withSecrets.length > 0) return withSecrets;
  return kind === 'all-service-accounts' ? withAccounts : facts.everyNamespace;
}

/** Namespaces in which every part is held, of those that whoever asks may choose. */
function common(facts: Facts, parts: readonly Part[]): readonly string[] {
  let found: readonly string[] | undefined;
  for (const { by } of parts) {
    const scopes = new Set(by.map(({ grant }) => grant.scope));
    if (scopes.has('') || scopes.has(EVERYWHERE)) continue;
    found = found === undefined ? [...scopes].sort() : found.filter((scope) => scopes.has(scope));
  }
  return found === undefined ? facts.everyNamespace : listed(facts, ...found);
}

const request = (operation: AdmissionRequest['operation'], resource: string, subresource?: string): AdmissionRequest => ({
  operation,
  apiGroup: '',
  resource,
  ...(subresource === undefined ? {} : { subresource }),
  ownLabels: operation === 'CREATE',
});

/** Ways in which the administrator of a namespace has what lies in it; secrets are read. */
const ADMINISTERED: ReadonlyMap<string, Step> = new Map([
  [
    'all-pods',
    [
      request('CONNECT', 'pods', 'exec'),
      request('UPDATE', 'pods', 'ephemeralcontainers'),
      // Another image.
      request('UPDATE', 'pods'),
    ],
  ],
  ['all-service-accounts', [request('CREATE', 'serviceaccounts', 'token'), request('CREATE', 'pods'), request('CREATE', 'secrets')]],
]);

/** The requests by which an administrator of namespaces has everything of a kind there; undefined: without any that is asked about. */
export function askingAsAdministrator(facts: Facts, to: number): Asking | undefined {
  const step = ADMINISTERED.get(facts.nodes.kinds[to] as string);
  return step === undefined ? undefined : { ...askingAt(facts, to, []), steps: oneStep(facts, step) };
}

/** The requests of these parts, in a namespace of the caller's choice. */
export const askingAnywhere = (facts: Facts, parts: readonly Part[]): Asking => ({
  steps: stepsOf(facts, parts),
  namespaces: common(facts, parts),
  over: 'any',
});

/** The same but for making pods, about which the technique has asked itself: a namespace in which pods may not be made is none to choose. */
export const askingBesidePods = (facts: Facts, parts: readonly Part[]): Asking => ({
  ...askingAnywhere(facts, parts),
  steps: stepsOf(
    facts,
    parts.filter(({ rights }) => rights !== CREATE_WORKLOAD),
  ),
});

/** The requests of these parts, in one namespace. */
export const askingIn = (facts: Facts, namespace: string, parts: readonly Part[]): Asking => ({
  steps: stepsOf(facts, parts),
  namespaces: listed(facts, namespace),
  over: 'each',
});

/** The requests of these parts, where that lies which they lead to: it itself, or all of it; where it lies nowhere, at the caller's choice. */
export function askingAt(facts: Facts, to: number, parts: readonly Part[]): Asking {
  const { kinds, namespaces } = facts.nodes;
  const kind = kinds[to] as string;
  const namespace = namespaces[to] as string;
  if (isEverywhere(namespace) && !SPREAD.has(kind)) return askingAnywhere(facts, parts);
  return {
    steps: stepsOf(facts, parts),
    namespaces: isEverywhere(namespace) ? namespacesOf(facts, kind) : listed(facts, namespace),
    over: 'each',
    pod: facts.pods.placeOf.get(to),
  };
}
