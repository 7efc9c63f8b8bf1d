import type { AdmissionMatch, AdmissionPolicy, AdmissionPolicyBinding } from '../admission.ts';
import { admissionRulesOf, togetherOf } from './admission-rules.ts';
import type { RawObject } from './field-reader.ts';
import { optionalSelector } from './label-selector.ts';
import { type Normalising, partsOf } from './metadata.ts';
import { withoutUndefined } from './security-context.ts';

/** A ValidatingAdmissionPolicy or MutatingAdmissionPolicy: what it is asked about; its expressions are not read. */
export function admissionPolicyOf(object: RawObject, kind: AdmissionPolicy['kind'], normalising: Normalising): AdmissionPolicy {
  const { fields } = normalising;
  const { metadata, spec } = partsOf(object, normalising);
  return withoutUndefined({
    kind,
    name: metadata.name,
    uid: metadata.uid,
    failurePolicy: fields.string(spec, 'failurePolicy', '/spec'),
    match: matchOf(spec, 'matchConstraints', normalising),
  });
}

/** A binding, without which its policy does nothing. */
export function admissionPolicyBindingOf(
  object: RawObject,
  kind: AdmissionPolicyBinding['kind'],
  normalising: Normalising,
): AdmissionPolicyBinding {
  const { fields } = normalising;
  const { metadata, spec } = partsOf(object, normalising);
  return withoutUndefined({
    kind,
    name: metadata.name,
    uid: metadata.uid,
    policyName: fields.name(spec, 'policyName', '/spec'),
    validationActions: fields.strings(spec, 'validationActions', '/spec'),
    match: matchOf(spec, 'matchResources', normalising),
  });
}

/**
 * What a policy or a binding is about. A binding without rules adds none: its lists are empty and everything of the
 * policy's fits (staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/matching/matching.go).
 */
function matchOf(spec: RawObject, key: string, normalising: Normalising): AdmissionMatch {
  const { fields } = normalising;
  const match = fields.object(spec, key, '/spec') ?? {};
  const at = `/spec/${key}`;
  const rules = admissionRulesOf(match, { key: 'resourceRules', at }, normalising);
  const excluded = admissionRulesOf(match, { key: 'excludeResourceRules', at }, normalising);
  return withoutUndefined({
    ...(rules.length === 0 ? { operations: [], apiGroups: [], resources: [] } : togetherOf(rules)),
    excluded: excluded.length === 0 ? undefined : excluded,
    namespaceSelector: optionalSelector(match, { key: 'namespaceSelector', at }, normalising),
    objectSelector: optionalSelector(match, { key: 'objectSelector', at }, normalising),
  });
}
