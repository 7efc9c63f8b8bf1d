import type { ProjectedToken, Volume } from '../kubernetes.ts';
import { GENERATED_TOKEN_VOLUME, TOKEN_VOLUME } from '../token-volume.ts';
import type { FieldReader, RawObject } from './field-reader.ts';
import { withoutUndefined } from './security-context.ts';

const NOTHING: readonly never[] = [];

/** The volumes of a pod spec, and how one of them was renamed. */
export interface Volumes {
  readonly volumes: readonly Volume[];
  /** The generated name of the token volume, which every copy of a template has differently; undefined: none. */
  readonly generatedName: string | undefined;
}

/** The name of a volume without its random end, for volumes and their mounts alike. */
export function plainVolumeName(name: string, generatedName: string | undefined): string {
  return name === generatedName ? TOKEN_VOLUME : name;
}

/**
 * Reads `.volumes` of a pod spec. `index` is the position in the original list. The service account admission plugin
 * names its volume `kube-api-access-` and five random characters (plugin/pkg/admission/serviceaccount/admission.go);
 * the random part is dropped, so that copies of a template are equal.
 */
export function volumesOf(spec: RawObject, at: string, fields: FieldReader): Volumes {
  const list = fields.objects(spec, 'volumes', at);
  if (list.length === 0) return { volumes: NOTHING, generatedName: undefined };
  const generatedName = generatedNameIn(list);
  const volumes = list.map((raw, index) => volumeOf(raw, { at: `${at}/volumes/${index}`, index, generatedName, fields }));
  return { volumes, generatedName };
}

/** Only the one generated name, and only where the plain name is free: two volumes must not become one. */
function generatedNameIn(list: readonly RawObject[]): string | undefined {
  let found: string | undefined;
  for (const { name } of list) {
    if (name === TOKEN_VOLUME) return undefined;
    if (typeof name !== 'string' || !GENERATED_TOKEN_VOLUME.test(name)) continue;
    if (found !== undefined) return undefined;
    found = name;
  }
  return found;
}

interface VolumeContext {
  readonly at: string;
  readonly index: number;
  readonly generatedName: string | undefined;
  readonly fields: FieldReader;
}

function volumeOf(raw: RawObject, { at, index, generatedName, fields }: VolumeContext): Volume {
  const hostPath = fields.object(raw, 'hostPath', at);
  const secret = fields.object(raw, 'secret', at);
  const claim = fields.object(raw, 'persistentVolumeClaim', at);
  const projected = fields.object(raw, 'projected', at);
  return withoutUndefined({
    index,
    name: plainVolumeName(fields.name(raw, 'name', at), generatedName),
    hostPath: hostPath === undefined ? undefined : fields.name(hostPath, 'path', `${at}/hostPath`),
    secretName: secret === undefined ? undefined : fields.string(secret, 'secretName', `${at}/secret`),
    ...(projected === undefined ? { projectedSecrets: NOTHING, tokens: NOTHING } : sourcesOf(projected, `${at}/projected`, fields)),
    persistentVolumeClaim: claim === undefined ? undefined : fields.name(claim, 'claimName', `${at}/persistentVolumeClaim`),
    source: sourceOf(raw),
  });
}

/** The one field that says what kind of volume it is; a name that only a stranger could have written is cut. */
function sourceOf(raw: RawObject): string | undefined {
  let source: string | undefined;
  for (const key in raw) {
    if (key === 'name' || raw[key] === null || raw[key] === undefined) continue;
    // The API server admits one; of several the order in the file decides nothing.
    if (source === undefined || key < source) source = key;
  }
  return source?.slice(0, 63);
}

function sourcesOf(projected: RawObject, at: string, fields: FieldReader): Pick<Volume, 'projectedSecrets' | 'tokens'> {
  const projectedSecrets: { name: string; source: number }[] = [];
  const tokens: ProjectedToken[] = [];
  const sources = fields.objects(projected, 'sources', at);
  for (let source = 0; source < sources.length; source++) {
    const raw = sources[source] as RawObject;
    const token = fields.object(raw, 'serviceAccountToken', `${at}/sources/${source}`);
    if (token !== undefined) tokens.push(tokenOf(token, { at: `${at}/sources/${source}/serviceAccountToken`, source, fields }));
    const secret = fields.object(raw, 'secret', `${at}/sources/${source}`);
    const name = secret === undefined ? undefined : fields.string(secret, 'name', `${at}/sources/${source}/secret`);
    if (name !== undefined && name !== '') projectedSecrets.push({ name, source });
  }
  return { projectedSecrets, tokens };
}

function tokenOf(raw: RawObject, { at, source, fields }: { at: string; source: number; fields: FieldReader }): ProjectedToken {
  return withoutUndefined({
    audience: fields.string(raw, 'audience', at),
    expirationSeconds: fields.integer(raw, 'expirationSeconds', at),
    path: fields.name(raw, 'path', at),
    source,
  });
}
