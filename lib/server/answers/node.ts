import { stringify } from 'yaml';
import { indexAws } from '../../access/aws/aws-index.ts';
import { roleStatements } from '../../access/aws/permissions.ts';
import { rbacOf } from '../../access/rbac/bindings.ts';
import { type GrantedRule, rulesFor } from '../../access/rbac/review.ts';
import { serviceAccountGroups, serviceAccountUser } from '../../access/rbac/subject.ts';
import { summarise } from '../../analysis/summary.ts';
import type { NodeDetail } from '../../api/contract.ts';
import type { NodeKind } from '../../graph/kinds.ts';
import type { Graph, Rows } from '../../graph/model.ts';
import { nodeId } from '../../graph/node-id.ts';
import type { AwsRole } from '../../inventory/aws.ts';
import type { Dataset } from '../dataset.ts';
import { CLOUD_OBJECTS } from './cloud-node-properties.ts';
import { nodeProperties } from './node-properties.ts';
import { edgeSummary, first, nodeOf, nodeSummary, reachSummary } from './parts.ts';

const MOST_EDGES = 200;
const MOST_RULES = 500;
const SAMPLE = 12;
/** YAML of an object beyond this is cut: a role can have thousands of rules. */
const MOST_YAML = 60_000;

function who(graph: Graph, node: number): { user: string; groups: readonly string[] } | undefined {
  const { nodes } = graph;
  const name = nodes.names[node] as string;
  const namespace = nodes.namespaces[node] as string;
  if (nodes.kinds[node] === 'service-account')
    return { user: serviceAccountUser(namespace, name), groups: serviceAccountGroups(namespace) };
  if (nodes.kinds[node] === 'user') return { user: name, groups: ['system:authenticated'] };
  return nodes.kinds[node] === 'group' ? { user: '', groups: [name] } : undefined;
}

type Permission = NodeDetail['permissions'][number];

function permission({ grant, rule }: GrantedRule): Permission[] {
  const { binding, role, subject, scope } = grant;
  if (role === undefined) return [];
  const bindingKind = binding.namespace === undefined ? 'cluster-role-binding' : 'role-binding';
  const roleKind = role.kind === 'Role' ? 'role' : 'cluster-role';
  return [
    {
      scope: scope === '' ? 'cluster' : scope,
      rule,
      binding: { id: nodeId(bindingKind, binding.name, binding.namespace), kind: bindingKind, name: binding.name },
      role: { id: nodeId(roleKind, role.name, role.namespace), kind: roleKind, name: role.name },
      subject: `${subject.kind} ${subject.name}`,
    },
  ];
}

/** Every rule that holds for a subject, cluster-wide ones first, with the binding and role that give it. */
function* permissions({ inventory, graph }: Dataset, node: number): Generator<Permission> {
  const subject = who(graph, node);
  if (subject === undefined) return;
  const index = rbacOf(inventory);
  const keys = [`user:${subject.user}`, ...subject.groups.map((group) => `group:${group}`)];
  const scopes = new Set(keys.flatMap((key) => index.bySubject.get(key) ?? []).map(({ scope }) => scope));
  for (const namespace of [...scopes].sort()) {
    for (const granted of rulesFor(index, { ...subject, namespace })) if (granted.grant.scope === namespace) yield* permission(granted);
  }
}

function statements({ inventory, graph }: Dataset, node: number): NodeDetail['statements'] {
  if (graph.nodes.kinds[node] !== 'aws-role') return [];
  const role = graph.nodes.records[node] as AwsRole | undefined;
  if (role === undefined) return [];
  return roleStatements(role, indexAws(inventory).managedPolicies)
    .statements.slice(0, MOST_RULES)
    .map(({ policy, statement }) => ({
      policy,
      ...(statement.sid === undefined ? {} : { sid: statement.sid }),
      effect: statement.effect,
      actions: statement.actions ?? (statement.notActions ?? []).map((action) => `all but ${action}`),
      resources: statement.resources ?? (statement.notResources ?? []).map((resource) => `all but ${resource}`),
      conditions: statement.conditions.map(({ operator, key, values }) => `${operator} ${key}: ${values.join(', ')}`),
    }));
}

function edgesIn(graph: Graph, rows: Rows, node: number): NodeDetail['out'] {
  const [start, end] = [rows.offsets[node] as number, rows.offsets[node + 1] as number];
  return {
    total: end - start,
    edges: [...rows.edges.subarray(start, Math.min(end, start + MOST_EDGES))].map((edge) => edgeSummary(graph, edge)),
  };
}

function reachedBy({ graph, walker }: Dataset, node: number): NodeDetail['reachedBy'] {
  const walk = walker.glance([node], { direction: 'reverse' });
  const pods: number[] = [];
  let count = 0;
  for (let place = 0; place < walk.count; place += 1) {
    const from = walk.order[place] as number;
    if (graph.nodes.kinds[from] !== 'pod' || from === node) continue;
    count += 1;
    if (pods.length < SAMPLE) pods.push(from);
  }
  return { total: walk.count - 1, pods: count, sample: pods.map((pod) => nodeSummary(graph, pod)) };
}

/** Maps as objects without a prototype, so that a label called `__proto__` is a label. */
function plain(_key: unknown, value: unknown): unknown {
  if (!(value instanceof Map)) return value;
  return Object.assign(Object.create(null), Object.fromEntries(value));
}

/** The object behind a node as its API says it. */
function objectOf({ nodes }: Graph, node: number): unknown {
  const record = nodes.records[node];
  const shown = CLOUD_OBJECTS[nodes.kinds[node] as NodeKind];
  return record === undefined || shown === undefined ? record : shown(record as never);
}

function yamlOf(record: unknown): string | undefined {
  if (record === undefined) return undefined;
  const text = stringify(record, plain, { lineWidth: 0, aliasDuplicateObjects: false });
  return text.length <= MOST_YAML ? text : `${text.slice(0, MOST_YAML)}\n# cut here: ${text.length - MOST_YAML} more characters\n`;
}

/** Everything that the side panel tells of a node. */
export function nodeAnswer(data: Dataset, id: string): NodeDetail {
  const { graph, walker } = data;
  const node = nodeOf(graph, id);
  const yaml = yamlOf(objectOf(graph, node));
  return {
    node: nodeSummary(graph, node),
    properties: nodeProperties(graph, node),
    reaches: reachSummary(summarise(graph, walker.glance([node]))),
    reachedBy: reachedBy(data, node),
    permissions: first(permissions(data, node), MOST_RULES),
    statements: statements(data, node),
    out: edgesIn(graph, graph.forward, node),
    in: edgesIn(graph, graph.reverse, node),
    ...(yaml === undefined ? {} : { yaml }),
    gaps: graph.gaps,
  };
}
