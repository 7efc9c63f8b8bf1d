import { type Grant, roleKey } from '../../access/rbac/bindings.ts';
import type { Binding, Role, Subject } from '../../inventory/kubernetes.ts';

/** `Kind namespace/name` of whom a default binding names. */
type Default = readonly [name: string, role: string, ...subjects: string[]];

/**
 * The default ClusterRoleBindings of the API server but for its controllers'. Source:
 * kubernetes/plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go (`ClusterRoleBindings`).
 */
const CLUSTER_WIDE: readonly Default[] = [
  ['cluster-admin', 'cluster-admin', 'Group system:masters'],
  ['system:monitoring', 'system:monitoring', 'Group system:monitoring'],
  ['system:discovery', 'system:discovery', 'Group system:authenticated'],
  ['system:basic-user', 'system:basic-user', 'Group system:authenticated'],
  ['system:public-info-viewer', 'system:public-info-viewer', 'Group system:authenticated', 'Group system:unauthenticated'],
  ['system:node-proxier', 'system:node-proxier', 'User system:kube-proxy'],
  ['system:kube-controller-manager', 'system:kube-controller-manager', 'User system:kube-controller-manager'],
  ['system:kube-dns', 'system:kube-dns', 'ServiceAccount kube-system/kube-dns'],
  ['system:kube-scheduler', 'system:kube-scheduler', 'User system:kube-scheduler'],
  ['system:volume-scheduler', 'system:volume-scheduler', 'User system:kube-scheduler'],
  // OpenShift's API server makes this one beside them: github.com/openshift/kubernetes, openshift-kube-apiserver/authorization.
  [
    'system:openshift:public-info-viewer',
    'system:openshift:public-info-viewer',
    'Group system:authenticated',
    'Group system:unauthenticated',
  ],
  ['system:service-account-issuer-discovery', 'system:service-account-issuer-discovery', 'Group system:serviceaccounts'],
];

/** Default RoleBindings of kube-system and kube-public. Source: bootstrappolicy/namespace_policy.go. */
const NAMESPACED: readonly Default[] = [
  [
    'kube-system/system::extension-apiserver-authentication-reader',
    'extension-apiserver-authentication-reader',
    'User system:kube-controller-manager',
    'User system:kube-scheduler',
  ],
  [
    'kube-system/system::leader-locking-kube-controller-manager',
    'system::leader-locking-kube-controller-manager',
    'User system:kube-controller-manager',
    'ServiceAccount kube-system/kube-controller-manager',
    'ServiceAccount kube-system/leader-election-controller',
  ],
  [
    'kube-system/system::leader-locking-kube-scheduler',
    'system::leader-locking-kube-scheduler',
    'User system:kube-scheduler',
    'ServiceAccount kube-system/kube-scheduler',
  ],
  ['kube-system/system:controller:bootstrap-signer', 'system:controller:bootstrap-signer', 'ServiceAccount kube-system/bootstrap-signer'],
  ['kube-public/system:controller:bootstrap-signer', 'system:controller:bootstrap-signer', 'ServiceAccount kube-system/bootstrap-signer'],
  ['kube-system/system:controller:cloud-provider', 'system:controller:cloud-provider', 'ServiceAccount kube-system/cloud-provider'],
  ['kube-system/system:controller:token-cleaner', 'system:controller:token-cleaner', 'ServiceAccount kube-system/token-cleaner'],
];

/** What kubeadm binds so that a machine that joins can check the cluster. Source: kubernetes/cmd/kubeadm/app/phases/bootstraptoken/clusterinfo. */
const KUBEADM: readonly Default[] = [
  ['kube-public/kubeadm:bootstrap-signer-clusterinfo', 'kubeadm:bootstrap-signer-clusterinfo', 'User system:anonymous'],
];

const DEFAULTS = new Map(
  [...CLUSTER_WIDE, ...NAMESPACED, ...KUBEADM].map(([name, role, ...subjects]) => [name, { role, subjects: new Set(subjects) }]),
);

/** Controllers of the controller manager: each has a role, a binding and an account of its own name. Source: bootstrappolicy/controller_policy.go. */
const CONTROLLER = 'system:controller:';

const told = ({ kind, namespace, name }: Subject): string => `${kind} ${kind === 'ServiceAccount' ? `${namespace ?? ''}/${name}` : name}`;

/** Whether the API server, or kubeadm for those who join, makes this binding of this subject itself: name, role and subject are those of its source, not only the name. */
export function isStockGrant({ binding, subject }: Pick<Grant, 'binding' | 'subject'>): boolean {
  const key = binding.namespace === undefined ? binding.name : `${binding.namespace}/${binding.name}`;
  const known = DEFAULTS.get(key);
  if (known !== undefined) {
    // Each binds a role of its own kind: those of a namespace a Role.
    const kind = binding.namespace === undefined ? 'ClusterRole' : 'Role';
    return binding.roleRef.kind === kind && known.role === binding.roleRef.name && known.subjects.has(told(subject));
  }
  return (
    binding.namespace === undefined &&
    binding.name.startsWith(CONTROLLER) &&
    binding.roleRef.kind === 'ClusterRole' &&
    binding.roleRef.name === binding.name &&
    told(subject) === `ServiceAccount kube-system/${binding.name.slice(CONTROLLER.length)}`
  );
}

/** Default roles that somebody is meant to bind. Source: bootstrappolicy/policy.go. */
const USER_FACING = new Set(['cluster-admin', 'admin', 'edit', 'view']);

/**
 * Whether the API server made the role: it is marked so and has a name that it gives, or has one of the four names that it gives back to its
 * own whenever it starts. What others add to the rules of such a role is not seen.
 */
export const isStockRole = ({ name, namespace, labels }: Role): boolean =>
  (namespace === undefined && USER_FACING.has(name)) ||
  (labels.get('kubernetes.io/bootstrapping') === 'rbac-defaults' &&
    (name.startsWith('system:') || (namespace === 'kube-system' && name === 'extension-apiserver-authentication-reader')));

/** Bindings by the role that they give; those of roles that do not exist are left out. */
export function bindingsByRole(bindings: readonly Binding[], roles: ReadonlyMap<string, Role>): ReadonlyMap<Role, readonly Binding[]> {
  const found = new Map<Role, Binding[]>();
  for (const binding of bindings) {
    const role = roles.get(roleKey(binding.roleRef.kind, binding.namespace ?? '', binding.roleRef.name));
    if (role === undefined) continue;
    const list = found.get(role);
    if (list === undefined) found.set(role, [binding]);
    else list.push(binding);
  }
  return found;
}
