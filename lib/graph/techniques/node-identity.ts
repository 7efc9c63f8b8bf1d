import type { Pod } from '../../inventory/kubernetes.ts';
import { nodeEvidence, podEvidence } from '../evidence/objects.ts';
import type { Facts } from '../facts/facts.ts';
import { defineTechnique, type Emit } from './technique.ts';

/** Service accounts of the live pods on a node, and their image pull secrets: what the kubelet may mint or read. */
function entrusted(facts: Facts, places: readonly number[]): { accounts: Set<number>; pullSecrets: Set<number> } {
  const { pods, nodes } = facts;
  const accounts = new Set<number>();
  const pullSecrets = new Set<number>();
  for (const place of places) {
    if (pods.live[place] !== 1) continue;
    accounts.add(pods.serviceAccount[place] as number);
    const pod = pods.pods[place] as Pod;
    for (const secret of pod.spec.imagePullSecrets) {
      const node = nodes.indexOf(`secret:${pod.namespace}/${secret}`);
      if (node !== undefined) pullSecrets.add(node);
    }
  }
  return { accounts, pullSecrets };
}

function emitNode(facts: Facts, node: number, emit: Emit): void {
  emit(node, facts.nodes.intern('user', `system:node:${facts.nodes.names[node]}`));
  emit(node, facts.nodes.intern('group', 'system:nodes'));
  const { accounts, pullSecrets } = entrusted(facts, facts.pods.byNode.get(node) ?? []);
  for (const account of accounts) emit(node, account);
  for (const secret of pullSecrets) emit(node, secret);
}

/** A pod on the node that needs the account or the pull secret. */
function witness({ pods, nodes }: Facts, node: number, target: number): Pod | undefined {
  const isWitness = (place: number): boolean =>
    pods.serviceAccount[place] === target ||
    (pods.pods[place] as Pod).spec.imagePullSecrets.some(
      (name) => nodes.indexOf(`secret:${(pods.pods[place] as Pod).namespace}/${name}`) === target,
    );
  const place = (pods.byNode.get(node) ?? []).find((one) => pods.live[one] === 1 && isWitness(one));
  return place === undefined ? undefined : pods.pods[place];
}

export const nodeIdentity = defineTechnique({
  id: 'node-identity',
  title: 'Acts as the kubelet',
  class: 'token',
  walked: true,
  from: ['node'],
  to: ['user', 'group', 'service-account', 'secret'],
  action:
    "Reads the kubelet's client certificate and calls the API server as `system:node:NAME`: mints tokens of service accounts whose pods run here, reads their pull secrets.",
  precondition:
    'Root on the node; the Node authorizer lets a kubelet create tokens for, and read secrets of, pods that are bound to its node.',
  remediation: 'Keep strong identities on nodes of their own.',
  coverage: { level: 'partial', misses: 'config maps and volumes that the Node authorizer opens as well' },
  attck: ['T1078'],
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/node/'],
  find(facts, emit) {
    for (let node = 0, { count } = facts.nodes; node < count; node += 1)
      if (facts.nodes.kinds[node] === 'node') emitNode(facts, node, emit);
  },
  explain(facts, { from, to }) {
    const { nodes } = facts;
    const fix = { says: 'nothing turns this off; keep attackers off the node, and pods of strong identities on other nodes' };
    const own = nodes.kinds[to] === 'user' || nodes.kinds[to] === 'group';
    const pod = own ? undefined : witness(facts, from, to);
    if (pod === undefined)
      return {
        evidence: [nodeEvidence(nodes, from, { kind: 'Node', pointer: '/metadata/name', says: `its kubelet is ${nodes.names[to]}` })],
        fix,
      };
    const secret = nodes.kinds[to] === 'secret';
    const says = secret
      ? `runs here, so the kubelet may read its pull secret ${nodes.names[to]}`
      : `runs here, so the kubelet may mint tokens of ${pod.namespace}/${nodes.names[to]}`;
    return { evidence: [podEvidence(pod, secret ? '/spec/imagePullSecrets' : '/spec/serviceAccountName', says)], fix };
  },
});
