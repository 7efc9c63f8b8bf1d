import type { Prevention } from '../findings/finding.ts';
import { type Yaml, yamlDocuments, yamlOf } from './yaml.ts';

/** Where the control plane lives, and where a policy that is wrong would keep it from starting. */
const EXEMPT = ['kube-system'];

/**
 * The API server writes its default roles, bindings and namespaces as `system:apiserver`, and a controller the rules of aggregated roles.
 * A controller manager without `--use-service-account-credentials` writes them as itself.
 * Source: kubernetes/pkg/registry/rbac/rest/storage_rbac.go; pkg/controller/clusterroleaggregation.
 */
const WRITTEN_BY_OTHERS =
  '!(request.userInfo.username in ["system:apiserver", "system:kube-controller-manager", "system:serviceaccount:kube-system:clusterrole-aggregation-controller"])';

/**
 * Whether an update touches what the policy is about. Objects that are there already would otherwise be stuck: taking a finalizer away, as
 * the controllers of jobs and namespaces do before anything is deleted, is an update as well.
 */
const touches = (field: string): string =>
  `request.operation == "CREATE" || has(object.${field}) != has(oldObject.${field}) || (has(object.${field}) && object.${field} != oldObject.${field})`;

interface Validation {
  /** CEL over `object`, `oldObject`, `request`; true lets it in. */
  readonly expression: string;
  readonly message: string;
}

interface Validating {
  readonly name: string;
  readonly says: string;
  /** `pods`, with its group: `['', 'pods']`. */
  readonly resources: readonly (readonly [apiGroup: string, ...resources: string[]])[];
  readonly validations: readonly [Validation, ...Validation[]];
  /** The field that they look at, such as `spec`; undefined: it cannot change, or objects that are there are left alone, so that new ones alone are looked at. */
  readonly field?: string;
  /** Namespaces that the binding leaves out; kube-system where nothing is said. */
  readonly exempt?: readonly string[];
  /** Whether what the API server and its controllers write themselves goes past the policy: by who writes it, as a name could be taken by anybody. */
  readonly sparesControlPlane?: boolean;
}

/**
 * A ValidatingAdmissionPolicy with its binding: built into the API server since 1.30, so that nothing has to be installed.
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export function validating({
  name,
  says,
  resources,
  validations,
  field,
  exempt = EXEMPT,
  sparesControlPlane = false,
}: Validating): Prevention {
  const conditions: readonly Yaml[] = [
    ...(sparesControlPlane ? [{ name: 'not-the-control-plane', expression: WRITTEN_BY_OTHERS }] : []),
    ...(field === undefined ? [] : [{ name: 'new-or-changed', expression: touches(field) }]),
  ];
  const policy: Yaml = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: resources.map(([group, ...names]) => ({
          apiGroups: [group],
          apiVersions: ['*'],
          operations: field === undefined ? ['CREATE'] : ['CREATE', 'UPDATE'],
          resources: names,
        })),
      },
      ...(conditions.length === 0 ? {} : { matchConditions: conditions }),
      validations: validations.map(({ expression, message }) => ({ expression, message })),
    },
  };
  const binding: Yaml = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: {
      policyName: name,
      validationActions: ['Deny'],
      ...(exempt.length === 0
        ? {}
        : {
            matchResources: {
              namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: exempt }] },
            },
          }),
    },
  };
  return { kind: 'ValidatingAdmissionPolicy', says, yaml: yamlDocuments(policy, binding) };
}

/** A ClusterPolicy of Kyverno, for what needs a look at other objects or makes new ones. Source: https://kyverno.io/docs/policy-types/ */
export function kyverno({
  name,
  says,
  rules,
}: {
  readonly name: string;
  readonly says: string;
  readonly rules: readonly Yaml[];
}): Prevention {
  return {
    kind: 'ClusterPolicy',
    says,
    yaml: yamlOf({ apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name }, spec: { background: true, rules } }),
  };
}

/** Where no admission policy can help, and what does. */
export const noPolicy = (says: string): Prevention => ({ kind: 'none', says });

/** A policy about the rules of ClusterRoles, which no namespace exempts; the control plane's own are let by. */
export const refusingRules = ({ name, says, ...validation }: Pick<Validating, 'name' | 'says'> & Validation): Prevention =>
  validating({
    name,
    says,
    resources: [['rbac.authorization.k8s.io', 'clusterroles']],
    exempt: [],
    sparesControlPlane: true,
    field: 'rules',
    validations: [validation],
  });
