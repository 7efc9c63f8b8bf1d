import type { Pod, ServiceAccount } from '../../../inventory/kubernetes.ts';
import { unreadIn } from '../../../inventory/unread-list.ts';
import { writtenIn } from '../../pod/written-in.ts';
import { kubectl } from '../../shell.ts';
import type { CloudEvidence, CloudLink } from '../link.ts';
import type { DiagnosisWorld } from './world.ts';

/** What the steps of one chain look at. */
export interface ChainFacts {
  readonly world: DiagnosisWorld;
  readonly namespace: string;
  readonly name: string;
  /** Undefined: it was not read, or is not there. */
  readonly account: ServiceAccount | undefined;
  readonly link: CloudLink;
  readonly pointed: boolean;
  /** Pods that run as it, or manifests of such. */
  readonly pods: readonly Pod[];
}

/** Evidence is shown for at most so many pods; the sentence says how many there are. */
const MOST_EVIDENCE = 3;

/** Evidence in the first pods of a list. */
export function podsEvidence(pods: readonly Pod[], pointer: string, says: string): CloudEvidence[] {
  return pods.slice(0, MOST_EVIDENCE).map((pod) => ({ ...writtenIn(pod, pointer), says }));
}

/** Evidence in the service account's annotations; `/` is escaped as RFC 6901 has it. */
export function annotationEvidence({ namespace, name }: ChainFacts, key: string, says: string): CloudEvidence {
  return {
    kind: 'ServiceAccount',
    namespace,
    name,
    pointer: `/metadata/annotations/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    says,
  };
}

/** `1 pod`, `3 pods`. */
export const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

const RESTARTABLE = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** The controller of a pod that people deploy: a Deployment in place of its ReplicaSet. Undefined: the pod stands alone, or nothing tells. */
export function controllerOf(world: DiagnosisWorld, pod: Pod): { readonly kind: string; readonly name: string } | undefined {
  if (pod.owner === undefined) return undefined;
  const owner = world.controllers.get(`${pod.namespace}/${pod.owner.kind}/${pod.owner.name}`);
  return owner?.owner ?? pod.owner;
}

/** The command that makes a pod anew, so that it is admitted again. */
export function restartCommand(world: DiagnosisWorld, pod: Pod): string {
  const controller = controllerOf(world, pod);
  if (controller === undefined || !RESTARTABLE.has(controller.kind)) return kubectl(pod.namespace, 'delete', `pod/${pod.name}`);
  return kubectl(pod.namespace, 'rollout', 'restart', `${controller.kind.toLowerCase()}/${controller.name}`);
}

/** Whether all objects of a resource that matter in a namespace were read. */
export const wasRead = ({ world, namespace }: ChainFacts, resource: 'networkpolicies' | 'mutatingwebhookconfigurations'): boolean =>
  !unreadIn(world.inventory, resource)(namespace);
