import { isObject } from '../normalise/field-reader.ts';
import { ObjectIntake } from '../normalise/object-intake.ts';
import { makesPods } from '../normalise/pod-shapes.ts';
import type { ListName } from './kept-kinds.ts';
import { groupOf } from './kept-kinds.ts';
import type { Kept, KeptRecord } from './kept-objects.ts';

/** What a manifest is: a record, a kind that decides nothing here, or nothing that can be read. */
export type Normalised =
  | { readonly kept: Kept }
  | { readonly unused: { readonly kind: string; readonly group: string; readonly name: string; readonly makesPods: boolean } }
  | { readonly broken: string };

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 300) : '');

/**
 * Reads one manifest as every object is read, so that nothing is kept that would not be kept of a live one. `at` is its place among others: with a
 * `generateName` alone each of them is an object of its own.
 */
export function normaliseManifest(manifest: unknown, at = 0): Normalised {
  if (!isObject(manifest)) return { broken: 'it is no object' };
  const metadata = isObject(manifest.metadata) ? manifest.metadata : {};
  if (textOf(manifest.kind) === '' || textOf(manifest.apiVersion) === '') return { broken: 'it lacks `apiVersion` or `kind`' };
  const problems: string[] = [];
  const intake = new ObjectIntake((gap) => problems.push(gap.why));
  const isKnown = intake.add(manifest, { source: 'snapshot', pointer: `/${at}` });
  const [problem] = problems;
  if (problem !== undefined) return { broken: problem };
  if (!isKnown) {
    const named = { kind: textOf(manifest.kind), group: groupOf(textOf(manifest.apiVersion)) };
    return { unused: { ...named, name: textOf(metadata.name), makesPods: makesPods(manifest, named) } };
  }
  for (const [list, records] of Object.entries(intake.stores.list()) as [ListName, readonly KeptRecord[]][]) {
    const [record] = records;
    if (record !== undefined) return { kept: { list, record } };
  }
  return { broken: 'nothing of it is kept' };
}
