import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

type Rule = ReturnType<typeof rule>;

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const world = (level = 'privileged'): ClusterFixture =>
  cluster()
    .node('n1')
    .namespace('a', { [ENFORCE]: level })
    .namespace('b', { [ENFORCE]: level })
    .serviceAccount('a/bot');
const BINDING = rule('create', '', 'pods/binding');
const CREATE = rule('create', '', 'pods');
const inA = (fixture: ClusterFixture, ...rules: Rule[]): ClusterFixture =>
  fixture.role('a/r', ...rules).roleBinding('a/rb', 'Role/r', sa('a/bot'));
const EDGE = ['sa:a/bot → all-nodes:*'];

const finds: Finds = [
  ['pods/binding', inA(world(), BINDING, CREATE), EDGE],
  ['bindings', inA(world(), rule('create', '', 'bindings'), CREATE), EDGE],
  ['*/binding', inA(world(), rule('create', '', '*/binding'), CREATE), EDGE],
  ['resource *', inA(world(), rule('create', '', '*')), EDGE],
  ['a named pod: its author gives it the name', inA(world(), rule('create', '', 'pods/binding', 'mine'), CREATE), EDGE],
  ['a controller', inA(world(), BINDING, rule('create', 'batch', 'jobs')), EDGE],
  ['one part cluster-wide', inA(world(), CREATE).clusterRole('w', BINDING).clusterRoleBinding('w', 'ClusterRole/w', sa('a/bot')), EDGE],
  ['a namespace without a label', inA(cluster().node('n1').namespace('a'), BINDING, CREATE), ['sa:a/bot → all-nodes:* (conditional)']],
];

const silent: Silent = [
  ['binding alone', inA(world(), BINDING)],
  ['pods alone', inA(world(), CREATE)],
  ['Pod Security refuses a privileged pod', inA(world('baseline'), BINDING, CREATE)],
  ['another subresource', inA(world(), rule('create', '', 'pods/exec,pods/eviction,pods/status'), CREATE)],
  ['another API group', inA(world(), rule('create', 'apps', 'pods/binding,bindings'), CREATE)],
  ['pods/* is no wildcard', inA(world(), rule('create', '', 'pods/*'), CREATE)],
  ['other verbs', inA(world(), rule('get,update,patch', '', 'pods/binding'), CREATE)],
  ['bindings by name: a create carries none', inA(world(), rule('create', '', 'bindings', 'mine'), CREATE)],
  ['the parts in two namespaces', inA(world(), BINDING).role('b/r', CREATE).roleBinding('b/rb', 'Role/r', sa('a/bot'))],
  ['a binding whose role does not exist', inA(world(), CREATE).roleBinding('a/gone', 'Role/gone', sa('a/bot'))],
  ['no nodes', inA(cluster().namespace('a', { [ENFORCE]: 'privileged' }), BINDING, CREATE)],
];

tables('pod-binding', { finds, silent });

test('evidence and changes', () => {
  const inventory = inA(world(), BINDING, CREATE).inventory();
  expect(evidenceOf(inventory, 'pod-binding')).toEqual([
    'RoleBinding a/rb /subjects/0',
    'Role a/r /rules/1',
    'Role a/r /rules/0',
    'Namespace a /metadata/labels/pod-security.kubernetes.io~1enforce',
  ]);
  expect(changesOfEdges(inventory, 'pod-binding')).toEqual(['sa:a/bot → all-nodes:*: RoleBinding/a/rb/subjects/0']);
});
