import type { EnginePolicy } from '../admission.ts';
import { ENGINE_KINDS } from './engine-kinds.ts';
import type { FieldReader, RawObject } from './field-reader.ts';
import { type Normalising, namespaceOf, partsOf } from './metadata.ts';
import { withoutUndefined } from './security-context.ts';

/** Whether this is a policy that is named and not evaluated. */
export function isEnginePolicy(apiGroup: string, kind: string): boolean {
  if (!ENGINE_KINDS.has(apiGroup)) return false;
  return ENGINE_KINDS.get(apiGroup)?.has(kind) ?? kind !== '';
}

/** A policy of Kyverno, Gatekeeper, Kubewarden, Cilium, Calico or the AdminNetworkPolicy API: that it is there, and whether it refuses. */
export function enginePolicyOf(
  object: RawObject,
  { apiGroup, kind }: { apiGroup: string; kind: string },
  normalising: Normalising,
): EnginePolicy {
  const { fields } = normalising;
  const { metadata, spec } = partsOf(object, normalising);
  const isNamespaced = ENGINE_KINDS.get(apiGroup)?.get(kind)?.namespaced ?? metadata.namespace !== '';
  return withoutUndefined({
    apiGroup,
    kind,
    namespace: isNamespaced ? namespaceOf(metadata) : undefined,
    name: metadata.name,
    uid: metadata.uid,
    action: actionOf(spec, apiGroup, fields),
  });
}

/** Whether it refuses, by the field of its engine; a default counts where the engine's own documentation gives one. */
function actionOf(spec: RawObject, apiGroup: string, fields: FieldReader): EnginePolicy['action'] {
  switch (apiGroup) {
    case 'kyverno.io':
      return kyvernoAction(spec, fields);
    case 'policies.kyverno.io':
      return strongest(fields.strings(spec, 'validationActions', '/spec'));
    case 'constraints.gatekeeper.sh':
      return gatekeeperAction(spec, fields);
    case 'policies.kubewarden.io':
      // https://docs.kubewarden.io/reference/policy-modes: protect is the default.
      return fields.string(spec, 'mode', '/spec') === 'monitor' ? 'audit' : 'enforce';
    default:
      return undefined;
  }
}

/**
 * Whether any rule refuses: by its own `failureAction` and its overrides, else by the policy's, `Audit` where nothing is written. Rules that
 * only change or generate refuse nothing. Source: https://github.com/kyverno/kyverno/blob/main/api/kyverno/v1/common_types.go
 * (`Validation`), spec_types.go (`ValidationFailureAction`) and image_verification_types.go (`FailureAction`).
 */
function kyvernoAction(spec: RawObject, fields: FieldReader): EnginePolicy['action'] {
  const ofPolicy = [
    fields.string(spec, 'validationFailureAction', '/spec') || 'Audit',
    ...overridesOf(spec, 'validationFailureActionOverrides', { at: '/spec', fields }),
  ];
  const rules = fields.objects(spec, 'rules', '/spec');
  if (rules.length === 0) return strongest(ofPolicy);
  const actions = rules.flatMap((rule, index) => {
    const at = `/spec/rules/${index}`;
    const validate = fields.object(rule, 'validate', at);
    const judges = [
      ...(validate === undefined ? [] : [{ judge: validate, here: `${at}/validate` }]),
      ...fields.objects(rule, 'verifyImages', at).map((judge, place) => ({ judge, here: `${at}/verifyImages/${place}` })),
    ];
    return judges.flatMap(({ judge, here }) => {
      const own = fields.string(judge, 'failureAction', here);
      return own ? [own, ...overridesOf(judge, 'failureActionOverrides', { at: here, fields })] : ofPolicy;
    });
  });
  return strongest(actions) ?? 'audit';
}

/** Actions for some namespaces, which one of them is enough for. */
const overridesOf = (owner: RawObject, key: string, { at, fields }: { at: string; fields: FieldReader }): readonly string[] =>
  fields.objects(owner, key, at).flatMap((override, index) => fields.string(override, 'action', `${at}/${key}/${index}`) ?? []);

/** `enforcementAction` is `deny` where nothing is written; `scoped` hands over to the list (https://open-policy-agent.github.io/gatekeeper/website/docs/enforcement-points). */
function gatekeeperAction(spec: RawObject, fields: FieldReader): EnginePolicy['action'] {
  const action = fields.string(spec, 'enforcementAction', '/spec') || 'deny';
  if (action !== 'scoped') return strongest([action]);
  const scoped = fields.objects(spec, 'scopedEnforcementActions', '/spec');
  return strongest(scoped.flatMap((one, index) => fields.string(one, 'action', `/spec/scopedEnforcementActions/${index}`) ?? []));
}

function strongest(actions: readonly string[]): EnginePolicy['action'] {
  if (actions.length === 0) return undefined;
  return actions.some((action) => action.toLowerCase() === 'enforce' || action.toLowerCase() === 'deny') ? 'enforce' : 'audit';
}
