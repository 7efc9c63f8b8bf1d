import type { JsonObject, KubernetesObject } from './json.ts';
import { type Labels, metadata } from './metadata.ts';

/** One rule; its clauses only mean something together. */
export interface RulePlan {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

/** `rule('get,list', '', 'pods')`: lists are separated by commas, API groups too. */
export function rule(verbs: string, apiGroups: string, resources: string, resourceNames?: readonly string[]): RulePlan {
  return {
    verbs: verbs.split(','),
    apiGroups: apiGroups.split(','),
    resources: resources.split(','),
    ...(resourceNames === undefined ? {} : { resourceNames }),
  };
}

/** A rule about paths of the API server that are no resources. */
export function urls(verbs: string, ...nonResourceURLs: readonly string[]): RulePlan {
  return { verbs: verbs.split(','), nonResourceURLs };
}

export interface RolePlan {
  /** Absent for a ClusterRole. */
  readonly namespace?: string;
  readonly name: string;
  readonly rules: readonly RulePlan[];
  readonly labels?: Labels;
  readonly annotations?: Labels;
  /** The label that the controller collects rules by. */
  readonly aggregates?: string;
}

export type SubjectPlan = `sa:${string}/${string}` | `user:${string}` | `group:${string}`;

export interface BindingPlan {
  readonly namespace?: string;
  readonly name: string;
  /** `ClusterRole/name` or `Role/name`. */
  readonly role: `ClusterRole/${string}` | `Role/${string}`;
  readonly subjects: readonly SubjectPlan[];
  readonly labels?: Labels;
  readonly annotations?: Labels;
}

const API_VERSION = 'rbac.authorization.k8s.io/v1';

export function role(plan: RolePlan): KubernetesObject {
  const kind = plan.namespace === undefined ? 'ClusterRole' : 'Role';
  const { namespace, name, labels, annotations } = plan;
  const aggregationRule =
    plan.aggregates === undefined ? undefined : { clusterRoleSelectors: [{ matchLabels: { [plan.aggregates]: 'true' } }] };
  return {
    aggregationRule,
    apiVersion: API_VERSION,
    kind,
    metadata: metadata(kind, { name, namespace, labels, annotations }),
    rules: plan.rules.map((one) => ({ ...one })),
  };
}

function subject(plan: SubjectPlan): JsonObject {
  const at = plan.indexOf(':');
  const name = plan.slice(at + 1);
  if (plan.startsWith('sa:')) {
    const [namespace = '', account = ''] = name.split('/');
    return { kind: 'ServiceAccount', name: account, namespace };
  }
  return { apiGroup: 'rbac.authorization.k8s.io', kind: plan.startsWith('user:') ? 'User' : 'Group', name };
}

export function binding(plan: BindingPlan): KubernetesObject {
  const kind = plan.namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding';
  const { namespace, name, labels, annotations } = plan;
  const [roleKind = '', ...rest] = plan.role.split('/');
  return {
    apiVersion: API_VERSION,
    kind,
    metadata: metadata(kind, { name, namespace, labels, annotations }),
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: roleKind, name: rest.join('/') },
    subjects: plan.subjects.length === 0 ? undefined : plan.subjects.map(subject),
  };
}
