import { referencedSecrets } from '../../access/pod/secret-use.ts';
import type { Pod } from '../../inventory/kubernetes.ts';
import { allOf, NEVER } from '../closing.ts';
import { nodeEvidence, podEvidence } from '../evidence/objects.ts';
import { secretChange, secretFix } from '../evidence/template-change.ts';
import type { Facts } from '../facts/facts.ts';
import { defineTechnique } from './technique.ts';

/** Nodes of the secrets that the pod at a place names. */
const secretsNamed = ({ pods, nodes }: Facts): ((place: number) => readonly number[]) =>
  pods.perTemplate(({ spec, namespace }) => {
    const names = new Set(referencedSecrets(spec).map(({ secret }) => secret));
    return [...names].flatMap((name) => nodes.indexOf(`secret:${namespace}/${name}`) ?? []);
  });

/** For one cluster: by node, the changes that take each secret out of the templates of all pods there. */
interface Uses {
  readonly secretsOf: (place: number) => readonly number[];
  readonly byNode: Map<number, ReadonlyMap<number, ReadonlySet<string>>>;
}

const remembered = new WeakMap<Facts, Uses>();

function usesOn(facts: Facts, node: number): ReadonlyMap<number, ReadonlySet<string>> {
  const uses = remembered.get(facts) ?? { secretsOf: secretsNamed(facts), byNode: new Map() };
  remembered.set(facts, uses);
  let found = uses.byNode.get(node);
  if (found === undefined) {
    const changes = new Map<number, Set<string>>();
    for (const place of facts.pods.byNode.get(node) ?? []) {
      if (facts.pods.live[place] !== 1) continue;
      for (const secret of uses.secretsOf(place)) {
        const list = changes.get(secret) ?? new Set();
        list.add(secretChange(facts, facts.pods.node[place] as number, secret));
        changes.set(secret, list);
      }
    }
    found = changes;
    uses.byNode.set(node, found);
  }
  return found;
}

/** Service accounts of the live pods on each node, and the secrets that they name: what its kubelet may mint or read. */
function entrusting(facts: Facts): (places: readonly number[]) => ReadonlySet<number> {
  const { pods } = facts;
  const secretsOf = secretsNamed(facts);
  return (places) => {
    const targets = new Set<number>();
    for (const place of places) {
      if (pods.live[place] !== 1) continue;
      targets.add(pods.serviceAccount[place] as number);
      for (const secret of secretsOf(place)) targets.add(secret);
    }
    return targets;
  };
}

/** A pod on the node that runs as the account or names the secret, and where it does. */
function witness({ pods, nodes }: Facts, node: number, target: number): { pod: Pod; pointer: string } | undefined {
  for (const place of pods.byNode.get(node) ?? []) {
    if (pods.live[place] !== 1) continue;
    const pod = pods.pods[place] as Pod;
    if (pods.serviceAccount[place] === target) return { pod, pointer: '/spec/serviceAccountName' };
    const use = referencedSecrets(pod.spec).find(({ secret }) => nodes.indexOf(`secret:${pod.namespace}/${secret}`) === target);
    if (use !== undefined) return { pod, pointer: use.pointer };
  }
  return undefined;
}

export const nodeIdentity = defineTechnique({
  id: 'node-identity',
  title: 'Acts as the kubelet',
  class: 'token',
  walked: true,
  from: ['node'],
  to: ['user', 'group', 'service-account', 'secret'],
  action:
    "Reads the kubelet's client certificate and calls the API server as `system:node:NAME`: mints tokens of service accounts whose pods run here, reads the secrets that they name.",
  precondition:
    'Root on the node; the Node authorizer lets a kubelet create tokens for, and read secrets of, pods that are bound to its node.',
  remediation: 'Keep strong identities on nodes of their own.',
  coverage: { level: 'partial', misses: 'config maps and volumes that the Node authorizer opens as well' },
  attck: ['T1078'],
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/node/'],
  find(facts, emit) {
    const { nodes, pods } = facts;
    const entrusted = entrusting(facts);
    for (let node = 0, { count } = nodes; node < count; node += 1) {
      if (nodes.kinds[node] !== 'node') continue;
      emit(node, nodes.intern('user', `system:node:${nodes.names[node]}`));
      for (const group of ['system:nodes', 'system:authenticated']) emit(node, nodes.intern('group', group));
      for (const target of entrusted(pods.byNode.get(node) ?? [])) emit(node, target);
    }
  },
  closing(facts, { from, to }) {
    if (facts.nodes.kinds[to] !== 'secret') return NEVER;
    return allOf([...(usesOn(facts, from).get(to) ?? [])].map((change) => ({ change })));
  },
  fix(facts, { to }) {
    return facts.nodes.kinds[to] === 'secret' ? secretFix(facts, to) : undefined;
  },
  explain(facts, { from, to }) {
    const { nodes } = facts;
    const fix = { says: 'nothing turns this off; keep attackers off the node, and pods of strong identities on other nodes' };
    const own = nodes.kinds[to] === 'user' || nodes.kinds[to] === 'group';
    const found = own ? undefined : witness(facts, from, to);
    if (found === undefined)
      return {
        evidence: [
          nodeEvidence(nodes, from, {
            kind: 'Node',
            pointer: '/metadata/name',
            says: `its kubelet is ${nodes.kinds[to] === 'group' ? 'in group ' : ''}${nodes.names[to]}`,
          }),
        ],
        fix,
      };
    const { pod, pointer } = found;
    const says =
      nodes.kinds[to] === 'secret'
        ? `runs here and names the secret, so the kubelet may read ${pod.namespace}/${nodes.names[to]}`
        : `runs here, so the kubelet may mint tokens of ${pod.namespace}/${nodes.names[to]}`;
    return { evidence: [podEvidence(pod, pointer, says)], fix };
  },
});
