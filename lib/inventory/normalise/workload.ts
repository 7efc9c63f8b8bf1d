import type { Workload, WorkloadKind } from '../kubernetes.ts';
import type { FieldReader, RawObject } from './field-reader.ts';
import { controllerOf, type Normalising, partsOf, placeOf } from './metadata.ts';
import { decidesForPod } from './pod-annotations.ts';
import { podSpecOf } from './pod-spec.ts';
import { withoutUndefined } from './security-context.ts';

const TEMPLATE: readonly string[] = ['spec', 'template'];
const CRON_JOB_TEMPLATE: readonly string[] = ['spec', 'jobTemplate', 'spec', 'template'];

/** A controller with a pod template. `extensions/v1beta1` of old dumps counts as the group that took the kind over. */
export function workloadOf(object: RawObject, kind: WorkloadKind, apiGroup: string, normalising: Normalising): Workload {
  const { fields } = normalising;
  const { metadata, spec } = partsOf(object, normalising);
  const template = descend(object, kind === 'CronJob' ? CRON_JOB_TEMPLATE : TEMPLATE, fields);
  return withoutUndefined({
    kind,
    apiGroup,
    ...placeOf(metadata),
    labels: metadata.labels,
    owner: controllerOf(metadata.raw, normalising),
    replicas: fields.integer(spec, 'replicas', '/spec'),
    template: templateMetadataOf(template, normalising),
    spec: podSpecOf(descend(template.object, ['spec'], fields, template.at).object, `${template.at}/spec`, normalising),
  });
}

/** Labels, and the annotations that decide something, of the pods that a template makes. */
function templateMetadataOf({ object, at }: { object: RawObject; at: string }, { fields, pool }: Normalising): Workload['template'] {
  const metadata = fields.object(object, 'metadata', at) ?? {};
  const here = `${at}/metadata`;
  return {
    labels: pool.map(metadata, 'labels', { fields, at: here }),
    annotations: pool.map(metadata, 'annotations', { fields, at: here, keep: decidesForPod }),
  };
}

/** Follows a path that has to be there. A ReplicationController may lack its template: then it makes no pods and is malformed here too. */
function descend(object: RawObject, path: readonly string[], fields: FieldReader, from = ''): { object: RawObject; at: string } {
  let at = from;
  let here = object;
  for (const key of path) {
    const next = fields.object(here, key, at);
    if (next === undefined) fields.fail(at, key, 'an object');
    here = next ?? {};
    at = `${at}/${key}`;
  }
  return { object: here, at };
}
