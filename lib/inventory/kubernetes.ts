/**
 * The Kubernetes half of the vocabulary: what the inventory keeps of each object, and nothing else.
 * No Secret value, no literal environment value and no managedFields ever has a place here.
 * Field names are the API's own; see https://kubernetes.io/docs/reference/kubernetes-api/.
 */

/** String map from the API (labels, annotations). A `Map`, because keys come from attackers. */
export type StringMap = ReadonlyMap<string, string>;

export interface Namespace {
  readonly name: string;
  readonly uid?: string;
  readonly labels: StringMap;
}

export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string;
  readonly labels: StringMap;
  readonly annotations: StringMap;
  readonly creationTimestamp?: string;
  /** Undefined where the object does not say; Kubernetes then takes true. */
  readonly automountServiceAccountToken?: boolean;
  /** Names in `.secrets`. */
  readonly secrets: readonly string[];
  readonly imagePullSecrets: readonly string[];
}

export interface Secret {
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string;
  /** Undefined where only metadata could be read and the type is not known. */
  readonly type?: string;
  readonly labels: StringMap;
  readonly annotations: StringMap;
  /** Key names of `.data` and `.stringData`; never a value. Undefined where not known. */
  readonly keys?: readonly string[];
}

export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

export interface Node {
  readonly name: string;
  readonly uid?: string;
  readonly labels: StringMap;
  readonly taints: readonly Taint[];
  readonly providerID?: string;
  readonly unschedulable?: boolean;
  readonly kubeletVersion?: string;
  readonly kernelVersion?: string;
  readonly osImage?: string;
  readonly operatingSystem?: string;
  readonly containerRuntimeVersion?: string;
  /** `.status.addresses` by type: InternalIP, ExternalIP, Hostname, … */
  readonly addresses?: readonly { readonly type: string; readonly address: string }[];
}

/** One RBAC rule, whole: its clauses only ever mean something together. */
export interface PolicyRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
}

export interface LabelSelectorRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

export interface LabelSelector {
  readonly matchLabels: StringMap;
  readonly matchExpressions: readonly LabelSelectorRequirement[];
}

/** A Role (namespace set) or a ClusterRole (namespace absent). */
export interface Role {
  readonly kind: 'Role' | 'ClusterRole';
  readonly namespace?: string;
  readonly name: string;
  readonly uid?: string;
  readonly labels: StringMap;
  readonly rules: readonly PolicyRule[];
  /** ClusterRole only: `.aggregationRule.clusterRoleSelectors`. */
  readonly aggregation?: readonly LabelSelector[];
}

export interface Subject {
  readonly kind: string;
  readonly apiGroup?: string;
  readonly namespace?: string;
  readonly name: string;
}

export interface RoleRef {
  readonly apiGroup: string;
  readonly kind: string;
  readonly name: string;
}

/** A RoleBinding (namespace set) or a ClusterRoleBinding (namespace absent). */
export interface Binding {
  readonly kind: 'RoleBinding' | 'ClusterRoleBinding';
  readonly namespace?: string;
  readonly name: string;
  readonly uid?: string;
  readonly roleRef: RoleRef;
  readonly subjects: readonly Subject[];
}

/** A projected service account token of a pod. */
export interface ProjectedToken {
  /** Undefined or empty: the API server's own audience. */
  readonly audience?: string;
  readonly expirationSeconds?: number;
  readonly path: string;
  /** Index into `sources` of the projected volume, for the JSON pointer. */
  readonly source: number;
}

/** A volume, reduced to what can carry a credential or reach the node. */
export interface Volume {
  /** Index in `.spec.volumes`, for the JSON pointer. */
  readonly index: number;
  readonly name: string;
  readonly hostPath?: string;
  readonly secretName?: string;
  /** Secret names among the sources of a projected volume, with the source's index. */
  readonly projectedSecrets: readonly { readonly name: string; readonly source: number }[];
  readonly tokens: readonly ProjectedToken[];
  readonly persistentVolumeClaim?: string;
  /** What kind of volume it is, as its API names the field: `hostPath`, `emptyDir`, `csi`, …; undefined: an `emptyDir` by default. */
  readonly source?: string;
}

export interface VolumeMount {
  readonly volume: string;
  readonly mountPath: string;
  readonly subPath?: string;
  readonly readOnly: boolean;
  /** Enabled or IfPossible: file systems mounted below are read-only as well; undefined and Disabled: they stay writable. */
  readonly recursiveReadOnly?: string;
}

/** A reference from an environment to a Secret. Literal values are dropped while parsing. */
export interface SecretReference {
  readonly secret: string;
  /** Undefined for `envFrom`. */
  readonly key?: string;
  /** JSON pointer below the container, for example `/env/3/valueFrom/secretKeyRef`. */
  readonly pointer: string;
}

export interface SeccompOrAppArmorProfile {
  readonly type: string;
  readonly localhostProfile?: string;
}

/** Container and pod security context merged by nobody: each level as it was written. */
export interface SecurityContext {
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly runAsUser?: number;
  readonly runAsNonRoot?: boolean;
  readonly readOnlyRootFilesystem?: boolean;
  readonly capabilitiesAdd: readonly string[];
  readonly capabilitiesDrop: readonly string[];
  readonly seccompProfile?: SeccompOrAppArmorProfile;
  readonly appArmorProfile?: SeccompOrAppArmorProfile;
  readonly hostProcess?: boolean;
  readonly procMount?: string;
  readonly seLinuxOptions?: { readonly type?: string; readonly user?: string; readonly role?: string };
  /** Of a pod only: names of `.sysctls`. */
  readonly sysctls?: readonly string[];
}

export interface ContainerPort {
  readonly name?: string;
  /** TCP where nothing is written. */
  readonly protocol: string;
  readonly containerPort: number;
  readonly hostPort?: number;
  readonly hostIP?: string;
}

/** Requirement of a node affinity term. */
export interface NodeSelectorRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

export interface Toleration {
  readonly key?: string;
  /** Equal where nothing is written. */
  readonly operator?: string;
  readonly value?: string;
  /** Empty: every effect. */
  readonly effect?: string;
}

/** A place where the spec writes a host into a probe or a lifecycle hook, by its JSON pointer below the container. */
export interface ProbeHost {
  readonly host: string;
  readonly pointer: string;
}

export interface Container {
  readonly list: 'containers' | 'initContainers' | 'ephemeralContainers';
  /** Index in its list, for the JSON pointer. */
  readonly index: number;
  readonly name: string;
  readonly image: string;
  /** `Always` on an init container makes it a sidecar that keeps running. */
  readonly restartPolicy?: string;
  readonly securityContext?: SecurityContext;
  readonly volumeMounts: readonly VolumeMount[];
  readonly secretReferences: readonly SecretReference[];
  /** Names of environment variables; values are dropped, but for the ones below. */
  readonly envNames: readonly string[];
  /** `AWS_ROLE_ARN` as a literal, which is a reference and no secret. */
  readonly awsRoleArn?: string;
  /** In the order of `.ports`. */
  readonly ports: readonly ContainerPort[];
  /** `host` of probes and lifecycle hooks; undefined: none is written. */
  readonly probeHosts?: readonly ProbeHost[];
}

/** A pod's spec without what differs between copies of one template: equal specs are one object in memory. */
export interface PodSpec {
  readonly serviceAccountName: string;
  readonly automountServiceAccountToken?: boolean;
  readonly hostNetwork: boolean;
  readonly hostPID: boolean;
  /** False: the pod has a user namespace of its own; undefined and true: it shares the node's. */
  readonly hostUsers?: boolean;
  readonly hostIPC: boolean;
  readonly shareProcessNamespace: boolean;
  readonly securityContext?: SecurityContext;
  readonly containers: readonly Container[];
  readonly volumes: readonly Volume[];
  readonly imagePullSecrets: readonly string[];
  readonly nodeSelector: StringMap;
  /** Required node affinity: terms of which one has to fit, each of requirements that all have to; undefined: none. */
  readonly nodeAffinity?: readonly (readonly NodeSelectorRequirement[])[];
  readonly tolerations: readonly Toleration[];
  /** A sandbox such as gVisor or Kata is chosen so. */
  readonly runtimeClassName?: string;
  readonly os?: string;
}

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid?: string;
}

export interface Pod {
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string;
  readonly labels: StringMap;
  /** Annotations that decide something (AppArmor, injected identities); the rest is not kept. */
  readonly annotations: StringMap;
  readonly creationTimestamp?: string;
  /** The controlling owner. */
  readonly owner?: OwnerReference;
  /** JSON pointer of the template in its owner, where no such pod was read: it is what the owner, a manifest, would make. */
  readonly template?: string;
  readonly nodeName?: string;
  /** Pending, Running, Succeeded, Failed, Unknown; undefined for manifests. */
  readonly phase?: string;
  readonly podIP?: string;
  readonly spec: PodSpec;
}

export type WorkloadKind = 'Deployment' | 'ReplicaSet' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'CronJob' | 'ReplicationController';

/** A controller with a pod template. */
export interface Workload {
  readonly kind: WorkloadKind;
  readonly apiGroup: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string;
  readonly labels: StringMap;
  readonly owner?: OwnerReference;
  readonly replicas?: number;
  /** Of the pods that it makes. */
  readonly template: { readonly labels: StringMap; readonly annotations: StringMap };
  readonly spec: PodSpec;
}
