import type { NodeSelectorRequirement, Toleration } from '../kubernetes.ts';
import type { FieldReader, RawObject } from './field-reader.ts';
import { withoutUndefined } from './security-context.ts';

const NOTHING: readonly never[] = [];

/** `.tolerations` of a pod spec, as written. */
export function tolerationsOf(spec: RawObject, at: string, fields: FieldReader): readonly Toleration[] {
  const list = fields.objects(spec, 'tolerations', at);
  if (list.length === 0) return NOTHING;
  return list.map((raw, index) => {
    const here = `${at}/tolerations/${index}`;
    return withoutUndefined({
      key: fields.string(raw, 'key', here),
      operator: fields.string(raw, 'operator', here),
      value: fields.string(raw, 'value', here),
      effect: fields.string(raw, 'effect', here),
    });
  });
}

function requirementOf(raw: RawObject, at: string, fields: FieldReader): NodeSelectorRequirement {
  return { key: fields.name(raw, 'key', at), operator: fields.name(raw, 'operator', at), values: fields.strings(raw, 'values', at) };
}

/**
 * `.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms`; undefined: none is required. Requirements on
 * fields (`matchFields`, by which DaemonSets name their node) stand among those on labels, with `metadata.name` as their key.
 */
export function nodeAffinityOf(
  spec: RawObject,
  at: string,
  fields: FieldReader,
): readonly (readonly NodeSelectorRequirement[])[] | undefined {
  const affinity = fields.object(spec, 'affinity', at);
  const node = affinity === undefined ? undefined : fields.object(affinity, 'nodeAffinity', `${at}/affinity`);
  const key = 'requiredDuringSchedulingIgnoredDuringExecution';
  const required = node === undefined ? undefined : fields.object(node, key, `${at}/affinity/nodeAffinity`);
  if (required === undefined) return undefined;
  const here = `${at}/affinity/nodeAffinity/${key}`;
  return fields.objects(required, 'nodeSelectorTerms', here).map((term, index) => {
    const place = `${here}/nodeSelectorTerms/${index}`;
    return (['matchExpressions', 'matchFields'] as const).flatMap((list) =>
      fields.objects(term, list, place).map((raw, number) => requirementOf(raw, `${place}/${list}/${number}`, fields)),
    );
  });
}
