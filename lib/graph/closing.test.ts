import { describe, expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa } from '../inventory/testing/cluster.ts';
import { buildGraph } from './build.ts';
import { allOf, anyChange, anyOf, type Closing, isMet, NEVER } from './closing.ts';
import type { TechniqueId } from './kinds.ts';
import { techniqueAt } from './read.ts';

const said = (closing: Closing): string => {
  if ('change' in closing) return closing.change;
  return 'any' in closing ? `any(${closing.any.map(said).join(', ')})` : `all(${closing.all.map(said).join(', ')})`;
};

describe('closings', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((change) => ({ change })) as [Closing, Closing, Closing];
  test.each<[string, Closing, string]>([
    ['any of one is that one', anyOf([a]), 'a'],
    ['any of any is flat', anyOf([a, anyOf([b, c])]), 'any(a, b, c)'],
    ['any leaves out what is never met', anyOf([NEVER, a]), 'a'],
    ['any of nothing is never', anyChange([]), 'any()'],
    ['all of one is that one', allOf([a]), 'a'],
    ['all of all is flat', allOf([allOf([a, b]), c]), 'all(a, b, c)'],
    ['all with what is never met is never', allOf([a, NEVER]), 'any()'],
    ['all of nothing is never, as nothing closes it', allOf([]), 'any()'],
    ['all of choices stays as it is', allOf([anyOf([a, b]), c]), 'all(any(a, b), c)'],
  ])('%s', (_name, closing, text) => {
    expect(said(closing)).toBe(text);
  });

  test.each<[string, readonly string[], boolean]>([
    ['both parts', ['a', 'c'], true],
    ['both parts in another way', ['b', 'c'], true],
    ['one part', ['a', 'b'], false],
    ['nothing', [], false],
  ])('is met by %s', (_name, made, expected) => {
    expect(isMet(allOf([anyOf([a, b]), c]), (change) => made.includes(change))).toBe(expected);
  });
});

/** What closes the first edge of a technique from a node, as text, and how. */
function closingsOf(world: ClusterFixture, technique: TechniqueId, from: string) {
  const graph = buildGraph(world.inventory());
  const edge = [...Array(graph.edges.count).keys()].find(
    (one) => techniqueAt(graph, one) === technique && graph.nodes.ids[graph.edges.from[one] as number] === from,
  );
  if (edge === undefined) throw new Error(`no ${technique} from ${from}`);
  return { text: said(graph.closing(edge)), fix: (change: string) => graph.fix(edge, change) };
}

const base = () => cluster().namespace('a').serviceAccount('a/bot').secret('a/key');
const reader = rule('get', '', 'secrets');
const pod = (container: object, spec: object = {}) =>
  base().pod('a/web', { serviceAccount: 'bot', container: { ...container }, spec: { ...spec } });
const T = 'template of pod:a/web';

describe('what closes an edge of a technique', () => {
  test.each<[string, ClusterFixture, TechniqueId, string, string]>([
    [
      'one binding of a role: the subject, the binding or the rule',
      base().role('a/r', reader).roleBinding('a/x', 'Role/r', sa('a/bot')),
      'secret-read',
      'sa:a/bot',
      'any(RoleBinding/a/x/subjects/0, delete RoleBinding/a/x, Role/a/r/rules/0)',
    ],
    [
      'two bindings: something of each',
      base()
        .role('a/r', reader)
        .roleBinding('a/x', 'Role/r', sa('a/bot'))
        .role('a/s', reader)
        .roleBinding('a/y', 'Role/s', group('g'), sa('a/bot')),
      'secret-read',
      'sa:a/bot',
      'all(any(RoleBinding/a/x/subjects/0, delete RoleBinding/a/x, Role/a/r/rules/0), any(RoleBinding/a/y/subjects/1, delete RoleBinding/a/y, Role/a/s/rules/0))',
    ],
    [
      'a default role by its name: no rule, as the API server puts it back',
      base().clusterRole('admin', reader).roleBinding('a/x', 'ClusterRole/admin', sa('a/bot')),
      'secret-read',
      'sa:a/bot',
      'any(RoleBinding/a/x/subjects/0, delete RoleBinding/a/x)',
    ],
    [
      'an aggregated role: no rule, as the controller writes it anew',
      base()
        .add({
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'ClusterRole',
          metadata: { name: 'r' },
          aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: 'b' } }] },
          rules: [reader],
        })
        .roleBinding('a/x', 'ClusterRole/r', sa('a/bot')),
      'secret-read',
      'sa:a/bot',
      'any(RoleBinding/a/x/subjects/0, delete RoleBinding/a/x)',
    ],
    [
      'a default role by its label',
      base()
        .add({
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'ClusterRole',
          metadata: { name: 'r', labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' } },
          rules: [reader],
        })
        .roleBinding('a/x', 'ClusterRole/r', sa('a/bot')),
      'secret-read',
      'sa:a/bot',
      'any(RoleBinding/a/x/subjects/0, delete RoleBinding/a/x)',
    ],
    ['what a group has anyway', base(), 'cluster-admin', 'group:system:masters', 'any()'],
    [
      'the subject of a binding',
      base().roleBinding('a/x', 'Role/r', sa('a/bot')),
      'bound-by',
      'sa:a/bot',
      'any(RoleBinding/a/x/subjects/0, delete RoleBinding/a/x)',
    ],
    ['a token of the account', pod({}), 'holds-token', 'pod:a/web', `any(automount of sa:a/bot, token: ${T})`],
    ['a token that the pod itself asks for', pod({}, { automountServiceAccountToken: true }), 'holds-token', 'pod:a/web', `token: ${T}`],
    ['a privileged container', pod({ securityContext: { privileged: true } }), 'escape-privileged', 'pod:a/web', `privileged: ${T}`],
    [
      'a privileged container with a capability that would count again',
      pod({ securityContext: { privileged: true, capabilities: { add: ['SYS_ADMIN'] } } }),
      'escape-privileged',
      'pod:a/web',
      `all(privileged: ${T}, capabilities: ${T})`,
    ],
    [
      'processes of the node and privileges: one of the two',
      pod({ securityContext: { privileged: true } }, { hostPID: true }),
      'escape-host-pid',
      'pod:a/web',
      `any(hostPID: ${T}, privileged: ${T})`,
    ],
    [
      'a secret that pods of a node name: out of the templates of all of them',
      ['one', 'two'].reduce(
        (one, name) =>
          one.pod(`a/${name}`, {
            token: false,
            container: { env: [{ name: 'X', valueFrom: { secretKeyRef: { name: 'key', key: 'k' } } }] },
          }),
        base().secret('a/unused').node('n1'),
      ),
      'mounts-secret',
      'pod:a/two',
      'secret:a/key out of template of pod:a/two',
    ],
  ])('%s', (_name, world, technique, from, expected) => {
    expect(closingsOf(world, technique, from).text).toBe(expected);
  });

  test('a secret that the kubelet may read for its pods: out of the templates of all of them', () => {
    const env = [{ name: 'X', valueFrom: { secretKeyRef: { name: 'key', key: 'k' } } }];
    const world = base().node('n1').pod('a/one', { container: { env } }).pod('a/two', { container: { env } });
    const graph = buildGraph(world.inventory());
    const edge = [...Array(graph.edges.count).keys()].find(
      (one) => techniqueAt(graph, one) === 'node-identity' && graph.nodes.ids[graph.edges.to[one] as number] === 'secret:a/key',
    );
    expect(said(graph.closing(edge as number))).toBe(
      'all(secret:a/key out of template of pod:a/one, secret:a/key out of template of pod:a/two)',
    );
  });
});

describe('how to make a change', () => {
  const world = base().clusterRole('r', reader).clusterRoleBinding('system:x', 'ClusterRole/r', sa('a/bot'), group('it’s'));
  test.each<[string, TechniqueId, string, object]>([
    [
      'a subject, of a binding that comes back',
      'secret-read',
      'ClusterRoleBinding//system:x/subjects/0',
      {
        says: 'take ServiceAccount a/bot out of ClusterRoleBinding system:x',
        command: `kubectl patch clusterrolebinding system:x --type=json -p '[{"op":"test","path":"/subjects/0/name","value":"bot"},{"op":"test","path":"/subjects/0/namespace","value":"a"},{"op":"remove","path":"/subjects/0"}]'`,
        sideEffect: expect.stringContaining('puts it back'),
      },
    ],
    [
      'a binding',
      'bound-by',
      'delete ClusterRoleBinding//system:x',
      { command: 'kubectl delete clusterrolebinding system:x', sideEffect: expect.stringContaining('all of its 2 subjects') },
    ],
    [
      'a rule',
      'secret-read',
      'ClusterRole//r/rules/0',
      {
        says: expect.stringContaining('drop rule 0 (get on secrets) from ClusterRole r'),
        command: `kubectl patch clusterrole r --type=json -p '[{"op":"test","path":"/rules/0/verbs","value":["get"]},{"op":"test","path":"/rules/0/resources","value":["secrets"]},{"op":"remove","path":"/rules/0"}]'`,
      },
    ],
  ])('%s', (_name, technique, change, expected) => {
    expect(closingsOf(world, technique, 'sa:a/bot').fix(change)).toMatchObject(expected);
  });

  test('a field of a template, and the token in it', () => {
    const one = pod({ securityContext: { privileged: true } });
    expect(closingsOf(one, 'escape-privileged', 'pod:a/web').fix(`privileged: ${T}`).says).toContain('set `privileged: false`');
    expect(closingsOf(one, 'holds-token', 'pod:a/web').fix(`token: ${T}`).says).toContain('automountServiceAccountToken: false');
    expect(closingsOf(one, 'holds-token', 'pod:a/web').fix('automount of sa:a/bot').command).toMatch(/^kubectl patch serviceaccount bot /);
  });
});
