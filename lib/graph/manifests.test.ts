import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readSnapshot } from '../sources/snapshot/read.ts';
import { buildGraph } from './build.ts';
import type { Evidence, Graph } from './model.ts';
import { edgeAt, techniqueAt } from './read.ts';
import { evidenceOf } from './testing/edges.ts';
import { isPointer, resolvePointer } from './testing/originals.ts';

/** As `helm template` prints it: comments, an empty document, objects without a namespace. */
const HELM = `---
# Source: shop/templates/rbac.yaml
apiVersion: v1
kind: ServiceAccount
metadata: { name: api }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: api }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: api }
subjects: [{ kind: ServiceAccount, name: api, namespace: default }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: api }
rules: [{ apiGroups: [''], resources: [secrets], verbs: [get, list] }]
---

---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api }
spec:
  replicas: 3
  template:
    metadata: { labels: { app: api } }
    spec:
      serviceAccountName: api
      volumes: [{ name: host, hostPath: { path: / } }]
      containers:
        - name: main
          image: example.com/api
          securityContext: { privileged: true }
          volumeMounts: [{ name: host, mountPath: /host }]
          envFrom: [{ secretRef: { name: creds } }]
---
apiVersion: v1
kind: Secret
metadata: { name: creds }
stringData: { password: CANARY }
---
apiVersion: v1
kind: Service
metadata: { name: api }
spec: { type: LoadBalancer, selector: { app: api }, ports: [{ port: 80, targetPort: 8080 }] }
`;

/** As \`kubectl kustomize\` may be kept: one List. */
const KUSTOMIZE = {
  apiVersion: 'v1',
  kind: 'List',
  items: [
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'nightly', namespace: 'jobs' },
      spec: {
        jobTemplate: {
          spec: { template: { spec: { hostPID: true, containers: [{ name: 'c', image: 'i', securityContext: { privileged: true } }] } } },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { generateName: 'once-', namespace: 'jobs' },
      spec: { containers: [{ name: 'c', image: 'i' }] },
    },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'jobs' } },
  ],
};

let folder: string;
let graph: Graph;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'podreach-manifests-'));
  mkdirSync(join(folder, 'overlays'));
  writeFileSync(join(folder, 'helm.yaml'), HELM);
  writeFileSync(join(folder, 'overlays', 'all.json'), JSON.stringify(KUSTOMIZE));
  writeFileSync(
    join(folder, 'kustomization.yaml'),
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [helm.yaml]\n',
  );
  graph = buildGraph(await readSnapshot(folder));
});
afterAll(() => rmSync(folder, { recursive: true }));

type Manifest = { readonly kind: string; readonly metadata: { readonly name?: string; readonly namespace?: string } } | null;

/** The object as it stands in the files, where one is named so. */
function original({ kind, namespace, name }: Evidence): unknown {
  const documents = parseAllDocuments(HELM).map((document) => document.toJS() as Manifest);
  const clusterScoped = kind.startsWith('ClusterRole');
  return [...documents, ...(KUSTOMIZE.items as readonly Manifest[])].find(
    (one) => one?.kind === kind && one.metadata.name === name && (clusterScoped || (one.metadata.namespace ?? 'default') === namespace),
  );
}

/** What is wrong with a sentence of evidence; undefined: nothing. Some exist by being named, and one pod has a name that was made up. */
function faultOf(one: Evidence): string | undefined {
  if (!isPointer(one.pointer)) return 'no pointer';
  if (/^(?:User|Group|Cluster|ServiceAccount|Namespace)$/.test(one.kind) || one.name.startsWith('once-')) return undefined;
  const object = original(one);
  if (object === undefined) return 'no such object';
  return resolvePointer(object, one.pointer) === undefined ? 'points at nothing' : undefined;
}

const JOBS = `# jobs
---
# Source: one
apiVersion: batch/v1
kind: Job
metadata: { generateName: run-, namespace: j }
spec: { template: { spec: { serviceAccountName: a, containers: [{ name: c, image: i }] } } }
---

# Source: two
apiVersion: batch/v1
kind: Job
metadata: { generateName: run-, namespace: j }
spec: { template: { spec: { serviceAccountName: b, containers: [{ name: c, image: i }] } } }
---
apiVersion: v1
kind: Pod
metadata: { name: broken, namespace: j }
spec: { containers: none }
`;

test('documents of one file are objects of their own, and what is broken is told with its line', async () => {
  const other = mkdtempSync(join(tmpdir(), 'podreach-manifests-'));
  writeFileSync(join(other, 'jobs.yaml'), JOBS);
  const { gaps, kubernetes } = await readSnapshot(other);
  rmSync(other, { recursive: true });
  expect(kubernetes.pods.map(({ spec }) => spec.serviceAccountName).sort()).toEqual(['a', 'b']);
  expect(gaps).toMatchObject([
    { what: 'the cluster that these manifests are for' },
    { what: 'Pod `j/broken`', file: 'jobs.yaml', line: 16 },
  ]);
});

describe('a folder of plain manifests', () => {
  test('is read whole, and its controllers stand for their pods', async () => {
    const { gaps, kubernetes } = await readSnapshot(folder);
    expect(gaps.map(({ what }) => what)).toEqual(['the cluster that these manifests are for']);
    expect(kubernetes.pods.map(({ namespace, name, owner }) => [namespace, name, owner?.kind])).toEqual([
      ['default', 'api-deployment-pod', 'Deployment'],
      ['jobs', 'nightly-cronjob-pod', 'CronJob'],
      ['jobs', expect.stringMatching(/^once-[a-z0-9]{5}$/), undefined],
    ]);
    expect(kubernetes.services.map(({ namespace, name, type }) => [namespace, name, type])).toEqual([['default', 'api', 'LoadBalancer']]);
  });

  test('has a graph: the workload owns its pod, which holds a token, mounts a secret and escapes', () => {
    const edges = [...Array(graph.edges.count).keys()].map((edge) => {
      const { from, to } = edgeAt(graph, edge);
      return `${from} ${techniqueAt(graph, edge)} ${to}`;
    });
    for (const line of [
      'workload:default/deployment/api owns pod:default/api-deployment-pod',
      'workload:jobs/cronjob/nightly owns pod:jobs/nightly-cronjob-pod',
      'pod:default/api-deployment-pod holds-token sa:default/api',
      'pod:default/api-deployment-pod mounts-secret secret:default/creds',
      'pod:jobs/nightly-cronjob-pod runs-as sa:jobs/default',
    ])
      expect(edges).toContain(line);
    expect(edges.some((line) => line.startsWith('pod:default/api-deployment-pod escape-privileged '))).toBe(true);
  });

  test('has evidence that is there: what a controller would make is written in the controller', () => {
    const all = [...Array(graph.edges.count).keys()].flatMap((edge) => graph.explain(edge).evidence.map((one) => ({ edge, one })));
    const faults = all.flatMap(({ edge, one }) => {
      const fault = faultOf(one);
      return fault === undefined
        ? []
        : [`${techniqueAt(graph, edge)}: ${fault}: ${one.kind} ${one.namespace ?? ''}/${one.name} ${one.pointer}`];
    });
    expect(faults).toEqual([]);
    expect(all.filter(({ one }) => /^\/spec\/(?:jobTemplate\/spec\/)?template/.test(one.pointer)).length).toBeGreaterThan(5);
  });

  test('names the container by its place in the template', async () => {
    const inventory = await readSnapshot(folder);
    expect(evidenceOf(inventory, 'mounts-secret')).toContain('Deployment default/api /spec/template/spec/containers/0/envFrom/0/secretRef');
    expect(evidenceOf(inventory, 'escape-privileged')).toContain(
      'CronJob jobs/nightly /spec/jobTemplate/spec/template/spec/containers/0/securityContext/privileged',
    );
    expect(evidenceOf(inventory, 'runs-as')).toContain('CronJob jobs/nightly /spec/jobTemplate/spec/template/spec');
    expect(evidenceOf(inventory, 'owns')).toContain('Deployment default/api /spec/template');
  });

  test('keeps no value of a Secret', async () => {
    expect(JSON.stringify(await readSnapshot(folder), (_key, value: unknown) => (value instanceof Map ? [...value] : value))).not.toContain(
      'CANARY',
    );
  });
});
