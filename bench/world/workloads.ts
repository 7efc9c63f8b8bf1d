import { CREATED, type NamespacePlan, REPLICAS, serviceAccountOf, WORKLOADS_PER_NAMESPACE } from './plan.ts';
import type { WorkloadPlan } from './pod.ts';
import type { Random } from './random.ts';

/** A namespace's workloads with the Deployment and ReplicaSet behind each. */
export interface Workload {
  readonly plan: WorkloadPlan;
  readonly deployment: unknown;
  readonly replicaSet: unknown;
}

const PARTS = ['api', 'web', 'worker', 'sync', 'cache'] as const;

export function workloadsOf(namespace: NamespacePlan, random: Random): readonly Workload[] {
  return Array.from({ length: WORKLOADS_PER_NAMESPACE }, (_, index) => {
    const name = `${namespace.name.split('-')[0]}-${PARTS[index % PARTS.length]}-${index}`;
    const hash = random.suffix(10);
    const deploymentUid = random.uid();
    const replicaSetUid = random.uid();
    const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': namespace.name };
    const template = {
      metadata: { labels },
      spec: {
        containers: [{ image: `registry.example.com/${namespace.name}/${name}:v1.${index}.3`, name: 'app' }],
        serviceAccountName: serviceAccountOf(index),
      },
    };
    const common = { replicas: REPLICAS, selector: { matchLabels: labels }, template };
    const owner = [{ apiVersion: 'apps/v1', blockOwnerDeletion: true, controller: true, kind: 'Deployment', name, uid: deploymentUid }];
    return {
      plan: { namespace, index, name, replicaSet: `${name}-${hash}`, replicaSetUid },
      deployment: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { creationTimestamp: CREATED, labels, name, namespace: namespace.name, uid: deploymentUid },
        spec: common,
      },
      replicaSet: {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: {
          creationTimestamp: CREATED,
          labels,
          name: `${name}-${hash}`,
          namespace: namespace.name,
          ownerReferences: owner,
          uid: replicaSetUid,
        },
        spec: common,
      },
    };
  });
}
