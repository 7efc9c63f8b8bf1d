import type { NodeSelectorRequirement, Toleration } from '../kubernetes.ts';
import { type FieldReader, isObject, type RawObject } from './field-reader.ts';
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

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const BY_NAME = 'metadata.name';

/**
 * `.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms`; undefined: none is required. Requirements on
 * fields (`matchFields`) stand among those on labels, with `metadata.name` as their key. Of a pod that has its node already, the terms that
 * only name a node are left out: the DaemonSet controller writes them, `nodeName` says the same, and with them no two of its pods would
 * have one spec (pkg/controller/daemon/util/daemonset_util.go, ReplaceDaemonSetPodNodeNameNodeAffinity).
 */
export function nodeAffinityOf(
  spec: RawObject,
  at: string,
  fields: FieldReader,
): readonly (readonly NodeSelectorRequirement[])[] | undefined {
  const affinity = fields.object(spec, 'affinity', at);
  const node = affinity === undefined ? undefined : fields.object(affinity, 'nodeAffinity', `${at}/affinity`);
  const required = node === undefined ? undefined : fields.object(node, REQUIRED, `${at}/affinity/nodeAffinity`);
  if (required === undefined || onlyNamesItsNode(spec)) return undefined;
  const here = `${at}/affinity/nodeAffinity/${REQUIRED}`;
  return fields.objects(required, 'nodeSelectorTerms', here).map((term, index) => {
    const place = `${here}/nodeSelectorTerms/${index}`;
    return (['matchExpressions', 'matchFields'] as const).flatMap((list) =>
      fields.objects(term, list, place).map((raw, number) => requirementOf(raw, `${place}/${list}/${number}`, fields)),
    );
  });
}

/** Whether a spec as it came has its node, and its required node affinity says no more than a node's name. */
export function onlyNamesItsNode({ nodeName, affinity }: RawObject): boolean {
  if (typeof nodeName !== 'string' || nodeName === '' || !isObject(affinity) || !isObject(affinity.nodeAffinity)) return false;
  const required = affinity.nodeAffinity[REQUIRED];
  const terms = isObject(required) ? required.nodeSelectorTerms : undefined;
  return Array.isArray(terms) && terms.length > 0 && terms.every(onlyNamesANode);
}

function onlyNamesANode(term: unknown): boolean {
  if (!isObject(term) || !Array.isArray(term.matchFields) || term.matchFields.length === 0) return false;
  const { matchExpressions } = term;
  if (matchExpressions !== undefined && matchExpressions !== null) return false;
  return term.matchFields.every((field: unknown) => isObject(field) && field.key === BY_NAME && field.operator === 'In');
}
