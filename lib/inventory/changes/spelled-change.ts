import { isJsonObject, objectOf } from './merge-patch.ts';

type Json = { readonly [key: string]: unknown };

const WORDS = ['delete', 'apply', 'patch'] as const;
export type ChangeWord = (typeof WORDS)[number];

const changeWord = (value: unknown): ChangeWord | undefined => WORDS.find((word) => word === value);

const TARGET = ['kind', 'apiVersion', 'namespace', 'name'];

const without = (value: Json, ...keys: readonly string[]): Json => objectOf(Object.entries(value).filter(([key]) => !keys.includes(key)));

/** What names an object among the fields of a change; a whole manifest names itself. */
function withTarget(body: Json): Json {
  if (body.target !== undefined || body.kind === undefined) return body;
  if (isJsonObject(body.metadata)) {
    const { namespace, name } = body.metadata;
    const named = { kind: body.kind, apiVersion: body.apiVersion, namespace, name };
    return { target: objectOf(Object.entries(named).filter(([, value]) => value !== undefined)) };
  }
  return { ...without(body, ...TARGET), target: objectOf(Object.entries(body).filter(([key]) => TARGET.includes(key))) };
}

/** A patch beside its target, as kustomize writes it: a list is a JSON Patch, an object a merge patch. */
function withPatch(body: Json): Json {
  const { patch } = body;
  if (patch === undefined || body.merge !== undefined || body.json !== undefined) return body;
  return { ...without(body, 'patch'), [Array.isArray(patch) ? 'json' : 'merge']: patch };
}

function bodyOf(word: ChangeWord, body: Json): Json {
  if (word === 'apply') return body.manifest === undefined && body.kind !== undefined ? { manifest: body } : body;
  return word === 'patch' ? withPatch(withTarget(body)) : withTarget(body);
}

/**
 * A change in the words of the documentation, of the ways in which people write one without having read it: `delete: {kind, name}`, the target's
 * fields beside `change: delete`, `op` or `action` for `change`, `{target, patch}`. Undefined: it is none of them.
 */
export function spelledChange(value: Json): Json | undefined {
  for (const key of ['change', 'op', 'action']) {
    const word = changeWord(value[key]);
    if (word !== undefined) return { ...bodyOf(word, without(value, key)), change: word };
  }
  if (value.change !== undefined || value.kind !== undefined) return undefined;
  const [word, another] = WORDS.filter((one) => value[one] !== undefined);
  if (word === undefined || another !== undefined) return undefined;
  if (word === 'patch' && isJsonObject(value.target)) return { ...bodyOf(word, value), change: word };
  const inner = value[word];
  const rest = without(value, word);
  return isJsonObject(inner) ? { ...rest, ...bodyOf(word, inner), change: word } : undefined;
}
