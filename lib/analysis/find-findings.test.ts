import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { isPointer, readOriginals, resolvePointer } from '../graph/testing/originals.ts';
import type { Binding } from '../inventory/kubernetes.ts';
import { cluster, group, rule, sa, user } from '../inventory/testing/cluster.ts';
import { readSnapshot } from '../sources/snapshot/read.ts';
import { findFindings } from './find-findings.ts';
import { baseOf } from './testing/finding-rows.ts';

const SAFE = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

/** A cluster as it should be: small rights, no default accounts, everything labelled. */
function hardened() {
  const labels = { app: 'api' };
  return cluster()
    .node('n1')
    .namespace('shop', { 'pod-security.kubernetes.io/enforce': 'restricted' })
    .networkPolicy('shop/deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] })
    .serviceAccount('shop/default', { automountServiceAccountToken: false })
    .serviceAccount('shop/api')
    .serviceAccount('shop/web', { automountServiceAccountToken: false })
    .secret('shop/db', { data: { password: 'eA==' } })
    .role('shop/api', rule('get', '', 'secrets', 'db'), rule('get,watch', '', 'configmaps', 'settings'))
    .roleBinding('shop/api', 'Role/api', sa('shop/api'))
    .pod('shop/api-1', { serviceAccount: 'api', container: { securityContext: SAFE }, metadata: { labels } })
    .pod('shop/api-2', { serviceAccount: 'api', container: { securityContext: SAFE }, metadata: { labels } })
    .pod('shop/web-1', { serviceAccount: 'web', token: false, container: { securityContext: SAFE } })
    .clusterRole('cluster-admin', rule('*', '*', '*'))
    .clusterRoleBinding('cluster-admin', 'ClusterRole/cluster-admin', group('system:masters'))
    .clusterRoleBinding('platform', 'ClusterRole/cluster-admin', user('root@example.com'));
}

test('a hardened cluster has no finding', () => {
  expect(findFindings(baseOf(hardened().inventory())).map(({ finding }) => finding.id)).toEqual([]);
});

test('one careless binding is found in it', () => {
  const world = hardened().clusterRoleBinding('oops', 'ClusterRole/cluster-admin', sa('shop/api'));
  const [first] = findFindings(baseOf(world.inventory()));
  expect(first?.finding.id).toBe('cluster-admin-workload');
  expect(first?.count).toBe(2);
  expect(first?.population).toEqual({ total: 3, of: 'pods' });
});

test('the worst findings come first, and the worst rows of each', () => {
  const world = hardened()
    .role('shop/left', rule('get', '', 'pods'))
    .serviceAccount('shop/ops')
    .pod('shop/ops-1', { serviceAccount: 'ops' })
    .clusterRoleBinding('oops', 'ClusterRole/cluster-admin', sa('shop/default'), sa('shop/ops'));
  const found = findFindings(baseOf(world.inventory()));
  expect(found.map(({ severity }) => severity)).toEqual(
    ['critical', 'high', 'medium', 'low']
      .filter((one) => found.some(({ severity }) => severity === one))
      .flatMap((one) => found.filter(({ severity }) => severity === one).map(() => one)),
  );
  expect(found[0]?.rows.map(({ severity }) => severity)).toEqual(['critical', 'high']);
});

const recorded = (name: string) => readSnapshot(path.resolve(import.meta.dirname, '../graph/testdata', name, 'world'));

test('the control world of the ways to move has no finding', async () => {
  expect(findFindings(baseOf(await recorded('hardened'))).map(({ finding }) => finding.id)).toEqual([]);
});

test('what kubeadm makes has no critical finding, and its RBAC none at all', async () => {
  const found = findFindings(baseOf(await recorded('stock-cluster')));
  const rows = found.flatMap(({ finding, rows: own }) => own.map(({ severity, subject }) => ({ id: finding.id, severity, subject })));
  expect(rows.filter(({ severity }) => severity === 'critical' || severity === 'high')).toEqual([]);
  expect(found.filter(({ finding }) => finding.class === 'rbac')).toEqual([]);
  // What is worth a look: the control plane's own pods.
  expect(rows.filter(({ severity }) => severity === 'medium').every(({ subject }) => subject.namespace === 'kube-system')).toBe(true);
  expect(rows.length).toBeGreaterThan(0);
});

test('one careless binding is found in what kubeadm makes', async () => {
  const inventory = await recorded('stock-cluster');
  const { kubernetes } = inventory;
  const admin = kubernetes.bindings.find(({ kind, name }) => kind === 'ClusterRoleBinding' && name === 'cluster-admin');
  const oops = { ...admin, name: 'oops', subjects: [{ kind: 'ServiceAccount', namespace: 'shop', name: 'worker' }] } as Binding;
  const found = findFindings(baseOf({ ...inventory, kubernetes: { ...kubernetes, bindings: [...kubernetes.bindings, oops] } }));
  expect(found.find(({ finding }) => finding.id === 'cluster-admin-workload')?.rows.map(({ subject }) => subject.name)).toEqual(['worker']);
});

const corpus = path.join(process.env.CORPUS_DIR ?? path.resolve(import.meta.dirname, '../../../shared/corpus'), 'prod-eu');

describe.skipIf(!existsSync(corpus))('a real cluster', () => {
  test('its own RBAC gives nothing but the workloads of the control plane', async () => {
    const inventory = await readSnapshot(corpus);
    const isStock = ({ name, labels }: { name: string; labels: ReadonlyMap<string, string> }) =>
      labels.get('kubernetes.io/bootstrapping') === 'rbac-defaults' &&
      (name.startsWith('system:') || ['cluster-admin', 'admin', 'edit', 'view'].includes(name));
    const { kubernetes } = inventory;
    const stock = {
      ...inventory,
      kubernetes: {
        ...kubernetes,
        roles: kubernetes.roles.filter((role) => isStock(role) || role.namespace?.startsWith('kube-')),
        bindings: kubernetes.bindings.filter(
          ({ name }) => (name.startsWith('system:') && name !== 'system:coredns') || name === 'cluster-admin',
        ),
        serviceAccounts: kubernetes.serviceAccounts.filter(({ namespace }) => namespace === 'kube-system'),
        pods: [],
        workloads: [],
        secrets: kubernetes.secrets.filter(({ namespace }) => namespace === 'kube-system'),
        services: [],
        ingresses: [],
      },
      aws: { ...inventory.aws, roles: [], podIdentityAssociations: [] },
    };
    const found = findFindings(baseOf(stock));
    expect(found.filter(({ severity }) => severity === 'critical' || severity === 'high').map(({ finding }) => finding.id)).toEqual([]);
    expect(found.flatMap(({ finding, rows }) => (finding.class === 'rbac' ? rows : []))).toEqual([]);
  });

  test('says what is planted there, and points at objects', async () => {
    const found = findFindings(baseOf(await readSnapshot(corpus)));
    const names = (id: string) => found.find(({ finding }) => finding.id === id)?.rows.map(({ subject }) => subject.name) ?? [];
    expect(names('cluster-admin-workload')).toEqual(expect.arrayContaining(['jenkins', 'argocd-application-controller']));
    expect(names('legacy-token-secret')).toEqual(expect.arrayContaining(['jenkins-token-abc12', 'default-token-abc12']));
    expect(names('bound-to-everyone')).toEqual(expect.arrayContaining(['everyone-can-discover-pods']));
    expect(names('dangling-binding')).toEqual(['dangling']);
    const identities = found.flatMap(({ rows }) => rows.map(({ identity }) => identity));
    expect(new Set(identities).size).toBe(identities.length);
  });
});

/** Who exists by being named, and what an account's warnings are about: no file need hold them as one object. */
const MAY_BE_MISSING = new Set(['User', 'Group', 'ServiceAccount', 'GcpPolicy', 'GkeCluster']);
const demo = path.resolve(import.meta.dirname, '../../demo');

test.each([demo, corpus].filter((folder) => existsSync(folder)))('evidence in %s points at what is in its files', async (folder) => {
  const original = readOriginals(folder);
  const rows = findFindings(baseOf(await readSnapshot(folder))).flatMap(({ finding, rows: own }) =>
    own.map((row) => ({ id: finding.id, ...row })),
  );
  const faults = rows.flatMap(({ id, evidence }) =>
    evidence.flatMap((one) => {
      const where = `${id}: ${one.kind} ${one.namespace ?? ''}/${one.name} ${one.pointer}`;
      if (!isPointer(one.pointer) || one.says === '') return [where];
      const object = original(one);
      if (object === undefined) return MAY_BE_MISSING.has(one.kind) ? [] : [`no such object: ${where}`];
      return resolvePointer(object, one.pointer) === undefined ? [`points at nothing: ${where}`] : [];
    }),
  );
  expect(faults.slice(0, 20)).toEqual([]);
  expect(rows.length).toBeGreaterThan(30);
});
