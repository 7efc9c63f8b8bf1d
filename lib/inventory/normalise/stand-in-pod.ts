import { expectedPod } from '../expected-pods.ts';
import type { Pod } from '../kubernetes.ts';
import { isObject, type RawObject } from './field-reader.ts';
import type { Normalising } from './metadata.ts';
import { workloadOf } from './workload.ts';

/**
 * Controllers of add-ons whose `spec.template` is a pod's, exactly as in a Deployment. Sources: https://argo-rollouts.readthedocs.io/en/stable/features/specification/,
 * https://docs.redhat.com/en/documentation/openshift_container_platform (DeploymentConfig), https://knative.dev/docs/serving/reference/serving-api/,
 * https://openkruise.io/docs/.
 */
const KINDS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['argoproj.io', new Set(['Rollout'])],
  ['apps.openshift.io', new Set(['DeploymentConfig'])],
  ['serving.knative.dev', new Set(['Service', 'Configuration'])],
  ['apps.kruise.io', new Set(['CloneSet', 'StatefulSet', 'DaemonSet'])],
]);

interface Named {
  readonly kind: string;
  readonly group: string;
}

/** Whether a manifest is one whose pod is known from it: of such a kind, with a template, and admitted by nobody. */
export function hasStandIn({ metadata, spec }: RawObject, { kind, group }: Named): boolean {
  if (KINDS.get(group)?.has(kind) !== true) return false;
  const isAdmitted = isObject(metadata) && metadata.uid !== undefined;
  return !isAdmitted && isObject(spec) && isObject(spec.template) && spec.replicas !== 0;
}

/** The pod that such a controller would make. */
export function standInPod(object: RawObject, { kind, group }: Named, normalising: Normalising): Pod {
  const workload = workloadOf(object, 'Deployment', group, normalising);
  return expectedPod({ ...workload, kind, apiVersion: String(object.apiVersion) }, new Set());
}
