import type { AdmissionPolicy, AdmissionPolicyBinding } from '../admission.ts';
import type { Binding, Role, Secret, WorkloadKind } from '../kubernetes.ts';
import type { WebhookConfiguration } from '../webhook.ts';
import { admissionPolicyBindingOf, admissionPolicyOf } from './admission-policy.ts';
import { enginePolicyOf, isEnginePolicy } from './engine-policy.ts';
import { apiServiceOf, customResourceDefinitionOf } from './extension.ts';
import type { RawObject } from './field-reader.ts';
import { gatewayOf, referenceGrantOf, routeOf } from './gateway.ts';
import { namespaceRecordOf, nodeOf, serviceAccountOf } from './identity.ts';
import { ingressClassOf, ingressOf } from './ingress.ts';
import type { KindStores } from './kind-stores.ts';
import { type Normalising, resourceVersionOf } from './metadata.ts';
import { networkPolicyOf } from './network-policy.ts';
import { podOf } from './pod.ts';
import { bindingOf, roleOf } from './rbac.ts';
import { secretOf } from './secret.ts';
import { securityContextConstraintsOf } from './security-context-constraints.ts';
import { endpointSliceOf, serviceOf } from './service.ts';
import type { Siblings } from './siblings.ts';
import { persistentVolumeClaimOf, persistentVolumeOf, storageClassOf } from './storage.ts';
import { webhookConfigurationOf } from './webhook.ts';
import { workloadOf } from './workload.ts';

type Reading = Normalising & { readonly siblings: Siblings };

/** Reads an object and gives a function that keeps the record: whether it is kept is known only after all its fields were read. */
export type KindReader = (object: RawObject, normalising: Reading) => (stores: KindStores) => void;

interface KindRule {
  readonly kind: string;
  /** API groups that serve the kind; the first is today's. A kind of the same name in another group is another kind. */
  readonly groups: readonly string[];
  readonly read: KindReader;
}

interface Takes<Entry> {
  add(record: Entry, rank: number): void;
}

/** A rule for records that one store keeps, the newer reading before the older. */
function rule<Entry>(
  kind: string,
  groups: string | readonly string[],
  { read, into }: { read: (object: RawObject, normalising: Reading) => Entry; into: (stores: KindStores) => Takes<Entry> },
): KindRule {
  return {
    kind,
    groups: typeof groups === 'string' ? [groups] : groups,
    read(object, normalising) {
      const record = read(object, normalising);
      return (stores) => into(stores).add(record, resourceVersionOf(object));
    },
  };
}

const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';
const NETWORKING = ['networking.k8s.io', 'extensions'];
const GATEWAY = 'gateway.networking.k8s.io';
const SECRET_TYPED = 2 ** 51;
const SECRET_WHOLE = 2 ** 52;

/** The whole object says most; metadata with the type known says more than metadata alone, however new. */
function secretRank(object: RawObject, secret: Secret): number {
  if (object.kind !== 'PartialObjectMetadata') return SECRET_WHOLE + resourceVersionOf(object);
  return (secret.type === undefined ? 0 : SECRET_TYPED) + resourceVersionOf(object);
}

const secretRule: KindRule = {
  kind: 'Secret',
  groups: [''],
  read(object, normalising) {
    const secret = secretOf(object, normalising);
    return (stores) => stores.secrets.add(secret, secretRank(object, secret));
  },
};

const workloadRule = (kind: WorkloadKind, groups: readonly string[]): KindRule =>
  rule(kind, groups, {
    read: (object, normalising) => workloadOf(object, kind, groups[0] ?? '', normalising),
    into: (stores) => stores.workloads,
  });

const roleRule = (kind: Role['kind']): KindRule =>
  rule(kind, RBAC, { read: (object, normalising) => roleOf(object, kind, normalising), into: (stores) => stores.roles });

const bindingRule = (kind: Binding['kind']): KindRule =>
  rule(kind, RBAC, { read: (object, normalising) => bindingOf(object, kind, normalising), into: (stores) => stores.bindings });

const webhookRule = (kind: WebhookConfiguration['kind']): KindRule =>
  rule(kind, ADMISSION, {
    read: (object, normalising) => webhookConfigurationOf(object, kind, normalising),
    into: (stores) => stores.webhookConfigurations,
  });

const admissionPolicyRule = (kind: AdmissionPolicy['kind']): KindRule =>
  rule(kind, ADMISSION, {
    read: (object, normalising) => admissionPolicyOf(object, kind, normalising),
    into: (stores) => stores.admissionPolicies,
  });

const admissionBindingRule = (kind: AdmissionPolicyBinding['kind']): KindRule =>
  rule(kind, ADMISSION, {
    read: (object, normalising) => admissionPolicyBindingOf(object, kind, normalising),
    into: (stores) => stores.admissionPolicyBindings,
  });

const routeRule = (kind: string): KindRule =>
  rule(kind, GATEWAY, { read: (object, normalising) => routeOf(object, kind, normalising), into: (stores) => stores.routes });

/** Every kind that the inventory keeps, but for the policies of engines, of which a group may have any kind. */
const KIND_RULES: readonly KindRule[] = [
  rule('Pod', '', { read: podOf, into: (stores) => stores.pods }),
  rule('ServiceAccount', '', { read: serviceAccountOf, into: (stores) => stores.serviceAccounts }),
  secretRule,
  rule('Node', '', { read: nodeOf, into: (stores) => stores.nodes }),
  rule('Namespace', '', { read: namespaceRecordOf, into: (stores) => stores.namespaces }),
  roleRule('Role'),
  roleRule('ClusterRole'),
  bindingRule('RoleBinding'),
  bindingRule('ClusterRoleBinding'),
  workloadRule('Deployment', ['apps', 'extensions']),
  workloadRule('ReplicaSet', ['apps', 'extensions']),
  workloadRule('DaemonSet', ['apps', 'extensions']),
  workloadRule('StatefulSet', ['apps']),
  workloadRule('Job', ['batch']),
  workloadRule('CronJob', ['batch']),
  workloadRule('ReplicationController', ['']),
  rule('NetworkPolicy', NETWORKING, { read: networkPolicyOf, into: (stores) => stores.networkPolicies }),
  webhookRule('MutatingWebhookConfiguration'),
  webhookRule('ValidatingWebhookConfiguration'),
  admissionPolicyRule('ValidatingAdmissionPolicy'),
  admissionPolicyRule('MutatingAdmissionPolicy'),
  admissionBindingRule('ValidatingAdmissionPolicyBinding'),
  admissionBindingRule('MutatingAdmissionPolicyBinding'),
  rule('Service', '', { read: serviceOf, into: (stores) => stores.services }),
  rule('EndpointSlice', 'discovery.k8s.io', { read: endpointSliceOf, into: (stores) => stores.endpointSlices }),
  rule('Ingress', NETWORKING, { read: ingressOf, into: (stores) => stores.ingresses }),
  rule('IngressClass', 'networking.k8s.io', { read: ingressClassOf, into: (stores) => stores.ingressClasses }),
  rule('Gateway', GATEWAY, { read: gatewayOf, into: (stores) => stores.gateways }),
  routeRule('HTTPRoute'),
  routeRule('GRPCRoute'),
  routeRule('TLSRoute'),
  routeRule('TCPRoute'),
  routeRule('UDPRoute'),
  rule('ReferenceGrant', GATEWAY, { read: referenceGrantOf, into: (stores) => stores.referenceGrants }),
  rule('PersistentVolume', '', { read: persistentVolumeOf, into: (stores) => stores.persistentVolumes }),
  rule('PersistentVolumeClaim', '', { read: persistentVolumeClaimOf, into: (stores) => stores.persistentVolumeClaims }),
  rule('StorageClass', 'storage.k8s.io', { read: storageClassOf, into: (stores) => stores.storageClasses }),
  rule('CustomResourceDefinition', 'apiextensions.k8s.io', {
    read: customResourceDefinitionOf,
    into: (stores) => stores.customResourceDefinitions,
  }),
  rule('APIService', 'apiregistration.k8s.io', { read: apiServiceOf, into: (stores) => stores.apiServices }),
  rule('SecurityContextConstraints', ['security.openshift.io', ''], {
    read: securityContextConstraintsOf,
    into: (stores) => stores.securityContextConstraints,
  }),
];

const BY_KIND: ReadonlyMap<string, KindRule> = new Map(KIND_RULES.map((one) => [one.kind, one]));

/**
 * How objects of a kind are read; undefined: the inventory has no place for them. `group` undefined: nothing says it, and the kind stands
 * for the group that its name is known by.
 */
export function readerOf(kind: string, group: string | undefined): KindReader | undefined {
  const known = BY_KIND.get(kind);
  if (known !== undefined && (group === undefined || known.groups.includes(group))) return known.read;
  return group !== undefined && isEnginePolicy(group, kind) ? engineReader(group, kind) : undefined;
}

function engineReader(apiGroup: string, kind: string): KindReader {
  return (object, normalising) => {
    const policy = enginePolicyOf(object, { apiGroup, kind }, normalising);
    return (stores) => stores.enginePolicies.add(policy, resourceVersionOf(object));
  };
}
