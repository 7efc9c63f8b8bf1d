import { command, kubectl, objectWords } from '../../access/shell.ts';
import type { Container, PodSpec } from '../../inventory/kubernetes.ts';
import { templatePointer } from '../../inventory/template-pointer.ts';
import type { RowFix } from '../findings/finding.ts';
import { jsonPatchOf, type Operation, pointerPart, type Target } from './patches.ts';
import type { LiveWorkload } from './world.ts';

/** Controllers whose template can be changed where they stand; that of a Job cannot, nor can a pod. */
const CHANGEABLE = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'CronJob']);

/** What pods are made of: the template of their controller, or the pod itself. */
interface Template {
  readonly target: Target;
  /** JSON pointer of what a pod has at its root. */
  readonly at: string;
  readonly spec: PodSpec;
  readonly annotations: ReadonlyMap<string, string>;
}

function templateOf({ kind, namespace, name, record, pods: [pod] }: LiveWorkload): Template | undefined {
  if (record !== undefined) {
    const apiVersion = record.apiGroup === '' ? 'v1' : `${record.apiGroup}/v1`;
    const at = templatePointer(kind);
    return { target: { apiVersion, kind, namespace, name }, at, spec: record.spec, annotations: record.template.annotations };
  }
  if (kind !== 'Pod') return undefined;
  return { target: { apiVersion: 'v1', kind, namespace, name }, at: '', spec: pod.spec, annotations: pod.annotations };
}

const CONTAINER = /^\/spec\/(containers|initContainers)\/(\d+)(?:\/(env|envFrom|volumeMounts)\/(\d+))?(\/.*)?$/;
const VOLUME = /^\/spec\/volumes\/(\d+)(.*)$/;
const PULL_SECRET = /^\/spec\/imagePullSecrets\/(\d+)$/;
const ANNOTATION = '/metadata/annotations/';

/** What tells the entries of a list of a container apart, by their places; of `envFrom` only secrets are known. */
function entriesOf({ envNames, volumeMounts, secretReferences }: Container, list: string): readonly (string | undefined)[] {
  if (list === 'env') return envNames;
  if (list === 'volumeMounts') return volumeMounts.map(({ volume, mountPath }) => `${volume}\n${mountPath}`);
  const found: string[] = [];
  for (const { secret, pointer } of secretReferences) {
    const place = /^\/envFrom\/(\d+)\//.exec(pointer)?.[1];
    if (place !== undefined) found[Number(place)] = secret;
  }
  return found;
}

/** The place of an entry in a list that admission did not touch; of equal entries the first is the first there, and so on. */
function placeIn(untouched: readonly (string | undefined)[], entries: readonly (string | undefined)[], place: number): number | undefined {
  const entry = entries[place];
  const before = entries.slice(0, place).filter((one) => one === entry).length;
  return entry === undefined ? undefined : untouched.flatMap((one, at) => (one === entry ? [at] : []))[before];
}

function inContainer(
  spec: PodSpec,
  template: PodSpec,
  [, list, index, entries, place, rest = '']: readonly (string | undefined)[],
): string | undefined {
  const own = spec.containers.find((one) => one.list === list && one.index === Number(index));
  const other = template.containers.find((one) => one.list === list && one.name === own?.name);
  if (own === undefined || other === undefined) return undefined;
  const at = `/spec/${list}/${other.index}`;
  if (entries === undefined) return `${at}${rest}`;
  const found = placeIn(entriesOf(other, entries), entriesOf(own, entries), Number(place));
  return found === undefined ? undefined : `${at}/${entries}/${found}${rest}`;
}

/** Where the template has what a pod has there: admission may have put volumes, containers and variables in, before or behind; undefined: nowhere. */
function inTemplate({ spec: template, annotations }: Template, spec: PodSpec, pointer: string): string | undefined {
  if (pointer.startsWith('/spec/ephemeralContainers')) return undefined;
  if (pointer.startsWith(ANNOTATION))
    return [...annotations.keys()].some((key) => pointer === `${ANNOTATION}${pointerPart(key)}`) ? pointer : undefined;
  const container = CONTAINER.exec(pointer);
  if (container !== null) return inContainer(spec, template, container);
  const pulling = PULL_SECRET.exec(pointer)?.[1];
  if (pulling !== undefined) {
    const place = placeIn(template.imagePullSecrets, spec.imagePullSecrets, Number(pulling));
    return place === undefined ? undefined : `/spec/imagePullSecrets/${place}`;
  }
  const volume = VOLUME.exec(pointer);
  if (volume === null) return pointer;
  const name = spec.volumes.find(({ index }) => index === Number(volume[1]))?.name;
  const found = template.volumes.find((one) => one.name === name);
  return found === undefined ? undefined : `/spec/volumes/${found.index}${volume[2]}`;
}

/** A volume goes with every mount of it. */
function withMounts({ containers, volumes }: PodSpec, operation: Operation): readonly Operation[] {
  const index = /^\/spec\/volumes\/(\d+)$/.exec(operation.path)?.[1];
  if (index === undefined || operation.op !== 'remove') return [operation];
  const name = volumes.find((one) => one.index === Number(index))?.name;
  const mounts = containers.flatMap((container) =>
    container.volumeMounts.flatMap(({ volume }, place): Operation[] =>
      volume === name && container.list !== 'ephemeralContainers'
        ? [{ op: 'remove', path: `/spec/${container.list}/${container.index}/volumeMounts/${place}` }]
        : [],
    ),
  );
  return [...mounts, operation];
}

/** Later places of a list first, as each removal moves those behind it. */
function byPlace(one: Operation, other: Operation): number {
  const [first, second] = [one.path.split('/'), other.path.split('/')];
  for (const [depth, part] of first.entries()) {
    const against = second[depth] ?? '';
    if (part === against) continue;
    const [number, otherNumber] = [Number(part), Number(against)];
    return Number.isNaN(number) || Number.isNaN(otherNumber) ? (part < against ? 1 : -1) : otherNumber - number;
  }
  return 0;
}

const PLACE = /^(\/spec\/(containers|initContainers|volumes)\/(\d+))(?:\/(env|volumeMounts)\/(\d+)$)?(?:\/|$)/;

/** That what is at a place is still what was meant: its name, and of an entry of a container what it is. */
function tested({ containers, volumes, imagePullSecrets }: PodSpec, operations: readonly Operation[]): readonly Operation[] {
  const tests = operations.flatMap(({ path }): readonly Operation[] => {
    const secret = imagePullSecrets[Number(PULL_SECRET.exec(path)?.[1])];
    if (secret !== undefined) return [{ op: 'test', path: `${path}/name`, value: secret }];
    const [, at = '', list, index, entries, place] = PLACE.exec(path) ?? [];
    const volume = list === 'volumes' ? volumes.find((one) => one.index === Number(index)) : undefined;
    const container = containers.find((one) => one.list === list && one.index === Number(index));
    const value = (volume ?? container)?.name;
    if (value === undefined) return [];
    const variable = entries === 'env' ? container?.envNames[Number(place)] : undefined;
    const mount = entries === 'volumeMounts' ? container?.volumeMounts[Number(place)]?.mountPath : undefined;
    return [
      { op: 'test', path: `${at}/name`, value },
      ...(variable === undefined ? [] : [{ op: 'test', path: `${at}/env/${place}/name`, value: variable } as const]),
      ...(mount === undefined ? [] : [{ op: 'test', path: `${at}/volumeMounts/${place}/mountPath`, value: mount } as const]),
    ];
  });
  return [...new Map(tests.map((one) => [one.path, one])).values()];
}

const UID_LABELS = ['controller-uid', 'batch.kubernetes.io/controller-uid'];

/** What the API server writes into a Job, and into a pod that runs, and takes from nobody. */
function asNew({ record, pods: [pod] }: LiveWorkload): readonly Operation[] {
  if (record === undefined)
    return pod.spec.containers.some(({ list }) => list === 'ephemeralContainers')
      ? [{ op: 'remove', path: '/spec/ephemeralContainers' }]
      : [];
  const labels = UID_LABELS.filter((label) => record.template.labels.has(label));
  return [
    ...(record.uid === undefined ? [] : [{ op: 'remove', path: '/spec/selector' } as const]),
    ...labels.map((label): Operation => ({ op: 'remove', path: `/spec/template/metadata/labels/${pointerPart(label)}` })),
  ];
}

/** Makes anew what cannot be changed where it stands. Source: https://kubernetes.io/docs/reference/kubectl/generated/kubectl_replace/ (`--force`). */
function replaceCommand(workload: LiveWorkload, operations: readonly Operation[]): string {
  const { kind, namespace, name } = workload;
  const patch = JSON.stringify([...operations, ...asNew(workload)]);
  return [
    kubectl(namespace, 'get', ...objectWords(kind, name), '-o', 'json'),
    command('kubectl', 'patch', '--local', '-f', '-', '--type=json', '-p', patch, '-o', 'json'),
    command('kubectl', 'replace', '--force', '-f', '-'),
  ].join(' | ');
}

/** Takes the whole volume, source or variable that refers to a secret out, by the pointer of the reference. */
export const referenceRemoval = (pointer: string): Operation => ({
  op: 'remove',
  path: pointer.replace(
    /^(\/spec\/volumes\/\d+)\/secret$|(\/projected\/sources\/\d+)\/secret$|(\/(?:env|envFrom)\/\d+)\/.*$/,
    (_match, volume: string | undefined, source: string | undefined, variable: string | undefined) => volume ?? source ?? variable ?? '',
  ),
});

/** Why a template cannot be patched; undefined: it can. */
function unpatchable({ kind, name, pods: [pod] }: LiveWorkload, template: Template | undefined): string | undefined {
  if (pod.owner?.kind === 'Node')
    return `the kubelet makes this pod of a file on node ${pod.owner.name}, which no API changes; edit the file there`;
  return template === undefined
    ? `${kind} ${name}, which makes these pods, is not among what was read, so that its template cannot be patched from here; change it there`
    : undefined;
}

/**
 * Changes the pods of a workload where they are made: a JSON patch of their template, and the command. `changes` have paths below the pod that
 * is shown as evidence; a `remove` of `/spec/volumes/N` takes the mounts along.
 */
export function templateFix(workload: LiveWorkload, says: string, changes: readonly Operation[]): RowFix {
  const { kind, namespace, name, pods } = workload;
  const template = templateOf(workload);
  const why = unpatchable(workload, template);
  if (template === undefined || why !== undefined) return { says, lacks: why ?? '' };
  const placed = changes.flatMap((change): readonly Operation[] => {
    const path = inTemplate(template, pods[0].spec, change.path);
    return path === undefined ? [] : withMounts(template.spec, { ...change, path });
  });
  if (placed.length === 0)
    return {
      says,
      lacks: `the template of ${kind} ${name} has nothing of it: admission or a person put it into the running pod; look there`,
    };
  const unique = [...new Map(placed.map((one) => [`${one.op} ${one.path}`, one])).values()].sort(byPlace);
  const operations = [...tested(template.spec, unique), ...unique].map((one): Operation => ({ ...one, path: `${template.at}${one.path}` }));
  const patches = [jsonPatchOf(template.target, operations)];
  if (!CHANGEABLE.has(kind))
    return {
      says: `${says}; ${kind === 'Job' ? 'it runs from its start again' : 'the pod is made anew'}, so change its manifest as well`,
      command: replaceCommand(workload, operations),
      patches,
    };
  return {
    says,
    command: kubectl(namespace, 'patch', ...objectWords(kind, name), '--type=json', '-p', JSON.stringify(operations)),
    patches,
  };
}
