import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { service } from '../testing/extensions.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

type Rule = ReturnType<typeof rule>;
const DISCOVERY = 'discovery.k8s.io';

const slice = (path: string, of: string) => {
  const [namespace, name] = path.split('/');
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { namespace, name, labels: { 'kubernetes.io/service-name': of } },
    addressType: 'IPv4',
    ports: [{ port: 8080, protocol: 'TCP' }],
    endpoints: [{ addresses: ['10.0.0.9'] }],
  };
};
/** A Service with selector and one whose endpoints are written by hand. */
const world = (): ClusterFixture => cluster().namespace('a').serviceAccount('a/bot').add(service('a/web')).add(slice('a/web-x7k2p', 'web'));
const withHand = (): ClusterFixture => world().add(service('a/db', { selector: undefined }));
const bind = (fixture: ClusterFixture, ...rules: Rule[]): ClusterFixture =>
  fixture.role('a/r', ...rules).roleBinding('a/rb', 'Role/r', sa('a/bot'));

const HERE = ['sa:a/bot → all-traffic:a (conditional)'];
const anywhere = (fixture: ClusterFixture, ...rules: Rule[]): ClusterFixture =>
  fixture.clusterRole('r', ...rules).clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'));

const finds: Finds = [
  ['create slices', bind(world(), rule('create', DISCOVERY, 'endpointslices')), HERE],
  ['patch slices', bind(world(), rule('patch', DISCOVERY, 'endpointslices')), HERE],
  [
    'one slice by name',
    bind(world(), rule('update', DISCOVERY, 'endpointslices', 'web-x7k2p')),
    ['sa:a/bot → traffic:a/web (conditional)'],
  ],
  ['everywhere', anywhere(world(), rule('create', DISCOVERY, 'endpointslices')), ['sa:a/bot → all-traffic:* (conditional)']],
  ['Endpoints, where a Service has no selector', bind(withHand(), rule('update', '', 'endpoints')), HERE],
  [
    'Endpoints by the name of such a Service',
    bind(withHand(), rule('patch', '', 'endpoints', 'db')),
    ['sa:a/bot → traffic:a/db (conditional)'],
  ],
  ['the same name everywhere', anywhere(withHand(), rule('patch', '', 'endpoints', 'db')), ['sa:a/bot → traffic:a/db (conditional)']],
  ['both make one edge', bind(withHand(), rule('*', `,${DISCOVERY}`, 'endpoints,endpointslices')), HERE],
];

const silent: Silent = [
  ['Endpoints of a Service with selector, which kube-proxy does not read', bind(world(), rule('create,update,patch', '', 'endpoints'))],
  ['the same by name', bind(withHand(), rule('patch', '', 'endpoints', 'web'))],
  [
    'a namespace without Services',
    bind(cluster().serviceAccount('a/bot').add(service('b/web')), rule('create', DISCOVERY, 'endpointslices')),
  ],
  [
    'only an ExternalName',
    bind(
      cluster()
        .serviceAccount('a/bot')
        .add(service('a/x', { type: 'ExternalName', selector: undefined })),
      rule('create', DISCOVERY, 'endpointslices'),
      rule('create', '', 'endpoints'),
    ),
  ],
  ['a slice that is not there', bind(world(), rule('patch', DISCOVERY, 'endpointslices', 'web-other'))],
  ['a slice of another namespace', bind(world().add(slice('b/other-1', 'other')), rule('patch', DISCOVERY, 'endpointslices', 'other-1'))],
  [
    'slices in the core group, Endpoints in discovery',
    bind(withHand(), rule('create', '', 'endpointslices'), rule('create', DISCOVERY, 'endpoints')),
  ],
  ['create with resourceNames', bind(world(), rule('create', DISCOVERY, 'endpointslices', 'web-x7k2p'))],
  ['restricted addresses', bind(world(), rule('create', DISCOVERY, 'endpointslices/restricted'))],
  ['reading and deleting', bind(withHand(), rule('get,list,watch,delete', `,${DISCOVERY}`, 'endpoints,endpointslices'))],
  ['a binding whose role does not exist', world().roleBinding('a/rb', 'Role/r', sa('a/bot'))],
];

tables('endpoint-repoint', { finds, silent });

test('evidence points at the label of the slice; the binding closes it', () => {
  const inventory = bind(world(), rule('update', DISCOVERY, 'endpointslices', 'web-x7k2p')).inventory();
  expect(evidenceOf(inventory, 'endpoint-repoint')).toEqual([
    'RoleBinding a/rb /subjects/0',
    'Role a/r /rules/0',
    'EndpointSlice a/web-x7k2p /metadata/labels/kubernetes.io~1service-name',
  ]);
  expect(changesOfEdges(inventory, 'endpoint-repoint')).toEqual(['sa:a/bot → traffic:a/web: RoleBinding/a/rb/subjects/0']);
});
