import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa } from '../../inventory/testing/cluster.ts';
import { buildGraph } from '../build.ts';
import { techniqueAt } from '../read.ts';
import { changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { admissionPolicy, admissionPolicyBinding } from '../testing/extensions.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

type Rule = ReturnType<typeof rule>;
const GROUP = 'admissionregistration.k8s.io';
const POLICIES = 'mutatingadmissionpolicies';
const BINDINGS = 'mutatingadmissionpolicybindings';
const BOTH = rule('create', GROUP, `${POLICIES},${BINDINGS}`);

const world = (version: string | undefined = 'v1.36.0'): ClusterFixture =>
  cluster()
    .about({ ...(version === '' ? {} : { version }) })
    .namespace('a')
    .serviceAccount('a/bot')
    .secret('a/db');
const bind = (fixture: ClusterFixture, ...rules: Rule[]): ClusterFixture =>
  fixture.clusterRole('r', ...rules).clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'));
const withPolicy = (): ClusterFixture => world().add(admissionPolicy('MutatingAdmissionPolicy', 'sidecar'));
const bound = (fixture = withPolicy()): ClusterFixture =>
  fixture.add(admissionPolicyBinding('MutatingAdmissionPolicyBinding', 'sidecar-everywhere', 'sidecar'));

const FOUND = ['sa:a/bot → all-secrets:* (conditional)', 'sa:a/bot → all-service-accounts:* (conditional)'];

const finds: Finds = [
  ['create both', bind(world(), BOTH), FOUND],
  ['the two rights from two rules', bind(world(), rule('create', GROUP, POLICIES), rule('create', GROUP, BINDINGS)), FOUND],
  [
    'the two rights from two bindings, one of a group',
    world()
      .clusterRole('p', rule('create', GROUP, POLICIES))
      .clusterRole('b', rule('create', GROUP, BINDINGS))
      .clusterRoleBinding('p', 'ClusterRole/p', sa('a/bot'))
      .clusterRoleBinding('b', 'ClusterRole/b', group('system:serviceaccounts:a')),
    FOUND,
  ],
  [
    'change a policy that is there, and make a binding',
    bind(withPolicy(), rule('patch', GROUP, POLICIES, 'sidecar'), rule('create', GROUP, BINDINGS)),
    FOUND,
  ],
  ['change a policy that is bound already: that alone is enough', bind(bound(), rule('update', GROUP, POLICIES)), FOUND],
  ['the same by name', bind(bound(), rule('patch', GROUP, POLICIES, 'sidecar')), FOUND],
  [
    'make a policy and point a binding that is there at it',
    bind(bound(), rule('create', GROUP, POLICIES), rule('patch', GROUP, BINDINGS)),
    FOUND,
  ],
  ['nodes where there are some', bind(world().node('n1'), BOTH), ['sa:a/bot → all-nodes:* (conditional)', ...FOUND]],
  ['1.34, where it may be switched on', bind(world('v1.34.2'), BOTH), FOUND],
  [
    '1.30, where an object says that it is served',
    bind(bound(world('v1.30.0').add(admissionPolicy('MutatingAdmissionPolicy', 'sidecar'))), BOTH),
    FOUND,
  ],
  ['an unknown version', bind(world(''), BOTH), FOUND],
];

const silent: Silent = [
  ['policies alone', bind(world(), rule('*', GROUP, POLICIES))],
  ['bindings alone', bind(bound(), rule('*', GROUP, BINDINGS))],
  ['a policy that is not bound', bind(withPolicy(), rule('update,patch', GROUP, POLICIES))],
  ['a bound policy, another name', bind(bound(), rule('patch', GROUP, POLICIES, 'other'))],
  ['update where nothing is there', bind(world(), rule('update,patch', GROUP, `${POLICIES},${BINDINGS}`))],
  ['before 1.32', bind(world('v1.31.9'), BOTH)],
  [
    'one half in a RoleBinding',
    world()
      .clusterRole('p', rule('create', GROUP, POLICIES))
      .clusterRole('b', rule('create', GROUP, BINDINGS))
      .clusterRoleBinding('p', 'ClusterRole/p', sa('a/bot'))
      .roleBinding('a/b', 'ClusterRole/b', sa('a/bot')),
  ],
  ['both in a RoleBinding', world().clusterRole('r', BOTH).roleBinding('a/b', 'ClusterRole/r', sa('a/bot'))],
  ['validating ones', bind(world(), rule('*', GROUP, 'validatingadmissionpolicies,validatingadmissionpolicybindings'))],
  ['another group', bind(world(), rule('create', 'apps', `${POLICIES},${BINDINGS}`))],
  ['subresources', bind(world(), rule('create', GROUP, `${POLICIES}/status,${BINDINGS}/status`))],
  ['create with resourceNames', bind(world(), rule('create', GROUP, `${POLICIES},${BINDINGS}`, 'sidecar'))],
  ['a binding whose role does not exist', world().clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'))],
];

tables('mutating-policy-control', { finds, silent });

test.each([
  ['v1.36.0', /^somebody creating a pod afterwards[^;]*$/],
  ['v1.34.0', /switched on, which they are not by default in 1\.34/],
  ['', /its version is not known/],
])('of %s says what it hangs on', (version, hangsOn) => {
  const graph = buildGraph(bind(world(version), BOTH).inventory());
  const edge = [...Array(graph.edges.count).keys()].find((one) => techniqueAt(graph, one) === 'mutating-policy-control');
  expect(graph.explain(edge as number).hangsOn).toMatch(hangsOn);
});

test('evidence names both rules, and the policy that is bound already', () => {
  const inventory = bind(world(), rule('create', GROUP, POLICIES), rule('create', GROUP, BINDINGS)).inventory();
  expect([...new Set(evidenceOf(inventory, 'mutating-policy-control'))]).toEqual([
    'ClusterRoleBinding crb /subjects/0',
    'ClusterRole r /rules/0',
    'ClusterRole r /rules/1',
  ]);
  expect(changesOfEdges(inventory, 'mutating-policy-control')).toEqual([
    'sa:a/bot → all-secrets:*: ClusterRoleBinding//crb/subjects/0',
    'sa:a/bot → all-service-accounts:*: ClusterRoleBinding//crb/subjects/0',
  ]);
  expect(evidenceOf(bind(bound(), rule('update', GROUP, POLICIES)).inventory(), 'mutating-policy-control')).toContain(
    'MutatingAdmissionPolicy sidecar /metadata/name',
  );
});
