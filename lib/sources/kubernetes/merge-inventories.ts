import type { Inventory, KubernetesInventory } from '../../inventory/inventory.ts';
import { byPlace, type Keyed } from '../../inventory/normalise/record-store.ts';

/**
 * The Kubernetes records of all parts in `whole`, whose cluster and gaps stay. No object is in two parts: each list, or each namespace of one, is a part.
 * Sorted as the inventory promises: by namespace, then kind, then name, in code units.
 */
export function mergeInventories(whole: Inventory, parts: readonly Inventory[]): Inventory {
  const all = [whole, ...parts];
  const merged = <Key extends keyof KubernetesInventory>(key: Key): KubernetesInventory[Key] =>
    sorted(all.map(({ kubernetes }) => kubernetes[key] as readonly Keyed[])) as unknown as KubernetesInventory[Key];
  return {
    ...whole,
    kubernetes: {
      namespaces: merged('namespaces'),
      serviceAccounts: merged('serviceAccounts'),
      secrets: merged('secrets'),
      nodes: merged('nodes'),
      roles: merged('roles'),
      bindings: merged('bindings'),
      pods: merged('pods'),
      workloads: merged('workloads'),
      networkPolicies: merged('networkPolicies'),
      webhookConfigurations: merged('webhookConfigurations'),
      services: merged('services'),
      endpointSlices: merged('endpointSlices'),
      ingresses: merged('ingresses'),
      ingressClasses: merged('ingressClasses'),
      gateways: merged('gateways'),
      routes: merged('routes'),
      referenceGrants: merged('referenceGrants'),
      persistentVolumes: merged('persistentVolumes'),
      persistentVolumeClaims: merged('persistentVolumeClaims'),
      storageClasses: merged('storageClasses'),
      admissionPolicies: merged('admissionPolicies'),
      admissionPolicyBindings: merged('admissionPolicyBindings'),
      enginePolicies: merged('enginePolicies'),
      customResourceDefinitions: merged('customResourceDefinitions'),
      apiServices: merged('apiServices'),
      securityContextConstraints: merged('securityContextConstraints'),
      ...awsAuthOf(all),
    },
  };
}

function sorted(lists: readonly (readonly Keyed[])[]): readonly Keyed[] {
  const filled = lists.filter((list) => list.length > 0);
  // The common case by far: one list of a kind, which its builder has sorted.
  if (filled.length === 1 && filled[0] !== undefined) return filled[0];
  return filled.flat().sort(byPlace);
}

function awsAuthOf(all: readonly Inventory[]): Pick<KubernetesInventory, 'awsAuth'> {
  const read = all.flatMap(({ kubernetes }) => kubernetes.awsAuth ?? []);
  return all.some(({ kubernetes }) => kubernetes.awsAuth !== undefined) ? { awsAuth: read } : {};
}
