import { itemText } from './list-file.ts';
import { managedFields } from './managed-fields.ts';
import { CREATED, type NamespacePlan, nodeName, REGION, roleArn, serviceAccountOf } from './plan.ts';
import type { Random } from './random.ts';

const SLOTS = ['NAME', 'UID', 'NODE', 'ADDRESS', 'TOKEN_VOLUME', 'VERSION', 'CONTAINER_A', 'CONTAINER_B'] as const;
type Slot = (typeof SLOTS)[number];
const MARK = /@@([A-Z_]+)@@/;
const slot = (name: Slot): string => `@@${name}@@`;

export interface WorkloadPlan {
  readonly namespace: NamespacePlan;
  readonly index: number;
  readonly name: string;
  readonly replicaSet: string;
  readonly replicaSetUid: string;
}

/**
 * Texts of a workload's pods. The first is serialised and cut where copies differ (name, uid, node, addresses, token volume); the others
 * are put together from the pieces: 100,000 pods in seconds.
 */
export function podTextsOf(workload: WorkloadPlan): (copy: { readonly node: number; readonly random: Random }) => string {
  const pieces = itemText(podTemplate(workload)).split(MARK);
  return ({ node, random }) => {
    const values: Record<Slot, string> = {
      NAME: `${workload.replicaSet}-${random.suffix(5)}`,
      UID: random.uid(),
      NODE: nodeName(node),
      ADDRESS: `10.${128 + random.below(64)}.${random.below(256)}.${1 + random.below(254)}`,
      TOKEN_VOLUME: `kube-api-access-${random.suffix(5)}`,
      VERSION: String(1_000_000 + random.below(90_000_000)),
      CONTAINER_A: `${random.uid()}${random.uid()}`.replaceAll('-', ''),
      CONTAINER_B: `${random.uid()}${random.uid()}`.replaceAll('-', ''),
    };
    return pieces.map((piece, index) => (index % 2 === 0 ? piece : values[piece as Slot])).join('');
  };
}

/** Only the 8th workload of an escaping namespace is privileged: a log collector, as they come. */
const isEscape = (workload: WorkloadPlan): boolean => workload.namespace.escapes && workload.index === 7;

function podTemplate(workload: WorkloadPlan): Record<string, unknown> {
  const { namespace, replicaSet } = workload;
  const account = serviceAccountOf(workload.index);
  const cloud = namespace.cloud && account === 'ingest';
  const hash = replicaSet.slice(replicaSet.lastIndexOf('-') + 1);
  const metadata = {
    annotations: {
      'checksum/config': `${hash}${'0123456789abcdef'.repeat(4)}`.slice(0, 64),
      'kubectl.kubernetes.io/restartedAt': '2026-11-19T17:03:11+01:00',
      'prometheus.io/path': '/metrics?format=text&name[]="up"',
    },
    creationTimestamp: CREATED,
    generateName: `${replicaSet}-`,
    labels: {
      'app.kubernetes.io/name': workload.name,
      'app.kubernetes.io/part-of': namespace.name,
      'pod-template-hash': hash,
    },
    name: slot('NAME'),
    namespace: namespace.name,
    ownerReferences: [
      {
        apiVersion: 'apps/v1',
        blockOwnerDeletion: true,
        controller: true,
        kind: 'ReplicaSet',
        name: replicaSet,
        uid: workload.replicaSetUid,
      },
    ],
    resourceVersion: slot('VERSION'),
    uid: slot('UID'),
  };
  const spec = podSpec(workload, account, cloud);
  const status = podStatus(workload);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata, managedFields: managedFields({ labels: metadata.labels, annotations: metadata.annotations, spec, status }) },
    spec,
    status,
  };
}

function podSpec(workload: WorkloadPlan, account: string, cloud: boolean): Record<string, unknown> {
  return {
    containers: [appContainer(workload, cloud), metricsProxy()],
    nodeName: slot('NODE'),
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    serviceAccount: account,
    serviceAccountName: account,
    volumes: [
      ...(isEscape(workload) ? [{ hostPath: { path: '/', type: '' }, name: 'host-root' }] : []),
      ...(cloud ? [awsTokenVolume()] : []),
      tokenVolume(),
    ],
  };
}

const tokenMount = (): Record<string, unknown> => ({
  mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
  name: slot('TOKEN_VOLUME'),
  readOnly: true,
});

function appContainer(workload: WorkloadPlan, cloud: boolean): Record<string, unknown> {
  const privileged = isEscape(workload);
  const mounts = [
    ...(privileged ? [{ mountPath: '/host', name: 'host-root' }] : []),
    ...(cloud ? [{ mountPath: '/var/run/secrets/eks.amazonaws.com/serviceaccount', name: 'aws-iam-token', readOnly: true }] : []),
    tokenMount(),
  ];
  return {
    env: [
      { name: 'LOG_LEVEL', value: 'info' },
      ...(cloud ? awsEnvironment(workload) : []),
      { name: 'DATABASE_PASSWORD', valueFrom: { secretKeyRef: { key: 'password', name: `${workload.name}-database` } } },
    ],
    image: imageOf(workload),
    name: 'app',
    securityContext: privileged ? { privileged: true } : { allowPrivilegeEscalation: false, runAsNonRoot: true },
    volumeMounts: mounts,
  };
}

/** What the EKS webhook injects beside the token volume. */
const awsEnvironment = (workload: WorkloadPlan): readonly unknown[] => [
  { name: 'AWS_REGION', value: REGION },
  { name: 'AWS_ROLE_ARN', value: roleArn(workload.namespace) },
  { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', value: '/var/run/secrets/eks.amazonaws.com/serviceaccount/token' },
];

const imageOf = (workload: WorkloadPlan): string =>
  `registry.example.com/${workload.namespace.name}/${workload.name}:v1.${workload.index}.3`;
const PROXY_IMAGE = 'registry.example.com/platform/metrics-proxy:v0.14.2';

const metricsProxy = (): Record<string, unknown> => ({
  args: ['--listen=:9102', '--upstream=http://127.0.0.1:8080', '--rewrite=<none>'],
  image: PROXY_IMAGE,
  name: 'metrics-proxy',
  volumeMounts: [tokenMount()],
});

/** As the ServiceAccount admission plug-in adds it. */
const tokenVolume = (): Record<string, unknown> => ({
  name: slot('TOKEN_VOLUME'),
  projected: {
    defaultMode: 420,
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
      { configMap: { items: [{ key: 'ca.crt', path: 'ca.crt' }], name: 'kube-root-ca.crt' } },
      { downwardAPI: { items: [{ fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' }, path: 'namespace' }] } },
    ],
  },
});

const awsTokenVolume = (): Record<string, unknown> => ({
  name: 'aws-iam-token',
  projected: {
    defaultMode: 420,
    sources: [{ serviceAccountToken: { audience: 'sts.amazonaws.com', expirationSeconds: 86_400, path: 'token' } }],
  },
});

function podStatus(workload: WorkloadPlan): Record<string, unknown> {
  const container = (name: string, id: Slot, image: string): Record<string, unknown> => ({
    containerID: `containerd://${slot(id)}`,
    image,
    name,
    ready: true,
    restartCount: 0,
  });
  return {
    conditions: ['Ready'].map((type) => ({ lastTransitionTime: CREATED, status: 'True', type })),
    containerStatuses: [container('app', 'CONTAINER_A', imageOf(workload)), container('metrics-proxy', 'CONTAINER_B', PROXY_IMAGE)],
    phase: 'Running',
    podIP: slot('ADDRESS'),
  };
}
