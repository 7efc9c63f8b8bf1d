import { describe, expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';

type Rule = ReturnType<typeof rule>;

const scc = (name: string, more: object = {}): Rule => ({
  apiVersion: 'security.openshift.io/v1',
  kind: 'SecurityContextConstraints',
  metadata: { name },
  allowPrivilegedContainer: false,
  allowHostDirVolumePlugin: false,
  users: [],
  groups: [],
  ...more,
});
const PRIVILEGED = { allowPrivilegedContainer: true };
const world = (...more: Rule[]): ClusterFixture => {
  const fixture = cluster()
    .node('n1')
    .namespace('a')
    .namespace('b')
    .serviceAccount('a/bot')
    .serviceAccount('a/strong')
    .serviceAccount('b/strong');
  for (const one of [scc('restricted-v2'), ...(more.length === 0 ? [scc('privileged', PRIVILEGED)] : more)]) fixture.add(one);
  return fixture;
};
const USE = (name?: string): Rule => rule('use', 'security.openshift.io', 'securitycontextconstraints', name);
const CREATE = rule('create', '', 'pods');
/** A Role and a RoleBinding of that path. */
const bind = (fixture: ClusterFixture, path: string, subject: Rule, ...rules: Rule[]): ClusterFixture =>
  fixture.role(path, ...rules).roleBinding(path, `Role/${path.split('/')[1]}`, subject);
const BOT = sa('a/bot');
const EDGE = ['sa:a/bot → all-nodes:*'];
const MAYBE = ['sa:a/bot → all-nodes:* (conditional)'];

const finds: [string, ClusterFixture, string[]][] = [
  ['its own use, and pods', bind(world(), 'a/r', BOT, USE('privileged'), CREATE), EDGE],
  ['any constraint', bind(world(), 'a/r', BOT, USE(), CREATE), EDGE],
  ['verb *, group *', bind(world(), 'a/r', BOT, rule('*', '*', 'securitycontextconstraints'), CREATE), EDGE],
  [
    'one that lets the node be mounted',
    bind(world(scc('hostmount', { allowHostDirVolumePlugin: true })), 'a/r', BOT, USE(), CREATE),
    MAYBE,
  ],
  [
    'a service account of the namespace may use it: whoever makes pods there names it',
    bind(bind(world(), 'a/r', BOT, CREATE), 'a/scc', sa('a/strong'), USE('privileged')),
    EDGE,
  ],
  [
    'then a controller will do',
    bind(bind(world(), 'a/r', BOT, rule('create', 'apps', 'deployments')), 'a/scc', sa('a/strong'), USE('privileged')),
    EDGE,
  ],
  [
    'every service account may, by RBAC',
    bind(world(), 'a/r', BOT, CREATE).clusterRole('u', USE()).clusterRoleBinding('u', 'ClusterRole/u', group('system:serviceaccounts')),
    EDGE,
  ],
  [
    'the constraint lists the author',
    bind(world(scc('p', { ...PRIVILEGED, users: ['system:serviceaccount:a:bot'] })), 'a/r', BOT, CREATE),
    EDGE,
  ],
  [
    'the constraint lists an account of the namespace',
    bind(world(scc('p', { ...PRIVILEGED, users: ['system:serviceaccount:a:strong'] })), 'a/r', BOT, CREATE),
    EDGE,
  ],
  [
    'the constraint lists the accounts of the namespace',
    bind(world(scc('p', { ...PRIVILEGED, groups: ['system:serviceaccounts:a'] })), 'a/r', BOT, CREATE),
    EDGE,
  ],
  [
    'the constraint lists a user',
    bind(world(scc('p', { ...PRIVILEGED, users: ['alice'] })), 'a/r', user('alice'), CREATE),
    ['user:alice → all-nodes:*'],
  ],
  [
    'pods everywhere, an account in one namespace',
    bind(world(), 'b/scc', sa('b/strong'), USE('privileged')).clusterRole('w', CREATE).clusterRoleBinding('w', 'ClusterRole/w', BOT),
    EDGE,
  ],
  [
    'a webhook that is asked about pods',
    bind(world(), 'a/r', BOT, USE('privileged'), CREATE).webhookConfiguration('ValidatingWebhookConfiguration', 'guard', {
      name: 'guard.example.com',
      rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
    }),
    MAYBE,
  ],
];

const silent: [string, ClusterFixture][] = [
  ['no constraints: this is not OpenShift', bind(cluster().node('n1').namespace('a').serviceAccount('a/bot'), 'a/r', BOT, USE(), CREATE)],
  ['use alone', bind(world(), 'a/r', BOT, USE())],
  ['pods alone', bind(world(), 'a/r', BOT, CREATE)],
  ['use of a constraint that lets nothing', bind(world(), 'a/r', BOT, USE('restricted-v2'), CREATE)],
  ['use of one that is not there', bind(world(), 'a/r', BOT, USE('gone'), CREATE)],
  ['another API group', bind(world(), 'a/r', BOT, rule('use', '', 'securitycontextconstraints'), CREATE)],
  ['PodSecurityPolicies', bind(world(), 'a/r', BOT, rule('use', 'policy', 'podsecuritypolicies'), CREATE)],
  ['another verb', bind(world(), 'a/r', BOT, rule('get,list,update', 'security.openshift.io', 'securitycontextconstraints'), CREATE)],
  ['use in another namespace', bind(bind(world(), 'a/r', BOT, CREATE), 'b/scc', BOT, USE('privileged'))],
  ['an account of another namespace', bind(bind(world(), 'a/r', BOT, CREATE), 'b/scc', sa('b/strong'), USE('privileged'))],
  ['an account that is not there', bind(bind(world(), 'a/r', BOT, CREATE), 'a/scc', sa('a/gone'), USE('privileged'))],
  [
    "a controller does not have its author's constraints",
    bind(world(), 'a/r', user('alice'), USE('privileged'), rule('create', 'apps', 'deployments')),
  ],
  [
    'the constraint lists an account of another namespace',
    bind(world(scc('p', { ...PRIVILEGED, users: ['system:serviceaccount:b:strong'] })), 'a/r', BOT, CREATE),
  ],
  [
    'the constraint lists administrators',
    bind(world(scc('p', { ...PRIVILEGED, users: ['system:admin'], groups: ['system:cluster-admins'] })), 'a/r', BOT, CREATE),
  ],
  ['a binding whose role does not exist', bind(world(), 'a/r', BOT, CREATE).roleBinding('a/gone', 'Role/gone', sa('a/strong'))],
  [
    'Pod Security refuses it',
    bind(world().namespace('c', { 'pod-security.kubernetes.io/enforce': 'restricted' }), 'c/r', BOT, USE('privileged'), CREATE),
  ],
];

describe('scc-use finds', () => {
  test.each(finds)('%s', (_name, fixture, edges) =>
    expect(edgesOf(fixture.inventory(), 'scc-use').filter((edge) => !edge.startsWith('sa:a/strong'))).toEqual(edges),
  );
});

describe('scc-use stays silent', () => {
  test.each(silent)('%s', (_name, fixture) => expect(edgesOf(fixture.inventory(), 'scc-use')).toEqual([]));
});

test('evidence names the field of the constraint, and both rules', () => {
  expect(evidenceOf(bind(bind(world(), 'a/r', BOT, CREATE), 'a/scc', sa('a/strong'), USE('privileged')).inventory(), 'scc-use')).toEqual([
    'RoleBinding a/r /subjects/0',
    'Role a/r /rules/0',
    'RoleBinding a/scc /subjects/0',
    'Role a/scc /rules/0',
    'SecurityContextConstraints privileged /allowPrivilegedContainer',
    'Namespace a /metadata/name',
  ]);
});

test('a constraint that lists whoever uses it is left by making no pods alone', () => {
  const listed = bind(world(scc('p', { ...PRIVILEGED, users: ['system:serviceaccount:a:strong'] })), 'a/r', BOT, CREATE);
  expect(changesOfEdges(listed.inventory(), 'scc-use')).toEqual(['sa:a/bot → all-nodes:*: RoleBinding/a/r/subjects/0']);
  const bound = bind(bind(world(), 'a/r', BOT, CREATE), 'a/scc', sa('a/strong'), USE('privileged'));
  expect(changesOfEdges(bound.inventory(), 'scc-use')).toEqual([
    'sa:a/bot → all-nodes:*: RoleBinding/a/r/subjects/0, RoleBinding/a/scc/subjects/0',
  ]);
});
