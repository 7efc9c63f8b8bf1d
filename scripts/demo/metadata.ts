import type { JsonObject, KubernetesObject } from './json.ts';
import { moment, pick, uid } from './naming.ts';

export type Labels = { readonly [key: string]: string };

export interface MetadataPlan {
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly labels?: Labels | undefined;
  readonly annotations?: Labels | undefined;
  /** Controllers count the changes of a spec; plain objects do not. */
  readonly generation?: number | undefined;
  readonly ownerReferences?: readonly JsonObject[] | undefined;
  readonly generateName?: string | undefined;
  /** Pods are young, the rest of the cluster is a year old. */
  readonly young?: boolean | undefined;
}

/** What an object's uid is derived from; owner references are made with it too. */
export function uidOf(kind: string, namespace: string | undefined, name: string): string {
  return uid(`${kind} ${namespace ?? ''}/${name}`);
}

/** An object's `metadata` as the API server prints it, without managedFields. */
export function metadata(kind: string, plan: MetadataPlan): KubernetesObject['metadata'] {
  const seed = `${kind} ${plan.namespace ?? ''}/${plan.name}`;
  const { young, ...rest } = plan;
  return {
    ...rest,
    creationTimestamp: young === true ? moment(seed, '2026-11-09T06:00:00Z', 12) : moment(seed, '2025-11-20T08:00:00Z', 300),
    resourceVersion: String((young === true ? 88_000_000 : 1_000_000) + pick(`version ${seed}`, 900_000)),
    uid: uidOf(kind, plan.namespace, plan.name),
  };
}

/** The reference by which a controller owns what it made. */
export function controlledBy(owner: KubernetesObject): JsonObject {
  return {
    apiVersion: owner.apiVersion,
    blockOwnerDeletion: true,
    controller: true,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
  };
}
