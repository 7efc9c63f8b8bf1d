import { command, inTurn, kubectl, objectWords } from '../../access/shell.ts';
import type { ManifestPatch, RowFix } from '../findings/finding.ts';
import { deletionPatch, jsonPatchOf, newManifest, type Operation, strategicPatch, type Target } from './patches.ts';
import type { Yaml } from './yaml.ts';

/** One change as a command and as a manifest that say the same. */
export interface FixStep {
  readonly command: string;
  readonly patches: readonly ManifestPatch[];
}

type Fields = { readonly [key: string]: Yaml };

const onObject = (verb: string, { kind, namespace, name }: Target, ...words: readonly string[]): string =>
  kubectl(namespace, verb, ...objectWords(kind, name), ...words);

/** Deletes an object. */
export const deletion = (target: Target): FixStep => ({ command: onObject('delete', target), patches: [deletionPatch(target)] });

/** Changes an object by operations of RFC 6902. */
export const jsonStep = (target: Target, operations: readonly Operation[]): FixStep => ({
  command: onObject('patch', target, '--type=json', '-p', JSON.stringify(operations)),
  patches: [jsonPatchOf(target, operations)],
});

/** Changes fields of an object; `null` takes one out. */
export const strategicStep = (target: Target, body: Fields): FixStep => ({
  command: onObject('patch', target, '-p', JSON.stringify(body)),
  patches: [strategicPatch(target, body)],
});

/** Takes annotations off an object. */
export const withoutAnnotations = (target: Target, keys: readonly string[]): FixStep => ({
  command: onObject('annotate', target, ...keys.map((key) => `${key}-`)),
  patches: [strategicPatch(target, { metadata: { annotations: Object.fromEntries(keys.map((key) => [key, null])) } })],
});

/** Makes a new object; `rest` has everything but its `metadata`. */
export function creation(target: Target, rest: Fields = {}, annotations: Readonly<Record<string, string>> = {}): FixStep {
  const { apiVersion, kind, namespace, name } = target;
  const metadata = {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  };
  const manifest = { apiVersion, kind, metadata, ...rest };
  return { command: `${command('printf', '%s', JSON.stringify(manifest))} | kubectl apply -f -`, patches: [newManifest(target, manifest)] };
}

/** Steps as the fix of a row, made in their order. */
export const fixBy = (says: string, steps: readonly FixStep[]): Required<Pick<RowFix, 'says' | 'command' | 'patches'>> => ({
  says,
  command: inTurn(steps.map((step) => step.command)),
  patches: steps.flatMap(({ patches }) => patches),
});

/** One command or manifest list has at most as many. */
export const MOST_STEPS = 10;

/** ` (the first 10 of 44 below)` where not all of them are written out. */
export const firstOf = (count: number): string => (count > MOST_STEPS ? ` (the first ${MOST_STEPS} of ${count} below)` : '');
