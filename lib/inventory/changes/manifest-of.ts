import type { AdmissionMatch, ApiService, CustomResourceDefinition, EnginePolicy, SecurityContextConstraints } from '../admission.ts';
import type { KubernetesInventory } from '../inventory.ts';
import type { Binding, Namespace, Node, Role, Secret, ServiceAccount } from '../kubernetes.ts';
import type { NetworkPolicy, NetworkPolicyRule } from '../network-policy.ts';
import { withoutUndefined } from '../normalise/security-context.ts';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../storage.ts';
import type { WebhookConfiguration } from '../webhook.ts';
import type { ListName } from './kept-kinds.ts';
import {
  endpointSliceManifest,
  gatewayManifest,
  ingressClassManifest,
  ingressManifest,
  referenceGrantManifest,
  routeManifest,
  serviceManifest,
} from './manifest-of-exposure.ts';
import { podManifest, workloadManifest } from './manifest-of-pod.ts';
import { clientConfigManifest, type Manifest, metadataManifest, selectorManifest } from './manifest-parts.ts';

const names = (list: readonly string[]): unknown => (list.length === 0 ? undefined : list.map((name) => ({ name })));

const serviceAccount = (account: ServiceAccount): Manifest =>
  withoutUndefined({
    metadata: metadataManifest(account),
    automountServiceAccountToken: account.automountServiceAccountToken,
    secrets: names(account.secrets),
    imagePullSecrets: names(account.imagePullSecrets),
  });

/** Values are not kept: the keys stand with empty ones. */
const secret = (kept: Secret): Manifest =>
  withoutUndefined({
    metadata: metadataManifest(kept),
    type: kept.type,
    data: kept.keys === undefined || kept.keys.length === 0 ? undefined : Object.fromEntries(kept.keys.map((key) => [key, ''])),
  });

function node(kept: Node): Manifest {
  const { taints, providerID, unschedulable, addresses, kubeletVersion, kernelVersion, osImage, operatingSystem } = kept;
  const { containerRuntimeVersion } = kept;
  return {
    metadata: metadataManifest(kept),
    spec: withoutUndefined({ taints, providerID, unschedulable }),
    status: withoutUndefined({
      addresses,
      nodeInfo: withoutUndefined({ kubeletVersion, kernelVersion, osImage, operatingSystem, containerRuntimeVersion }),
    }),
  };
}

const role = (kept: Role): Manifest =>
  withoutUndefined({
    metadata: metadataManifest(kept),
    rules: kept.rules,
    aggregationRule: kept.aggregation === undefined ? undefined : { clusterRoleSelectors: kept.aggregation.map(selectorManifest) },
  });

const binding = (kept: Binding): Manifest => ({ metadata: metadataManifest(kept), roleRef: kept.roleRef, subjects: kept.subjects });

function networkPolicy(policy: NetworkPolicy): Manifest {
  const rules = (list: readonly NetworkPolicyRule[], key: 'from' | 'to'): unknown =>
    list.map(({ ports, peers }) => ({
      ports: ports.map((port) => withoutUndefined({ ...port, port: portOf(port.port) })),
      [key]: peers.map(({ ipBlock, podSelector, namespaceSelector }) =>
        withoutUndefined({ ipBlock, podSelector: selectorManifest(podSelector), namespaceSelector: selectorManifest(namespaceSelector) }),
      ),
    }));
  return {
    metadata: metadataManifest(policy),
    spec: {
      podSelector: selectorManifest(policy.podSelector),
      policyTypes: policy.policyTypes,
      ingress: rules(policy.ingress, 'from'),
      egress: rules(policy.egress, 'to'),
    },
  };
}

const portOf = (port: string | undefined): unknown => (port !== undefined && /^\d{1,9}$/.test(port) ? Number(port) : port);

/** Rules are kept together, so that they come back as one. */
const webhookConfiguration = (configuration: WebhookConfiguration): Manifest => ({
  metadata: metadataManifest(configuration),
  webhooks: configuration.webhooks.map(
    ({ target, operations, apiGroups, resources, rules, namespaceSelector, objectSelector, ...webhook }) =>
      withoutUndefined({
        ...webhook,
        clientConfig: clientConfigManifest(target),
        rules: rules ?? [{ operations, apiGroups, resources }],
        namespaceSelector: selectorManifest(namespaceSelector),
        objectSelector: selectorManifest(objectSelector),
      }),
  ),
});

function persistentVolume(volume: PersistentVolume): Manifest {
  const { hostPath, localPath, csiDriver, storageClass, claim } = volume;
  return {
    metadata: metadataManifest(volume),
    spec: withoutUndefined({
      hostPath: hostPath === undefined ? undefined : { path: hostPath },
      local: localPath === undefined ? undefined : { path: localPath },
      csi: csiDriver === undefined ? undefined : { driver: csiDriver },
      storageClassName: storageClass,
      claimRef: claim,
    }),
  };
}

const persistentVolumeClaim = (claim: PersistentVolumeClaim): Manifest => ({
  metadata: metadataManifest(claim),
  spec: withoutUndefined({ volumeName: claim.volumeName, storageClassName: claim.storageClass }),
});

const matchManifest = ({ operations, apiGroups, resources, rules, excluded, namespaceSelector, objectSelector }: AdmissionMatch): unknown =>
  withoutUndefined({
    resourceRules:
      rules ?? (operations.length + apiGroups.length + resources.length === 0 ? undefined : [{ operations, apiGroups, resources }]),
    excludeResourceRules: excluded,
    namespaceSelector: selectorManifest(namespaceSelector),
    objectSelector: selectorManifest(objectSelector),
  });

function customResourceDefinition(definition: CustomResourceDefinition): Manifest {
  const { group, plural, kind, conversionTarget } = definition;
  const clientConfig = clientConfigManifest(conversionTarget);
  return {
    metadata: metadataManifest(definition),
    spec: withoutUndefined({
      group,
      names: { plural, kind },
      conversion: clientConfig === undefined ? undefined : { strategy: 'Webhook', webhook: { clientConfig } },
    }),
  };
}

function apiService(kept: ApiService): Manifest {
  const [namespace, ...name] = kept.service?.split('/') ?? [];
  const service = kept.service === undefined ? undefined : { namespace, name: name.join('/') };
  return { metadata: metadataManifest(kept), spec: withoutUndefined({ group: kept.group, version: kept.version, service }) };
}

function securityContextConstraints({ name, uid, runAsUser, ...kept }: SecurityContextConstraints): Manifest {
  return withoutUndefined({
    metadata: withoutUndefined({ name, uid }),
    ...kept,
    runAsUser: runAsUser === undefined ? undefined : { type: runAsUser },
  });
}

/** An engine's policy is named and not read: a manifest of it would say nothing that a patch could change. */
const enginePolicy = (policy: EnginePolicy): Manifest => ({ metadata: metadataManifest(policy) });

type RecordOf<List extends ListName> = KubernetesInventory[List][number];

const MANIFESTS: { readonly [List in ListName]: (record: RecordOf<List>) => Manifest } = {
  namespaces: (namespace: Namespace) => ({ metadata: metadataManifest(namespace) }),
  serviceAccounts: serviceAccount,
  secrets: secret,
  nodes: node,
  roles: role,
  bindings: binding,
  pods: podManifest,
  workloads: workloadManifest,
  networkPolicies: networkPolicy,
  webhookConfigurations: webhookConfiguration,
  services: serviceManifest,
  endpointSlices: endpointSliceManifest,
  ingresses: ingressManifest,
  ingressClasses: ingressClassManifest,
  gateways: gatewayManifest,
  routes: routeManifest,
  referenceGrants: referenceGrantManifest,
  persistentVolumes: persistentVolume,
  persistentVolumeClaims: persistentVolumeClaim,
  storageClasses: (storageClass: StorageClass) => ({ metadata: metadataManifest(storageClass), provisioner: storageClass.provisioner }),
  admissionPolicies: (policy) => ({
    metadata: metadataManifest(policy),
    spec: withoutUndefined({ failurePolicy: policy.failurePolicy, matchConstraints: matchManifest(policy.match) }),
  }),
  admissionPolicyBindings: ({ policyName, validationActions, match, ...rest }) => ({
    metadata: metadataManifest(rest),
    spec: { policyName, validationActions, matchResources: matchManifest(match) },
  }),
  enginePolicies: enginePolicy,
  customResourceDefinitions: customResourceDefinition,
  apiServices: apiService,
  securityContextConstraints,
};

/**
 * The object behind a record, as its API would print what is kept of it and nothing more: normalising it gives the same record. `apiVersion` and
 * `kind` are the caller's to add.
 */
export function manifestOf<List extends ListName>(list: List, record: RecordOf<List>): Manifest {
  return MANIFESTS[list](record);
}
