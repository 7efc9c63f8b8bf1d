import type { KubernetesInventory } from '../inventory.ts';
import type { Binding, Namespace, Node, Pod, Role, Secret, ServiceAccount, Workload, WorkloadKind } from '../kubernetes.ts';
import type { NetworkPolicy } from '../network-policy.ts';
import type { WebhookConfiguration } from '../webhook.ts';
import type { RawObject } from './field-reader.ts';
import { namespaceRecordOf, nodeOf, serviceAccountOf } from './identity.ts';
import { type Normalising, resourceVersionOf } from './metadata.ts';
import { networkPolicyOf } from './network-policy.ts';
import { podOf } from './pod.ts';
import { bindingOf, roleOf } from './rbac.ts';
import { listTogether, RecordStore } from './record-store.ts';
import { secretOf } from './secret.ts';
import type { Siblings } from './siblings.ts';
import { webhookConfigurationOf } from './webhook.ts';
import { workloadOf } from './workload.ts';

/** The records of every kind that the inventory keeps. */
export class KindStores {
  readonly pods = new RecordStore<Pod>();
  readonly serviceAccounts = new RecordStore<ServiceAccount>();
  readonly secrets = new RecordStore<Secret>();
  readonly nodes = new RecordStore<Node>();
  readonly namespaces = new RecordStore<Namespace>();
  readonly networkPolicies = new RecordStore<NetworkPolicy>();
  readonly #roles = new Map<string, RecordStore<Role>>();
  readonly #bindings = new Map<string, RecordStore<Binding>>();
  readonly #webhooks = new Map<string, RecordStore<WebhookConfiguration>>();
  readonly #workloads = new Map<string, RecordStore<Workload>>();

  role(role: Role, rank: number): void {
    storeOf(this.#roles, role.kind).add(role, rank);
  }

  binding(binding: Binding, rank: number): void {
    storeOf(this.#bindings, binding.kind).add(binding, rank);
  }

  webhookConfiguration(configuration: WebhookConfiguration, rank: number): void {
    storeOf(this.#webhooks, configuration.kind).add(configuration, rank);
  }

  workload(workload: Workload, rank: number): void {
    storeOf(this.#workloads, workload.kind).add(workload, rank);
  }

  list(): KubernetesInventory {
    return {
      namespaces: this.namespaces.list(),
      serviceAccounts: this.serviceAccounts.list(),
      secrets: this.secrets.list(),
      nodes: this.nodes.list(),
      roles: listTogether([...this.#roles.values()]),
      bindings: listTogether([...this.#bindings.values()]),
      pods: this.pods.list(),
      workloads: listTogether([...this.#workloads.values()]),
      networkPolicies: this.networkPolicies.list(),
      webhookConfigurations: listTogether([...this.#webhooks.values()]),
      services: [],
      endpointSlices: [],
      ingresses: [],
      ingressClasses: [],
      gateways: [],
      routes: [],
      referenceGrants: [],
      persistentVolumes: [],
      persistentVolumeClaims: [],
      storageClasses: [],
      admissionPolicies: [],
      admissionPolicyBindings: [],
      enginePolicies: [],
      customResourceDefinitions: [],
      apiServices: [],
      securityContextConstraints: [],
    };
  }
}

function storeOf<Entry extends { readonly name: string }>(stores: Map<string, RecordStore<Entry>>, kind: string): RecordStore<Entry> {
  const known = stores.get(kind) ?? new RecordStore<Entry>();
  stores.set(kind, known);
  return known;
}

/** How one kind is read. `read` gives a function that keeps the record: whether it is kept is known only after all its fields were read. */
interface KindRule {
  /** API groups that the kind may be of; the first is today's. A kind of the same name in another group is another kind. */
  readonly groups: readonly string[];
  read(object: RawObject, normalising: Normalising & { readonly siblings: Siblings }): (stores: KindStores) => void;
}

const RBAC = ['rbac.authorization.k8s.io'];
const SECRET_TYPED = 2 ** 51;
const SECRET_WHOLE = 2 ** 52;

function workloadRule(kind: WorkloadKind, groups: readonly string[]): [string, KindRule] {
  return [
    kind,
    {
      groups,
      read(object, normalising) {
        const workload = workloadOf(object, kind, groups[0] ?? '', normalising);
        return (stores) => stores.workload(workload, resourceVersionOf(object));
      },
    },
  ];
}

function roleRule(kind: Role['kind']): [string, KindRule] {
  return [
    kind,
    {
      groups: RBAC,
      read(object, normalising) {
        const role = roleOf(object, kind, normalising);
        return (stores) => stores.role(role, resourceVersionOf(object));
      },
    },
  ];
}

function bindingRule(kind: Binding['kind']): [string, KindRule] {
  return [
    kind,
    {
      groups: RBAC,
      read(object, normalising) {
        const binding = bindingOf(object, kind, normalising);
        return (stores) => stores.binding(binding, resourceVersionOf(object));
      },
    },
  ];
}

function webhookRule(kind: WebhookConfiguration['kind']): [string, KindRule] {
  return [
    kind,
    {
      groups: ['admissionregistration.k8s.io'],
      read(object, normalising) {
        const configuration = webhookConfigurationOf(object, kind, normalising);
        return (stores) => stores.webhookConfiguration(configuration, resourceVersionOf(object));
      },
    },
  ];
}

function networkPolicyRule(): [string, KindRule] {
  return [
    'NetworkPolicy',
    {
      groups: ['networking.k8s.io', 'extensions'],
      read(object, normalising) {
        const policy = networkPolicyOf(object, normalising);
        return (stores) => stores.networkPolicies.add(policy, resourceVersionOf(object));
      },
    },
  ];
}

function coreRule(kind: string, read: KindRule['read']): [string, KindRule] {
  return [kind, { groups: [''], read }];
}

/** The whole object says most; metadata with the type known says more than metadata alone, however new. */
function secretRank(object: RawObject, secret: Secret): number {
  if (object.kind !== 'PartialObjectMetadata') return SECRET_WHOLE + resourceVersionOf(object);
  return (secret.type === undefined ? 0 : SECRET_TYPED) + resourceVersionOf(object);
}

/** Every kind that the inventory keeps, by its name. */
export const KIND_RULES: ReadonlyMap<string, KindRule> = new Map([
  coreRule('Pod', (object, normalising) => {
    const pod = podOf(object, normalising);
    return (stores) => stores.pods.add(pod, resourceVersionOf(object));
  }),
  coreRule('ServiceAccount', (object, normalising) => {
    const serviceAccount = serviceAccountOf(object, normalising);
    return (stores) => stores.serviceAccounts.add(serviceAccount, resourceVersionOf(object));
  }),
  coreRule('Secret', (object, normalising) => {
    const secret = secretOf(object, normalising);
    return (stores) => stores.secrets.add(secret, secretRank(object, secret));
  }),
  coreRule('Node', (object, normalising) => {
    const node = nodeOf(object, normalising);
    return (stores) => stores.nodes.add(node, resourceVersionOf(object));
  }),
  coreRule('Namespace', (object, normalising) => {
    const namespace = namespaceRecordOf(object, normalising);
    return (stores) => stores.namespaces.add(namespace, resourceVersionOf(object));
  }),
  roleRule('Role'),
  roleRule('ClusterRole'),
  bindingRule('RoleBinding'),
  bindingRule('ClusterRoleBinding'),
  networkPolicyRule(),
  webhookRule('MutatingWebhookConfiguration'),
  webhookRule('ValidatingWebhookConfiguration'),
  workloadRule('Deployment', ['apps', 'extensions']),
  workloadRule('ReplicaSet', ['apps', 'extensions']),
  workloadRule('DaemonSet', ['apps', 'extensions']),
  workloadRule('StatefulSet', ['apps']),
  workloadRule('Job', ['batch']),
  workloadRule('CronJob', ['batch']),
  workloadRule('ReplicationController', ['']),
]);
