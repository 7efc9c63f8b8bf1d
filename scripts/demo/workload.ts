import { type ContainerPlan, container } from './container.ts';
import type { JsonObject, KubernetesObject } from './json.ts';
import { controlledBy, type Labels, metadata } from './metadata.ts';
import { pick, suffix, templateHash } from './naming.ts';
import { NODES, type NodePlan, type Pool } from './nodes.ts';
import { pod } from './pod.ts';

export interface WorkloadPlan {
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'CronJob';
  readonly namespace: string;
  readonly name: string;
  readonly replicas: number;
  readonly pool: Pool;
  readonly serviceAccount?: string | undefined;
  /** The pod's own word about its token; undefined leaves it to the account. */
  readonly automount?: boolean | undefined;
  readonly containers: readonly ContainerPlan[];
  readonly initContainers?: readonly ContainerPlan[] | undefined;
  readonly volumes?: readonly JsonObject[] | undefined;
  /** Further fields of the pod's spec, such as `hostNetwork`. */
  readonly spec?: JsonObject | undefined;
  readonly annotations?: Labels | undefined;
  /** `app.kubernetes.io/name`, where it is not the workload's own. */
  readonly app?: string | undefined;
  /** Labels of the pods beside the usual ones. */
  readonly podLabels?: Labels | undefined;
  /** `app.kubernetes.io/part-of`, where an add-on sets it. */
  readonly partOf?: string | undefined;
}

const POD_SECURITY: JsonObject = { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } };

function selectorOf(plan: WorkloadPlan): Labels {
  return { 'app.kubernetes.io/name': plan.app ?? plan.name };
}

function labelsOf(plan: WorkloadPlan): Labels {
  return { ...selectorOf(plan), ...(plan.partOf === undefined ? {} : { 'app.kubernetes.io/part-of': plan.partOf }), ...plan.podLabels };
}

function templateSpec(plan: WorkloadPlan): JsonObject {
  return {
    automountServiceAccountToken: plan.automount,
    containers: plan.containers.map(container),
    dnsPolicy: 'ClusterFirst',
    initContainers: plan.initContainers?.map(container),
    restartPolicy: plan.kind === 'CronJob' ? 'Never' : 'Always',
    schedulerName: 'default-scheduler',
    securityContext: POD_SECURITY,
    serviceAccount: plan.serviceAccount,
    serviceAccountName: plan.serviceAccount,
    terminationGracePeriodSeconds: 30,
    volumes: plan.volumes,
    ...plan.spec,
  };
}

function template(plan: WorkloadPlan, labels: Labels): JsonObject {
  return { metadata: { labels }, spec: templateSpec(plan) };
}

/** The node of the n-th copy: one after another in the pool, from a start that hangs on the name. */
function nodeFor(plan: WorkloadPlan, copy: number): NodePlan {
  const pool = NODES.filter((node) => node.pool === plan.pool);
  const node = pool[(pick(`node ${plan.namespace}/${plan.name}`, pool.length) + copy) % pool.length];
  if (node === undefined) throw new Error(`no node in pool \`${plan.pool}\``);
  return node;
}

function objectMetadata(plan: WorkloadPlan, annotations?: Labels): KubernetesObject['metadata'] {
  const { name, namespace } = plan;
  return metadata(plan.kind, {
    name,
    namespace,
    generation: 1,
    labels: labelsOf(plan),
    annotations: { ...annotations, ...plan.annotations },
  });
}

function counts(plan: WorkloadPlan): JsonObject {
  return { observedGeneration: 1, readyReplicas: plan.replicas, replicas: plan.replicas };
}

function deployment(plan: WorkloadPlan): readonly KubernetesObject[] {
  const { namespace, name, replicas } = plan;
  const owner: KubernetesObject = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: objectMetadata(plan, { 'deployment.kubernetes.io/revision': '1' }),
    spec: {
      replicas,
      selector: { matchLabels: selectorOf(plan) },
      strategy: { type: 'RollingUpdate' },
      template: template(plan, labelsOf(plan)),
    },
    status: { availableReplicas: replicas, ...counts(plan), updatedReplicas: replicas },
  };
  const hash = templateHash(`${namespace}/${name}`);
  const labels = { ...labelsOf(plan), 'pod-template-hash': hash };
  const annotations = { 'deployment.kubernetes.io/desired-replicas': String(replicas), 'deployment.kubernetes.io/revision': '1' };
  const setName = `${name}-${hash}`;
  const set: KubernetesObject = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: metadata('ReplicaSet', {
      name: setName,
      namespace,
      generation: 1,
      labels,
      annotations,
      ownerReferences: [controlledBy(owner)],
    }),
    spec: { replicas, selector: { matchLabels: { ...selectorOf(plan), 'pod-template-hash': hash } }, template: template(plan, labels) },
    status: { availableReplicas: replicas, fullyLabeledReplicas: replicas, ...counts(plan) },
  };
  return [
    owner,
    set,
    ...copies(plan, (copy) => ({ owner: set, name: `${setName}-${suffix(`${setName} ${copy}`)}`, generateName: `${setName}-`, labels })),
  ];
}

function statefulSet(plan: WorkloadPlan): readonly KubernetesObject[] {
  const { name, replicas } = plan;
  const owner: KubernetesObject = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: objectMetadata(plan),
    spec: {
      podManagementPolicy: 'Parallel',
      replicas,
      selector: { matchLabels: selectorOf(plan) },
      serviceName: name,
      template: template(plan, labelsOf(plan)),
      updateStrategy: { type: 'RollingUpdate' },
    },
    status: { availableReplicas: replicas, currentReplicas: replicas, ...counts(plan) },
  };
  const pods = copies(plan, (copy) => ({
    owner,
    name: `${name}-${copy}`,
    generateName: `${name}-`,
    labels: { ...labelsOf(plan), 'apps.kubernetes.io/pod-index': String(copy), 'statefulset.kubernetes.io/pod-name': `${name}-${copy}` },
  }));
  return [owner, ...pods];
}

function daemonSet(plan: WorkloadPlan): readonly KubernetesObject[] {
  const { name, namespace } = plan;
  const number = NODES.length;
  const owner: KubernetesObject = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: objectMetadata(plan, { 'deprecated.daemonset.template.generation': '1' }),
    spec: {
      revisionHistoryLimit: 10,
      selector: { matchLabels: selectorOf(plan) },
      template: template(plan, labelsOf(plan)),
      updateStrategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 }, type: 'RollingUpdate' },
    },
    status: {
      currentNumberScheduled: number,
      desiredNumberScheduled: number,
      numberAvailable: number,
      numberMisscheduled: 0,
      numberReady: number,
      observedGeneration: 1,
    },
  };
  const labels = { ...labelsOf(plan), 'pod-template-generation': '1' };
  const pods = NODES.map((node) =>
    pod({
      name: `${name}-${suffix(`${namespace}/${name} ${node.name}`)}`,
      generateName: `${name}-`,
      namespace,
      labels,
      owner,
      node,
      spec: templateSpec(plan),
    }),
  );
  return [owner, ...pods];
}

/** A CronJob with the Job of its last night and that Job's pod, which has ended. */
function cronJob(plan: WorkloadPlan): readonly KubernetesObject[] {
  const { name, namespace } = plan;
  const spec = { backoffLimit: 2, completions: 1, parallelism: 1, template: template(plan, labelsOf(plan)) };
  const owner: KubernetesObject = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: objectMetadata(plan),
    spec: { concurrencyPolicy: 'Forbid', jobTemplate: { spec }, schedule: '15 2 * * *', suspend: false },
    status: { lastScheduleTime: '2026-11-21T02:15:00Z' },
  };
  const jobName = `${name}-29727495`;
  const labels = { ...labelsOf(plan), 'batch.kubernetes.io/job-name': jobName };
  const job: KubernetesObject = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadata('Job', {
      name: jobName,
      namespace,
      generation: 1,
      labels: labelsOf(plan),
      ownerReferences: [controlledBy(owner)],
      young: true,
    }),
    spec: { ...spec, selector: { matchLabels: { 'batch.kubernetes.io/job-name': jobName } }, template: template(plan, labels) },
    status: { conditions: [{ status: 'True', type: 'Complete' }], succeeded: 1 },
  };
  const ended = pod({
    name: `${jobName}-${suffix(jobName)}`,
    generateName: `${jobName}-`,
    namespace,
    labels,
    owner: job,
    node: nodeFor(plan, 0),
    spec: templateSpec(plan),
    phase: 'Succeeded',
  });
  return [owner, job, ended];
}

interface Copy {
  readonly owner: KubernetesObject;
  readonly name: string;
  readonly generateName: string;
  readonly labels: Labels;
}

function copies(plan: WorkloadPlan, copyOf: (copy: number) => Copy): readonly KubernetesObject[] {
  return Array.from({ length: plan.replicas }, (_, copy) =>
    pod({ ...copyOf(copy), namespace: plan.namespace, node: nodeFor(plan, copy), spec: templateSpec(plan) }),
  );
}

/** The controller, what it made, and the pods: everything that one workload puts into the cluster. */
export function workload(plan: WorkloadPlan): readonly KubernetesObject[] {
  switch (plan.kind) {
    case 'Deployment':
      return deployment(plan);
    case 'StatefulSet':
      return statefulSet(plan);
    case 'DaemonSet':
      return daemonSet(plan);
    case 'CronJob':
      return cronJob(plan);
  }
}
