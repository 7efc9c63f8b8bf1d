import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { evidenceOf } from '../testing/edges.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const ALL = rule('*', '*', '*');
/** bot is administrator of a by a wildcard. */
const world = (labels: Record<string, string>): ClusterFixture =>
  cluster().node('n1').namespace('a', labels).serviceAccount('a/bot').role('a/r', ALL).roleBinding('a/rb', 'Role/r', sa('a/bot'));
const A = ['namespace-admin:a → all-nodes:*'];
const MAYBE = ['namespace-admin:a → all-nodes:* (conditional)'];
const BIND = [rule('create', 'rbac.authorization.k8s.io', 'rolebindings'), rule('bind', 'rbac.authorization.k8s.io', 'clusterroles')];

const finds: Finds = [
  ['the label lets everything in', world({ [ENFORCE]: 'privileged' }), A],
  ['no label', world({}), MAYBE],
  ['the label refuses: the administrator may be let change it', world({ [ENFORCE]: 'restricted' }), MAYBE],
  [
    'who becomes administrator by binding a role',
    cluster()
      .node('n1')
      .namespace('a', { [ENFORCE]: 'privileged' })
      .serviceAccount('a/bot')
      .role('a/r', ...BIND)
      .roleBinding('a/rb', 'Role/r', sa('a/bot')),
    A,
  ],
  [
    'of every namespace, of which one lets it in',
    cluster()
      .node('n1')
      .namespace('a', { [ENFORCE]: 'restricted' })
      .namespace('b', { [ENFORCE]: 'privileged' })
      .serviceAccount('a/bot')
      .clusterRole('r', ...BIND)
      .clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot')),
    ['namespace-admin:* → all-nodes:*'],
  ],
];

const silent: Silent = [
  [
    'nobody is administrator',
    cluster()
      .node('n1')
      .namespace('a', { [ENFORCE]: 'privileged' })
      .serviceAccount('a/bot'),
  ],
  [
    'who may make pods alone',
    cluster()
      .node('n1')
      .namespace('a', { [ENFORCE]: 'privileged' })
      .role('a/r', rule('create', '', 'pods'))
      .roleBinding('a/rb', 'Role/r', sa('a/bot')),
  ],
  [
    'no nodes',
    cluster()
      .namespace('a', { [ENFORCE]: 'privileged' })
      .role('a/r', ALL)
      .roleBinding('a/rb', 'Role/r', sa('a/bot')),
  ],
  [
    'only virtual nodes, which are no machines to take',
    cluster()
      .node('f', { type: 'virtual-kubelet' })
      .namespace('a', { [ENFORCE]: 'privileged' })
      .role('a/r', ALL)
      .roleBinding('a/rb', 'Role/r', sa('a/bot')),
  ],
  ['a binding whose role does not exist', cluster().node('n1').namespace('a').roleBinding('a/rb', 'Role/gone', sa('a/bot'))],
];

tables('namespace-admin-pods', { finds, silent });

test('evidence is the label', () => {
  expect(evidenceOf(world({ [ENFORCE]: 'restricted' }).inventory(), 'namespace-admin-pods')).toEqual([
    'Namespace a /metadata/labels/pod-security.kubernetes.io~1enforce',
  ]);
});
