import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { holding } from '../testing/holding.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';
import { certificateSign } from './certificate-sign.ts';

const GROUP = 'certificates.k8s.io';
const world = (): ClusterFixture => cluster().serviceAccount('a/bot').serviceAccount('a/other');
const { everywhere } = holding(world);
const SIGN = rule('sign', GROUP, 'signers', 'kubernetes.io/kube-apiserver-client');
const STATUS = rule('patch', GROUP, 'certificatesigningrequests/status');
const ANYBODY = ['sa:a/bot → all-users:* (conditional)'];

const finds: Finds = [
  ['sign and patch of the status', everywhere(SIGN, STATUS), ANYBODY],
  ['by the domain, and update', everywhere(rule('sign', GROUP, 'signers', 'kubernetes.io/*'), rule('update', GROUP, '*/status')), ANYBODY],
  ['any signer', everywhere(rule('sign', GROUP, 'signers'), STATUS), ANYBODY],
  ['the status of one request', everywhere(SIGN, rule('update', GROUP, 'certificatesigningrequests/status', 'mine')), ANYBODY],
];

const silent: Silent = [
  ['sign alone', everywhere(SIGN)],
  ['the status alone', everywhere(STATUS)],
  ['another signer, as cert-manager has it', everywhere(rule('sign', GROUP, 'signers', 'issuers.cert-manager.io/*'), STATUS)],
  ['approve is not sign', everywhere(rule('approve', GROUP, 'signers', 'kubernetes.io/kube-apiserver-client'), STATUS)],
  ['the request without its subresource', everywhere(SIGN, rule('patch', GROUP, 'certificatesigningrequests'))],
  ['the parts for two subjects', everywhere(SIGN).clusterRole('s', STATUS).clusterRoleBinding('s', 'ClusterRole/s', sa('a/other'))],
  ['by a RoleBinding', world().role('a/r', SIGN, STATUS).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  ['another API group', everywhere(rule('sign', '', 'signers'), STATUS)],
];

tables('certificate-sign', { finds, silent });

test('nothing follows without the key of the CA', () => expect(certificateSign.walked).toBe(false));

test('evidence and the change that closes it', () => {
  expect(evidenceOf(everywhere(SIGN, STATUS).inventory(), 'certificate-sign')).toEqual([
    'ClusterRoleBinding crb /subjects/0',
    'ClusterRole r /rules/0',
    'ClusterRole r /rules/1',
  ]);
  expect(changesOfEdges(everywhere(SIGN, STATUS).inventory(), 'certificate-sign')).toEqual([
    'sa:a/bot → all-users:*: ClusterRoleBinding//crb/subjects/0',
  ]);
});
