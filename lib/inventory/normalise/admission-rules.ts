import type { AdmissionRule } from '../admission.ts';
import type { RawObject } from './field-reader.ts';
import type { Normalising } from './metadata.ts';
import { withoutUndefined } from './security-context.ts';

/** Rules of a webhook or of a policy under `key`, in their order. */
export function admissionRulesOf(
  owner: RawObject,
  { key, at }: { readonly key: string; readonly at: string },
  { fields }: Normalising,
): readonly AdmissionRule[] {
  return fields.objects(owner, key, at).map((rule, index) => {
    const here = `${at}/${key}/${index}`;
    const scope = fields.string(rule, 'scope', here);
    const resourceNames = fields.strings(rule, 'resourceNames', here);
    return withoutUndefined({
      operations: fields.strings(rule, 'operations', here),
      apiGroups: fields.strings(rule, 'apiGroups', here),
      resources: fields.strings(rule, 'resources', here),
      scope: scope === '*' ? undefined : scope || undefined,
      resourceNames: resourceNames.length === 0 ? undefined : resourceNames,
    });
  });
}

/** The lists of all rules together, and the rules themselves where together they say something else. */
export function togetherOf(rules: readonly AdmissionRule[]): AdmissionRule & { readonly rules?: readonly AdmissionRule[] } {
  const all = (key: 'operations' | 'apiGroups' | 'resources'): readonly string[] => [...new Set(rules.flatMap((rule) => rule[key]))];
  const [only] = rules;
  const isSame = rules.length === 1 && only?.scope === undefined && only?.resourceNames === undefined;
  return {
    operations: all('operations'),
    apiGroups: all('apiGroups'),
    resources: all('resources'),
    ...(isSame ? {} : { rules }),
  };
}
