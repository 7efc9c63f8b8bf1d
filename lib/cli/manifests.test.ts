import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const MANIFESTS = `apiVersion: v1
kind: ServiceAccount
metadata: { name: api }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api }
spec:
  template:
    metadata: { labels: { app: api } }
    spec: { serviceAccountName: api, containers: [{ name: c, image: i }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: 'off' }
spec:
  replicas: 0
  template: { spec: { containers: [{ name: c, image: i }] } }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: api }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: all }
subjects: [{ kind: ServiceAccount, name: api, namespace: default }]
---
apiVersion: v1
kind: List
items:
  - apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata: { name: all }
    rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'podreach-cli-manifests-'));
  writeFileSync(join(folder, 'all.yaml'), MANIFESTS);
});
afterAll(() => rmSync(folder, { recursive: true }));

function podreach(...args: readonly string[]): { readonly status: number | null; readonly answer: Record<string, never[]> } {
  const cwd = resolve(import.meta.dirname, '../..');
  const { status, stdout } = spawnSync(process.execPath, ['scripts/podreach-main.ts', ...args, '--snapshot', folder], {
    cwd,
    encoding: 'utf8',
  });
  return { status, answer: JSON.parse(stdout) };
}

interface Said {
  readonly id: string;
  readonly from: string;
  readonly technique: string;
  readonly evidence: readonly { readonly kind: string; readonly name: string; readonly pointer: string }[];
}

describe('plain manifests from a shell', () => {
  test('graph: the controller stands for its pod, with evidence in the template', () => {
    const { status, answer } = podreach('graph');
    // That manifests are no cluster is told; nothing that is in them is.
    expect([status, answer.gaps?.filter(({ resources }: { resources?: string[] }) => resources === undefined)]).toEqual([0, []]);
    const edges = answer.edges as readonly Said[];
    const token = edges.find(({ from, technique }) => from === 'pod:default/api-deployment-pod' && technique === 'holds-token');
    expect(token?.evidence[0]).toMatchObject({ kind: 'Deployment', name: 'api', pointer: '/spec/template/spec/serviceAccountName' });
  });

  test.each(['Deployment/default/api', 'workload:default/deployment/api'])('reach from %s: the cluster', (id) => {
    const { status, answer } = podreach('reach', id);
    expect(status).toBe(0);
    expect((answer.reached as readonly Said[]).map((node) => node.id)).toContain('cluster-admin:cluster');
  });

  test('graph: a controller that is scaled to nothing has no pod', () => {
    const ids = (podreach('graph').answer.nodes as readonly Said[]).map(({ id }) => id);
    expect(ids.filter((id) => id.startsWith('pod:'))).toEqual(['pod:default/api-deployment-pod']);
    expect(ids).toContain('sa:default/api');
  });
});
