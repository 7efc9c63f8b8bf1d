import * as z from 'zod';
import type { AwsAuthMapping } from '../aws-auth.ts';
import { hasStandIn } from '../normalise/stand-in-pod.ts';
import { AWS_AUTH_LISTS, isAwsAuth } from './aws-auth-change.ts';
import { type Change, ChangeError } from './change.ts';
import { groupOf, keptKind } from './kept-kinds.ts';
import { isJsonObject, objectOf } from './merge-patch.ts';
import { readCloudAnswer } from './read-cloud-answer.ts';
import { spelledChange } from './spelled-change.ts';

/** A document of a file of changes, and where it stands, in words: `changes.yaml, document 2`. */
export interface ChangeDocument {
  readonly document: unknown;
  readonly place: string;
  /** Path of the file: of an answer of a cloud it often says what it is about, as in a snapshot. */
  readonly path?: string;
}

/** What the ConfigMap kube-system/aws-auth says: its lists are YAML text, which the pure core does not read. */
export type ReadAwsAuth = (configMap: unknown) => {
  readonly mappings: readonly AwsAuthMapping[];
  readonly problems: readonly { readonly list: AwsAuthMapping['list']; readonly why: string }[];
};

const text = z.string().min(1).max(2048);

const Target = z.strictObject({
  kind: text,
  apiVersion: text.optional(),
  namespace: text.optional(),
  name: text,
});

const Operation = z.discriminatedUnion('op', [
  z.strictObject({ op: z.enum(['add', 'replace', 'test']), path: z.string().max(4096), value: z.unknown() }),
  z.strictObject({ op: z.literal('remove'), path: z.string().max(4096) }),
]);

const Written = z.discriminatedUnion('change', [
  z.strictObject({ change: z.literal('delete'), target: Target }),
  z.strictObject({ change: z.literal('apply'), manifest: z.looseObject({}) }),
  z.strictObject({
    change: z.literal('patch'),
    target: Target,
    merge: z.unknown().optional(),
    json: z.array(Operation).max(1000).optional(),
  }),
]);

/** Deeper than any manifest; what nests deeper is no object of Kubernetes. */
const NESTING = 100;
const MOST_DOCUMENTS = 20_000;

const SHAPES =
  'give manifests, changes such as {"change": "delete", "target": {"kind", "namespace", "name"}}, {"change": "patch", "target", "merge" or "json"}, {"change": "apply", "manifest"}, what `aws iam get-role` and other commands of clouds print (whose path or {"file", "answer"} says what it is about, as in a snapshot), or what `cuts` and `choke-points` print';

function isTooDeep(value: unknown): boolean {
  const waiting: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (next.depth === NESTING) return true;
    for (const inner of Object.values(next.value)) waiting.push({ value: inner, depth: next.depth + 1 });
  }
  return false;
}

type Json = { readonly [key: string]: unknown };
type Fail = (message: string) => never;

/** One document as it is read. */
interface Reading {
  readonly fail: Fail;
  readonly path: string;
  readonly awsAuth: ReadAwsAuth;
}

type Target = z.infer<typeof Target>;

const nameOf = ({ kind, apiVersion, namespace, name }: Target) => ({
  kind,
  name,
  ...(apiVersion === undefined ? {} : { apiVersion }),
  ...(namespace === undefined ? {} : { namespace }),
});

/** Lists that a patch does not name stay as they are; `data: null` takes all of them away. */
function awsAuthChange(configMap: Json, isWhole: boolean, { fail, awsAuth }: Reading): Change {
  const { mappings, problems } = awsAuth(configMap);
  const [problem] = problems;
  if (problem !== undefined) return fail(`\`data.${problem.list}\` of the ConfigMap kube-system/aws-auth: ${problem.why}; correct it`);
  const data = isJsonObject(configMap.data) ? configMap.data : {};
  const isAll = isWhole || configMap.data === null;
  const lists = new Set([...AWS_AUTH_LISTS].filter((list) => isAll || data[list] !== undefined));
  if (lists.size === 0) {
    const named = [...AWS_AUTH_LISTS].map((list) => `\`${list}\``).join(', ');
    return fail(`the patch of the ConfigMap kube-system/aws-auth names none of ${named} under \`data\`; correct it`);
  }
  return { change: 'aws-auth', lists, mappings };
}

/**
 * A manifest, or kustomize's way to say that an object goes. Any other directive would be read as a manifest that says little, the contrary of what it means.
 * Source: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/ (`$patch: delete`)
 */
function applied(manifest: Json, reading: Reading): Change {
  const { kind, apiVersion } = manifest;
  const { namespace, name } = isJsonObject(manifest.metadata) ? manifest.metadata : {};
  if (manifest.$patch === 'delete') return writtenChange({ change: 'delete', target: { kind, apiVersion, namespace, name } }, reading);
  const named = { kind: String(kind), apiVersion: String(apiVersion), name: String(name) };
  if (manifest.$patch !== undefined)
    return reading.fail(
      '`$patch` is a directive of kustomize; run `kubectl kustomize`, or write {"change": "patch", "target": {"kind", "name"}, "merge": …}',
    );
  if (namespace === undefined && isAwsAuth({ ...named, namespace: 'kube-system' }))
    return reading.fail('ConfigMap aws-auth says no namespace; write `namespace: kube-system` into its metadata');
  return isAwsAuth({ ...named, namespace: String(namespace) }) ? awsAuthChange(manifest, true, reading) : { change: 'apply', manifest };
}

function patched(target: Target, { merge, json }: Extract<z.infer<typeof Written>, { change: 'patch' }>, reading: Reading): Change {
  const { fail } = reading;
  const named = nameOf(target);
  if ((merge === undefined) === (json === undefined)) return fail('a patch has either `merge` or `json`; give one of them');
  if (typeof merge === 'string') return fail('a merge patch is an object and no text; write it as YAML or JSON of its own');
  if (isAwsAuth(named))
    return isJsonObject(merge)
      ? awsAuthChange({ ...merge, metadata: named }, false, reading)
      : fail('the ConfigMap kube-system/aws-auth holds lists as text; give a `merge` with the whole text of a list under `data`');
  if (json === undefined) return { change: 'patch', target: named, merge };
  return { change: 'patch', target: named, json: json.map((one) => (one.op === 'remove' ? one : { ...one, value: one.value })) };
}

function writtenChange(value: unknown, reading: Reading): Change {
  const parsed = Written.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return reading.fail(`${issue?.path.join('.') || 'the change'}: ${issue?.message ?? 'not understood'}; ${SHAPES}`);
  }
  const { data } = parsed;
  if (data.change === 'apply') return applied(data.manifest, reading);
  return data.change === 'delete' ? { change: 'delete', target: nameOf(data.target) } : patched(data.target, data, reading);
}

/** A change that a cut named has its key under `change`; where an object to change stands beside it, it was meant for a word. */
function keyIn(value: Json, fail: Fail): string | undefined {
  const { change } = value;
  if (typeof change !== 'string') return undefined;
  if (change.length > 4096) return fail('change: it has more than 4096 characters, as no key of a cut has; correct it');
  if (['target', 'kind', 'name', 'manifest', 'merge', 'json'].some((field) => value[field] !== undefined))
    return fail(`change: \`${change.slice(0, 100)}\` is none of \`delete\`, \`apply\`, \`patch\`; ${SHAPES}`);
  return change;
}

/** Items of a list; undefined: it is none. Those of a list of one kind do not say their kind where the API itself prints them. */
function itemsOf({ kind, apiVersion, items }: Json): readonly unknown[] | undefined {
  if (typeof kind !== 'string' || !kind.endsWith('List')) return undefined;
  // A program writes an empty list as null.
  if (kind === 'List' && (items === null || items === undefined)) return [];
  if (!Array.isArray(items)) return undefined;
  const own = { apiVersion, kind: kind.slice(0, -'List'.length) };
  return items.map((item: unknown) => (kind !== 'List' && isJsonObject(item) && item.kind === undefined ? { ...own, ...item } : item));
}

/** What a cloud says, by itself or beside the file that it would stand in; undefined: it is none of a cloud's. */
function cloudChange(value: Json, { fail, path }: Reading): Change | undefined {
  const { answer, file, ...rest } = value;
  const isWrapped = answer !== undefined && (file === undefined || typeof file === 'string') && Object.keys(rest).length === 0;
  const read = isWrapped ? readCloudAnswer(answer, file ?? path) : readCloudAnswer(value, path);
  if (read === undefined) return undefined;
  if ('broken' in read)
    return fail(
      `the answer cannot be used: ${read.broken}; give it as the command prints it, and where it does not say what it is about its file as in a snapshot, {"file": "gcloud-projects-get-iam-policy/PROJECT.json", "answer": …}`,
    );
  return { change: 'cloud-answer', records: read.records };
}

function changeOf(value: Json, reading: Reading): Change | string {
  const { fail } = reading;
  const spelled = spelledChange(value);
  if (spelled !== undefined) return writtenChange(spelled, reading);
  const key = keyIn(value, fail);
  if (key !== undefined) return key;
  if (value.change !== undefined) return writtenChange(value, reading);
  if (typeof value.kind !== 'string' || typeof value.apiVersion !== 'string')
    return cloudChange(value, reading) ?? fail(`it lacks \`apiVersion\` and \`kind\`; ${SHAPES}`);
  return applied(value, reading);
}

/** What holds several changes; undefined: it is one. */
function innerOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isJsonObject(value) || value.change !== undefined) return undefined;
  return Array.isArray(value.changes) ? value.changes : itemsOf(value);
}

function* changesOf(value: unknown, reading: Reading): Generator<Change | string> {
  const inner = innerOf(value);
  if (inner !== undefined) for (const item of inner) yield* changesOf(item, reading);
  else if (isJsonObject(value)) yield changeOf(value, reading);
  else reading.fail(`it is no object; ${SHAPES}`);
}

/** Keys that follow one another are one change: their places are those before any of them. */
function gathered(found: readonly (Change | string)[]): Change[] {
  const changes: Change[] = [];
  let keys: string[] | undefined;
  for (const one of found) {
    if (typeof one !== 'string') {
      keys = undefined;
      changes.push(one);
      continue;
    }
    if (keys === undefined) {
      keys = [];
      changes.push({ change: 'keys', keys });
    }
    keys.push(one);
  }
  return changes;
}

/** The changes that documents say, in order. Throws ChangeError that names the document, says what is wrong and what is taken. */
export function parseChanges(documents: readonly ChangeDocument[], awsAuth: ReadAwsAuth): readonly Change[] {
  const found: (Change | string)[] = [];
  for (const { document, place, path = '' } of documents) {
    const fail: Fail = (message) => {
      throw new ChangeError(`${place}: ${message}`);
    };
    if (document === null || document === undefined) continue;
    if (isTooDeep(document)) fail(`it nests deeper than ${NESTING} levels, as no object does; correct it`);
    for (const change of changesOf(document, { fail, path, awsAuth })) {
      found.push(change);
      if (found.length > MOST_DOCUMENTS) fail(`there are more than ${MOST_DOCUMENTS} changes; split the file`);
    }
  }
  return gathered(found);
}

/** The namespace is written into manifests that say none, as `kubectl apply --namespace` does; targets without one mean it too. */
export function inNamespace(changes: readonly Change[], namespace: string): readonly Change[] {
  return changes.map((change): Change => {
    if (change.change === 'keys' || change.change === 'cloud-answer' || change.change === 'aws-auth') return change;
    if (change.change !== 'apply') {
      const isNamespaced = keptKind(change.target.kind, change.target.apiVersion)?.namespaced === true;
      return change.target.namespace === undefined && isNamespaced ? { ...change, target: { ...change.target, namespace } } : change;
    }
    const { manifest } = change;
    if (!isJsonObject(manifest) || !isJsonObject(manifest.metadata)) return change;
    const { metadata, kind, apiVersion } = manifest;
    const named = { kind: String(kind), group: groupOf(String(apiVersion)) };
    const isNamespaced = keptKind(named.kind, String(apiVersion))?.namespaced === true || hasStandIn(manifest, named);
    if (!isNamespaced || typeof metadata.namespace === 'string') return change;
    return {
      change: 'apply',
      manifest: objectOf([...Object.entries(manifest), ['metadata', objectOf([...Object.entries(metadata), ['namespace', namespace]])]]),
    };
  });
}
