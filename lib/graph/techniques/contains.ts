import { nodeEvidence, objectEvidence } from '../evidence/objects.ts';
import { askingAsAdministrator } from '../facts/asking.ts';
import { membersOfControllerSets } from '../facts/controller-namespaces.ts';
import { nodesOfNamespaces } from '../facts/debug-nodes.ts';
import { type Everything, everything } from '../facts/everything.ts';
import type { Facts } from '../facts/facts.ts';
import { membersOfSets } from '../facts/identity-sets.ts';
import { membersOfChangeable } from '../facts/mirror-pods.ts';
import type { NodeKind } from '../kinds.ts';
import { EVERYWHERE } from '../node-id.ts';
import { defineTechnique, type Emit } from './technique.ts';

const BY_NAMESPACE = ['all-pods', 'all-secrets', 'all-service-accounts'] as const;
const MEMBER: Readonly<Record<Exclude<Everything, 'namespace-admin' | 'all-traffic'>, NodeKind>> = {
  'all-pods': 'pod',
  'all-secrets': 'secret',
  'all-service-accounts': 'service-account',
  'all-nodes': 'node',
  'all-users': 'user',
  'all-groups': 'group',
};
const KIND_NAME: Partial<Record<NodeKind, string>> = {
  pod: 'Pod',
  secret: 'Secret',
  'service-account': 'ServiceAccount',
  node: 'Node',
  user: 'User',
  group: 'Group',
};

/** A service account that only a binding names has no token to mint and no pod to run, but can be impersonated. */
const ABSENT = 'the service account existing, which is not among those that were read; impersonation alone works without it';

/** Members of a kind by namespace; pods only while they live. */
function members(facts: Facts, kind: NodeKind): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (let node = 0; node < facts.nodes.count; node += 1) {
    if (facts.nodes.kinds[node] !== kind) continue;
    if (kind === 'pod' && facts.pods.live[facts.pods.placeOf.get(node) as number] !== 1) continue;
    const namespace = facts.nodes.namespaces[node] as string;
    const list = found.get(namespace);
    if (list === undefined) found.set(namespace, [node]);
    else list.push(node);
  }
  return found;
}

/** Everything everywhere → everything of a namespace → each of it: linear in objects, whoever may reach them. */
function containNamespaced(facts: Facts, kind: (typeof BY_NAMESPACE)[number], emit: Emit): void {
  const all = everything(facts, kind, '');
  for (const [namespace, nodes] of members(facts, MEMBER[kind])) {
    const here = everything(facts, kind, namespace);
    emit(all, here);
    for (const node of nodes) emit(here, node, 0, facts.isAbsentAccount(node) ? 'conditional' : 'certain');
  }
}

function containAdmins(facts: Facts, emit: Emit): void {
  const { nodes } = facts;
  const admin = nodes.clusterAdmin();
  const kinds = [...BY_NAMESPACE, 'all-nodes', 'all-users', 'all-groups'] as const;
  for (const kind of kinds) emit(admin, everything(facts, kind, ''));
  for (let node = 0, { count } = nodes; node < count; node += 1) {
    if (nodes.kinds[node] !== 'namespace-admin') continue;
    for (const kind of BY_NAMESPACE) {
      const target = nodes.indexOf(`${kind}:${nodes.names[node]}`);
      if (target !== undefined) emit(node, target);
    }
  }
}

export const contains = defineTechnique({
  id: 'contains',
  title: 'Contains',
  class: 'structure',
  walked: true,
  from: ['all-pods', 'all-secrets', 'all-service-accounts', 'all-nodes', 'all-users', 'all-groups', 'cluster-admin', 'namespace-admin'],
  to: [
    'all-pods',
    'all-secrets',
    'all-service-accounts',
    'all-nodes',
    'all-users',
    'all-groups',
    'pod',
    'secret',
    'service-account',
    'node',
    'user',
    'group',
  ],
  action: 'What holds for all of a kind holds for each of it.',
  precondition: 'The object is one of the kind, in the namespace.',
  remediation: 'Close the edge that leads to all of the kind.',
  coverage: { level: 'full' },
  attck: [],
  references: [],
  find(facts, emit) {
    for (const kind of BY_NAMESPACE) containNamespaced(facts, kind, emit);
    for (const kind of ['all-nodes', 'all-users', 'all-groups'] as const) {
      const all = everything(facts, kind, '');
      for (const nodes of members(facts, MEMBER[kind]).values()) for (const node of nodes) emit(all, node);
    }
    for (const { set, member } of [
      ...membersOfSets(facts),
      ...membersOfChangeable(facts),
      ...nodesOfNamespaces(facts),
      ...membersOfControllerSets(facts),
    ])
      emit(set, member);
    containAdmins(facts, emit);
  },
  // Who may do everything in the cluster takes away what is asked.
  asks: (facts, { from, to }) => (facts.nodes.kinds[from] === 'namespace-admin' ? askingAsAdministrator(facts, to) : undefined),
  explain(facts, { from, to }) {
    const { nodes } = facts;
    const fix = { says: 'close the edge that leads here' };
    const name = nodes.namespaces[to] || (nodes.names[to] as string);
    const stands = KIND_NAME[nodes.kinds[to] as NodeKind];
    if (stands !== undefined) {
      const pointer = nodes.namespaces[to] === '' ? '/metadata/name' : '/metadata/namespace';
      const evidence = [nodeEvidence(nodes, to, { kind: stands, pointer, says: `is one of ${nodes.ids[from]}` })] as const;
      return facts.isAbsentAccount(to) ? { evidence, hangsOn: ABSENT, fix } : { evidence, fix };
    }
    if (name === EVERYWHERE) return { evidence: [objectEvidence('Cluster', { name: 'cluster' }, '', 'lies in the cluster')], fix };
    const says = nodes.namespaces[from] === '' ? 'lies in the cluster' : `lies in namespace ${name}`;
    return { evidence: [objectEvidence('Namespace', { name }, '/metadata/name', says)], fix };
  },
});
