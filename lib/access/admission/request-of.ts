import { DEPUTIES } from '../deputies/deputies.ts';
import type { AdmissionRequest } from './matches.ts';

/** Subresources that open a connection, to which a request with whatever verb is a CONNECT. Source: k8s.io/apiserver pkg/endpoints/installer.go (`rest.Connecter`). */
const CONNECTIONS = new Set(['exec', 'attach', 'portforward', 'proxy']);

const OPERATIONS: ReadonlyMap<string, 'CREATE' | 'UPDATE' | 'DELETE'> = new Map([
  ['create', 'CREATE'],
  ['update', 'UPDATE'],
  ['patch', 'UPDATE'],
  ['delete', 'DELETE'],
  ['deletecollection', 'DELETE'],
]);

/** Resources that lie in no namespace, of those that anybody is found to write: of Kubernetes itself, and of the controllers of the catalogue. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  'namespaces.',
  'nodes.',
  'persistentvolumes.',
  'storageclasses.storage.k8s.io',
  'clusterroles.rbac.authorization.k8s.io',
  'clusterrolebindings.rbac.authorization.k8s.io',
  'certificatesigningrequests.certificates.k8s.io',
  'customresourcedefinitions.apiextensions.k8s.io',
  'apiservices.apiregistration.k8s.io',
  'clusterpolicies.kyverno.io',
  'clusteradmissionpolicies.policies.kubewarden.io',
  'clusteradmissionpolicygroups.policies.kubewarden.io',
  ...DEPUTIES.flatMap(({ clusterScoped, group, resources }) => (clusterScoped ? resources.map((resource) => `${resource}.${group}`) : [])),
]);

/** Groups all of whose kinds lie in no namespace. */
const CLUSTER_SCOPED_GROUPS = new Set(['admissionregistration.k8s.io', 'constraints.gatekeeper.sh', 'security.openshift.io']);

/** What RBAC allows of one resource. */
export interface Asked {
  readonly apiGroup: string;
  readonly resource: string;
  readonly subresource?: string;
}

/**
 * The request of a verb as admission sees it; undefined: nothing is asked, as who reads or impersonates is authorized and no more, and
 * `bind`, `escalate`, `approve`, `sign` and `use` are looked up within other requests.
 * Sources: k8s.io/apiserver pkg/endpoints/handlers/{create,update,patch,delete}.go and rest.go (`ConnectResource`).
 */
export function requestOf(verb: string, { apiGroup, resource, subresource }: Asked): AdmissionRequest | undefined {
  const operation = subresource !== undefined && CONNECTIONS.has(subresource) ? 'CONNECT' : OPERATIONS.get(verb);
  if (operation === undefined) return undefined;
  return {
    operation,
    apiGroup,
    resource,
    ...(subresource === undefined ? {} : { subresource }),
    ...(CLUSTER_SCOPED_GROUPS.has(apiGroup) || CLUSTER_SCOPED.has(`${resource}.${apiGroup}`) ? { clusterScoped: true } : {}),
    ownLabels: operation === 'CREATE',
  };
}
