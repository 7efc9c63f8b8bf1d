import type { LabelSelector } from '../kubernetes.ts';
import type { RawObject } from './field-reader.ts';
import type { Normalising } from './metadata.ts';

/** A LabelSelector, `at` its own JSON pointer. Empty: it selects everything. */
export function labelSelectorOf(selector: RawObject, at: string, { fields, pool }: Normalising): LabelSelector {
  return {
    matchLabels: pool.map(selector, 'matchLabels', { fields, at }),
    matchExpressions: fields.objects(selector, 'matchExpressions', at).map((expression, place) => ({
      key: fields.name(expression, 'key', `${at}/matchExpressions/${place}`),
      operator: fields.name(expression, 'operator', `${at}/matchExpressions/${place}`),
      values: fields.strings(expression, 'values', `${at}/matchExpressions/${place}`),
    })),
  };
}

/** The selector under `key`; undefined: there is none, which an empty one is not. */
export function optionalSelector(
  object: RawObject,
  { key, at }: { readonly key: string; readonly at: string },
  normalising: Normalising,
): LabelSelector | undefined {
  const selector = normalising.fields.object(object, key, at);
  return selector === undefined ? undefined : labelSelectorOf(selector, `${at}/${key}`, normalising);
}
