import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LabelSelector } from '../../inventory/kubernetes.ts';
import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicyRule } from '../../inventory/network-policy.ts';
import { connection, networkOf } from './connection.ts';
import type { End, PodEnd } from './policy-rules.ts';

/** A universe small enough to try everything: two namespaces, two labels, ports 1 to 4, the eight addresses of 10.0.0.0/29. */
const NAMESPACES = ['a', 'b'] as const;
const namespace = fc.constantFrom(...NAMESPACES);
const labels = fc.record({ x: fc.constantFrom('1', '2'), y: fc.constantFrom('1', '2') }, { requiredKeys: [] });
const toMap = (object: object): Map<string, string> => new Map(Object.entries(object) as [string, string][]);
const selector: fc.Arbitrary<LabelSelector> = fc.record({
  matchLabels: labels.map(toMap),
  matchExpressions: fc.array(
    fc.record({
      key: fc.constantFrom('x', 'y'),
      operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'),
      values: fc.constant(['1']),
    }),
    { maxLength: 1 },
  ),
});
const cidr = fc.tuple(fc.nat(7), fc.integer({ min: 29, max: 32 })).map(([last, prefix]) => `10.0.0.${last}/${prefix}`);
const peer: fc.Arbitrary<NetworkPolicyPeer> = fc.oneof(
  fc.record({ ipBlock: fc.record({ cidr, except: fc.array(cidr, { maxLength: 2 }) }) }),
  fc.record({ podSelector: selector, namespaceSelector: selector }, { requiredKeys: [] }),
);
const port: fc.Arbitrary<NetworkPolicyPort> = fc.oneof(
  fc.record({ protocol: fc.constantFrom('TCP', 'UDP') }, { requiredKeys: [] }),
  fc.record({ port: fc.constantFrom('1', '2', 'web'), protocol: fc.constantFrom('TCP', 'UDP') }, { requiredKeys: ['port'] }),
  fc.record({ port: fc.constantFrom('1', '2'), endPort: fc.constantFrom(2, 3) }),
);
const rule: fc.Arbitrary<NetworkPolicyRule> = fc.record({
  ports: fc.array(port, { maxLength: 2 }),
  peers: fc.array(peer, { maxLength: 3 }),
});
const policy: fc.Arbitrary<NetworkPolicy> = fc.record({
  namespace,
  name: fc.constantFrom('p', 'q'),
  podSelector: fc.oneof(
    { weight: 3, arbitrary: fc.constant({ matchLabels: new Map(), matchExpressions: [] }) },
    { weight: 1, arbitrary: selector },
  ),
  policyTypes: fc.constantFrom<string[]>([], ['Ingress'], ['Egress'], ['Ingress', 'Egress']),
  ingress: fc.array(rule, { maxLength: 2 }),
  egress: fc.array(rule, { maxLength: 2 }),
});
const podEnd: fc.Arbitrary<PodEnd> = fc
  .record({
    namespace,
    name: fc.constantFrom('one', 'two'),
    labels: labels.map(toMap),
    hostNetwork: fc.boolean(),
    ports: fc.array(
      fc.record({ name: fc.constant('web'), protocol: fc.constantFrom('TCP', 'UDP'), containerPort: fc.integer({ min: 1, max: 4 }) }),
      { maxLength: 2 },
    ),
    node: fc.constantFrom('n1', 'n2'),
  })
  .chain((one) => fc.nat(7).map((last) => ({ ...one, address: `10.0.0.${last}` })));
const end: fc.Arbitrary<End> = fc.oneof(
  podEnd.map((pod) => ({ pod })),
  fc
    .record({ within: fc.array(cidr, { minLength: 1, maxLength: 2 }), except: fc.array(cidr, { maxLength: 1 }) })
    .map((addresses) => ({ addresses })),
);

/* The oracle: address by address and clause by clause, with nothing of the solver's. */

const inside = (last: number, block: string): boolean => {
  const [base = '', prefix] = block.split('/');
  const size = 2 ** (32 - Number(prefix));
  return Math.floor(last / size) === Math.floor(Number(base.split('.')[3]) / size);
};
const inBlock = (last: number, { cidr: outer, except }: { cidr: string; except: readonly string[] }): boolean =>
  inside(last, outer) && !except.some((one) => inside(last, one));
const addressesOf = ({ within, except = [] }: { within: readonly string[]; except?: readonly string[] }): number[] =>
  [0, 1, 2, 3, 4, 5, 6, 7].filter((last) => within.some((one) => inside(last, one)) && !except.some((one) => inside(last, one)));

function picks({ matchLabels, matchExpressions }: LabelSelector, found: ReadonlyMap<string, string>): boolean {
  const byLabel = [...matchLabels].every(([key, value]) => found.get(key) === value);
  return (
    byLabel &&
    matchExpressions.every(({ key, operator }) => {
      const is1 = found.get(key) === '1';
      return { In: is1, NotIn: !is1, Exists: found.has(key), DoesNotExist: !found.has(key) }[operator] === true;
    })
  );
}

const NAMESPACE_LABELS = { a: new Map([['x', '1']]), b: new Map([['y', '2']]) };
type Answer = 'yes' | 'no' | 'unknown';

function peerIsPod(one: NetworkPolicyPeer, pod: PodEnd, home: string): Answer {
  if (one.ipBlock !== undefined) return inBlock(Number(pod.address?.split('.')[3]), one.ipBlock) ? 'unknown' : 'no';
  if (one.podSelector === undefined && one.namespaceSelector === undefined) return 'no';
  const inNamespace =
    one.namespaceSelector === undefined
      ? pod.namespace === home
      : picks(one.namespaceSelector, NAMESPACE_LABELS[pod.namespace as 'a' | 'b']);
  const isPicked = inNamespace && (one.podSelector === undefined || picks(one.podSelector, pod.labels));
  return isPicked ? (pod.hostNetwork ? 'unknown' : 'yes') : 'no';
}

function portIsAllowed(one: NetworkPolicyPort, asked: { port: number; protocol: string }, target: End): boolean {
  if ((one.protocol ?? 'TCP') !== asked.protocol) return false;
  if (one.port === undefined) return true;
  if (one.port === 'web')
    return (
      'pod' in target && target.pod.ports.some(({ protocol, containerPort }) => protocol === asked.protocol && containerPort === asked.port)
    );
  return asked.port >= Number(one.port) && asked.port <= (one.endPort ?? Number(one.port));
}

function sideLets(
  policies: readonly NetworkPolicy[],
  pod: PodEnd,
  question: { other: End; direction: 'ingress' | 'egress'; target: End; port: number; protocol: string },
): Answer {
  const { other, direction, target } = question;
  if (pod.hostNetwork) return 'yes';
  const word = direction === 'ingress' ? 'Ingress' : 'Egress';
  const holding = policies.filter(
    ({ namespace: home, podSelector, policyTypes, egress }) =>
      home === pod.namespace &&
      picks(podSelector, pod.labels) &&
      (policyTypes.length === 0 ? direction === 'ingress' || egress.length > 0 : policyTypes.includes(word)),
  );
  if (holding.length === 0) return 'yes';
  const usable = holding.flatMap(({ namespace: home, [direction]: rules }) =>
    rules
      .filter(({ ports }) => ports.length === 0 || ports.some((one) => portIsAllowed(one, question, target)))
      .map(({ peers }) => ({ home, peers })),
  );
  if ('pod' in other) {
    const answers = usable.flatMap(({ home, peers }) =>
      peers.length === 0 ? ['yes'] : peers.map((one) => peerIsPod(one, other.pod, home)),
    );
    return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no';
  }
  const all = addressesOf(other.addresses);
  const lets = all.filter((last) =>
    usable.some(({ peers }) => peers.length === 0 || peers.some(({ ipBlock }) => ipBlock !== undefined && inBlock(last, ipBlock))),
  );
  return lets.length === all.length ? 'yes' : lets.length > 0 ? 'unknown' : 'no';
}

function oracle(
  policies: readonly NetworkPolicy[],
  { from, to, port: number, protocol }: { from: End; to: End; port: number; protocol: string },
): string {
  if ('pod' in from && 'pod' in to) {
    const same = from.pod.namespace === to.pod.namespace && from.pod.name === to.pod.name;
    if (same || ((from.pod.hostNetwork || to.pod.hostNetwork) && from.pod.node === to.pod.node)) return 'open';
  }
  const shared = { target: to, port: number, protocol };
  const answers: Answer[] = [
    'pod' in from ? sideLets(policies, from.pod, { ...shared, other: to, direction: 'egress' }) : 'yes',
    'pod' in to ? sideLets(policies, to.pod, { ...shared, other: from, direction: 'ingress' }) : 'yes',
  ];
  return answers.includes('no') ? 'blocked' : answers.includes('unknown') ? 'unknown' : 'open';
}

describe('connection', () => {
  it('says what trying every clause and every address says', () => {
    const seen = new Map<string, number>();
    const isEmpty = (one: End): boolean => 'addresses' in one && addressesOf(one.addresses).length === 0;
    fc.assert(
      fc.property(
        fc.array(policy, { minLength: 1, maxLength: 4 }),
        fc.record({ from: end, to: end, port: fc.integer({ min: 1, max: 4 }), protocol: fc.constantFrom('TCP', 'UDP') }),
        (policies, asked) => {
          fc.pre(!isEmpty(asked.from) && !isEmpty(asked.to));
          const network = networkOf({
            networkPolicies: policies,
            namespaces: NAMESPACES.map((name) => ({ name, labels: NAMESPACE_LABELS[name] })),
            enginePolicies: [],
          });
          const { state } = connection(network, asked);
          seen.set(state, (seen.get(state) ?? 0) + 1);
          expect(state).toBe(oracle(policies, asked));
        },
      ),
      { seed: 20261122, numRuns: 6000 },
    );
    // All three answers are met often enough to have been tried.
    for (const state of ['open', 'blocked', 'unknown']) expect(seen.get(state) ?? 0, state).toBeGreaterThan(50);
  });
});
