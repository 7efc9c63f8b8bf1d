import type { Binding, LabelSelector, PolicyRule, Role, Subject } from '../kubernetes.ts';
import type { FieldReader, RawObject } from './field-reader.ts';
import { labelSelectorOf } from './label-selector.ts';
import { metadataOf, type Normalising, namespaceOf } from './metadata.ts';
import { withoutUndefined } from './security-context.ts';

/** A Role or a ClusterRole, every rule whole and in order. */
export function roleOf(object: RawObject, kind: Role['kind'], normalising: Normalising): Role {
  const { fields } = normalising;
  const metadata = metadataOf(object, normalising);
  const aggregation = fields.object(object, 'aggregationRule', '');
  return withoutUndefined({
    kind,
    namespace: kind === 'Role' ? namespaceOf(metadata) : undefined,
    name: metadata.name,
    uid: metadata.uid,
    labels: metadata.labels,
    rules: fields.objects(object, 'rules', '').map((rule, index) => ruleOf(rule, `/rules/${index}`, fields)),
    aggregation: aggregation === undefined || kind === 'Role' ? undefined : selectorsOf(aggregation, normalising),
  });
}

function ruleOf(rule: RawObject, at: string, fields: FieldReader): PolicyRule {
  return {
    verbs: fields.strings(rule, 'verbs', at),
    apiGroups: fields.strings(rule, 'apiGroups', at),
    resources: fields.strings(rule, 'resources', at),
    resourceNames: fields.strings(rule, 'resourceNames', at),
    nonResourceURLs: fields.strings(rule, 'nonResourceURLs', at),
  };
}

function selectorsOf(aggregation: RawObject, normalising: Normalising): LabelSelector[] {
  return normalising.fields
    .objects(aggregation, 'clusterRoleSelectors', '/aggregationRule')
    .map((selector, index) => labelSelectorOf(selector, `/aggregationRule/clusterRoleSelectors/${index}`, normalising));
}

/** A RoleBinding or a ClusterRoleBinding, subjects in order. */
export function bindingOf(object: RawObject, kind: Binding['kind'], normalising: Normalising): Binding {
  const { fields } = normalising;
  const metadata = metadataOf(object, normalising);
  const roleRef = fields.object(object, 'roleRef', '');
  if (roleRef === undefined) fields.fail('', 'roleRef', 'an object');
  return withoutUndefined({
    kind,
    namespace: kind === 'RoleBinding' ? namespaceOf(metadata) : undefined,
    name: metadata.name,
    uid: metadata.uid,
    roleRef: {
      apiGroup: fields.string(roleRef ?? {}, 'apiGroup', '/roleRef') || 'rbac.authorization.k8s.io',
      kind: fields.name(roleRef ?? {}, 'kind', '/roleRef'),
      name: fields.name(roleRef ?? {}, 'name', '/roleRef'),
    },
    subjects: fields.objects(object, 'subjects', '').map((subject, index) => subjectOf(subject, `/subjects/${index}`, fields)),
  });
}

function subjectOf(subject: RawObject, at: string, fields: FieldReader): Subject {
  return withoutUndefined({
    kind: fields.name(subject, 'kind', at),
    apiGroup: fields.string(subject, 'apiGroup', at),
    namespace: fields.string(subject, 'namespace', at),
    name: fields.name(subject, 'name', at),
  });
}
