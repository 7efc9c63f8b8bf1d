import type {
  AdmissionPolicy,
  AdmissionPolicyBinding,
  ApiService,
  CustomResourceDefinition,
  EnginePolicy,
  SecurityContextConstraints,
} from '../admission.ts';
import type { EndpointSlice, Gateway, GatewayRoute, Ingress, IngressClass, ReferenceGrant, Service } from '../exposure.ts';
import type { KubernetesInventory } from '../inventory.ts';
import type { Binding, Namespace, Node, Pod, Role, Secret, ServiceAccount, Workload } from '../kubernetes.ts';
import type { NetworkPolicy } from '../network-policy.ts';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../storage.ts';
import type { WebhookConfiguration } from '../webhook.ts';
import { KindedStore, RecordStore } from './record-store.ts';

/** The records of every kind that the inventory keeps, a store for each of its lists. */
export class KindStores {
  readonly namespaces = new RecordStore<Namespace>();
  readonly serviceAccounts = new RecordStore<ServiceAccount>();
  readonly secrets = new RecordStore<Secret>();
  readonly nodes = new RecordStore<Node>();
  readonly roles = new KindedStore<Role>();
  readonly bindings = new KindedStore<Binding>();
  readonly pods = new RecordStore<Pod>();
  readonly workloads = new KindedStore<Workload>();
  readonly networkPolicies = new RecordStore<NetworkPolicy>();
  readonly webhookConfigurations = new KindedStore<WebhookConfiguration>();
  readonly services = new RecordStore<Service>();
  readonly endpointSlices = new RecordStore<EndpointSlice>();
  readonly ingresses = new RecordStore<Ingress>();
  readonly ingressClasses = new RecordStore<IngressClass>();
  readonly gateways = new RecordStore<Gateway>();
  readonly routes = new KindedStore<GatewayRoute>();
  readonly referenceGrants = new RecordStore<ReferenceGrant>();
  readonly persistentVolumes = new RecordStore<PersistentVolume>();
  readonly persistentVolumeClaims = new RecordStore<PersistentVolumeClaim>();
  readonly storageClasses = new RecordStore<StorageClass>();
  readonly admissionPolicies = new KindedStore<AdmissionPolicy>();
  readonly admissionPolicyBindings = new KindedStore<AdmissionPolicyBinding>();
  readonly enginePolicies = new KindedStore<EnginePolicy>();
  readonly customResourceDefinitions = new RecordStore<CustomResourceDefinition>();
  readonly apiServices = new RecordStore<ApiService>();
  readonly securityContextConstraints = new RecordStore<SecurityContextConstraints>();

  list(): KubernetesInventory {
    return {
      namespaces: this.namespaces.list(),
      serviceAccounts: this.serviceAccounts.list(),
      secrets: this.secrets.list(),
      nodes: this.nodes.list(),
      roles: this.roles.list(),
      bindings: this.bindings.list(),
      pods: this.pods.list(),
      workloads: this.workloads.list(),
      networkPolicies: this.networkPolicies.list(),
      webhookConfigurations: this.webhookConfigurations.list(),
      services: this.services.list(),
      endpointSlices: this.endpointSlices.list(),
      ingresses: this.ingresses.list(),
      ingressClasses: this.ingressClasses.list(),
      gateways: this.gateways.list(),
      routes: this.routes.list(),
      referenceGrants: this.referenceGrants.list(),
      persistentVolumes: this.persistentVolumes.list(),
      persistentVolumeClaims: this.persistentVolumeClaims.list(),
      storageClasses: this.storageClasses.list(),
      admissionPolicies: this.admissionPolicies.list(),
      admissionPolicyBindings: this.admissionPolicyBindings.list(),
      enginePolicies: this.enginePolicies.list(),
      customResourceDefinitions: this.customResourceDefinitions.list(),
      apiServices: this.apiServices.list(),
      securityContextConstraints: this.securityContextConstraints.list(),
    };
  }
}
