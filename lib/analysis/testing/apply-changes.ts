type Json = Record<string, unknown>;

interface Named {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

const keyOf = (object: Json): string => {
  const { kind, metadata } = object as unknown as Named;
  return `${kind}/${metadata.namespace ?? ''}/${metadata.name}`;
};

/** Drops items of one list of an object by their places. */
function without(object: Json, list: 'subjects' | 'rules', gone: (place: number) => boolean): Json {
  const items = object[list];
  return Array.isArray(items) ? { ...object, [list]: items.filter((_item, place) => !gone(place)) } : object;
}

/** Takes every token volume out of a pod, and turns automount off. */
function withoutToken(object: Json): Json {
  const spec = object.spec as Json;
  const volumes = ((spec.volumes ?? []) as Json[]).filter(({ projected }) => projected === undefined);
  return { ...object, spec: { ...spec, volumes, automountServiceAccountToken: false } };
}

/** Pods as their template would make them once the account's automount is off: without the volume that the API server adds. */
function withoutAutomount(object: Json): Json {
  const spec = object.spec as Json;
  const volumes = ((spec.volumes ?? []) as Json[]).filter(({ name }) => !String(name).startsWith('kube-api-access'));
  return { ...object, spec: { ...spec, volumes } };
}

function withoutSecret(object: Json, secret: string): Json {
  const spec = object.spec as Json;
  const volumes = ((spec.volumes ?? []) as Json[]).filter((volume) => (volume.secret as Json | undefined)?.secretName !== secret);
  const containers = (spec.containers as Json[]).map(({ env, envFrom, ...rest }) => rest);
  return { ...object, spec: { ...spec, volumes, containers } };
}

/** One field that opens the node is set to what is harmless. */
function withoutField(object: Json, field: string): Json {
  const { hostPID, containers, volumes, ...spec } = object.spec as Json;
  const contexts = (containers as Json[]).map((container) => {
    const { privileged, capabilities, ...rest } = (container.securityContext ?? {}) as Json;
    const kept = { ...(field === 'privileged' ? {} : { privileged }), ...(field === 'capabilities' ? {} : { capabilities }) };
    return { ...container, securityContext: { ...rest, ...kept } };
  });
  const safe = ((volumes ?? []) as Json[]).filter(({ hostPath }) => hostPath === undefined || field !== 'hostPath');
  return { ...object, spec: { ...spec, ...(field === 'hostPID' ? {} : { hostPID }), containers: contexts, volumes: safe } };
}

/** The pods of a change that begins so and ends in `template of pod:NAMESPACE/NAME`. */
const isTemplateOf = (change: string, object: Json): boolean => {
  const { kind, metadata } = object as unknown as Named;
  return kind === 'Pod' && change.endsWith(`template of pod:${metadata.namespace ?? ''}/${metadata.name}`);
};

function appliedToPod(object: Json, change: string): Json {
  const { metadata } = object as unknown as Named;
  const { serviceAccountName = 'default' } = object.spec as { serviceAccountName?: string };
  if (change === `automount of sa:${metadata.namespace ?? ''}/${serviceAccountName}`) return withoutAutomount(object);
  if (!isTemplateOf(change, object)) return object;
  if (change.startsWith('token: ')) return withoutToken(object);
  const secret = /^secret:[^/]*\/(.*) out of template/.exec(change)?.[1];
  if (secret !== undefined) return withoutSecret(object, secret);
  return withoutField(object, change.slice(0, change.indexOf(':')));
}

/**
 * Makes the changes of a cut in the objects of a cluster without clouds, as the commands would, so that the graph can be built anew and asked again.
 * Workloads are left alone: the pods stand for what they would make.
 */
export function applyChanges(objects: readonly Json[], changes: readonly string[]): Json[] {
  const made = new Set(changes);
  return objects.flatMap((object): Json[] => {
    const key = keyOf(object);
    if (made.has(`delete ${key}`)) return [];
    const { kind, metadata } = object as unknown as Named;
    if (kind === 'Secret' && made.has(`delete secret:${metadata.namespace ?? ''}/${metadata.name}`)) return [];
    if (kind === 'Pod') return [changes.reduce(appliedToPod, object)];
    if (kind.endsWith('Binding')) return [without(object, 'subjects', (place) => made.has(`${key}/subjects/${place}`))];
    return [kind.endsWith('Role') ? without(object, 'rules', (place) => made.has(`${key}/rules/${place}`)) : object];
  });
}
