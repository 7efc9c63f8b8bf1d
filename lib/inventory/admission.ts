import type { LabelSelector } from './kubernetes.ts';

/** Admission and extension of the API server. Sources: admissionregistration.k8s.io, apiextensions.k8s.io/v1, apiregistration.k8s.io/v1, security.openshift.io/v1. */

/** One rule of a webhook or a policy: its clauses mean something together alone. */
export interface AdmissionRule {
  readonly operations: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  /** Cluster or Namespaced; undefined: both. */
  readonly scope?: string;
  /** Of a policy: names that alone are meant; undefined: all. */
  readonly resourceNames?: readonly string[];
}

/** What a webhook, a policy or its binding is asked about; of a policy and its binding both have to fit. */
export interface AdmissionMatch {
  /** Operations, groups and resources of all rules together; none: whatever the policy applies to. */
  readonly operations: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  /** Each rule for itself, where the lists together do not say the same. */
  readonly rules?: readonly AdmissionRule[];
  /** `.excludeResourceRules`; undefined: none. */
  readonly excluded?: readonly AdmissionRule[];
  readonly namespaceSelector?: LabelSelector;
  readonly objectSelector?: LabelSelector;
}

export interface AdmissionPolicy {
  readonly kind: 'ValidatingAdmissionPolicy' | 'MutatingAdmissionPolicy';
  readonly name: string;
  readonly uid?: string;
  readonly failurePolicy?: string;
  readonly match: AdmissionMatch;
}

export interface AdmissionPolicyBinding {
  readonly kind: 'ValidatingAdmissionPolicyBinding' | 'MutatingAdmissionPolicyBinding';
  readonly name: string;
  readonly uid?: string;
  readonly policyName: string;
  /** Deny, Warn, Audit; of a Validating one only. */
  readonly validationActions: readonly string[];
  readonly match: AdmissionMatch;
}

/** A policy of an engine that we name and do not evaluate: Kyverno, Gatekeeper, Kubewarden, Cilium, Calico and the like. */
export interface EnginePolicy {
  readonly apiGroup: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly uid?: string;
  /** Whether it refuses or only reports, where it says so: `enforce` or `audit`. */
  readonly action?: 'enforce' | 'audit';
}

export interface CustomResourceDefinition {
  /** `applications.argoproj.io` */
  readonly name: string;
  readonly uid?: string;
  readonly group: string;
  readonly plural: string;
  readonly kind: string;
  /** `namespace/name` of the service, or the host of the URL, that converts between versions. */
  readonly conversionTarget?: string;
}

export interface ApiService {
  /** `v1beta1.metrics.k8s.io` */
  readonly name: string;
  readonly uid?: string;
  readonly group: string;
  readonly version: string;
  /** `namespace/name`; undefined: served by the API server itself. */
  readonly service?: string;
}

/** OpenShift's SecurityContextConstraints: what pods of those who may `use` it are let do. */
export interface SecurityContextConstraints {
  readonly name: string;
  readonly uid?: string;
  readonly allowPrivilegedContainer: boolean;
  readonly allowHostDirVolumePlugin: boolean;
  readonly allowHostPID: boolean;
  readonly allowHostIPC: boolean;
  readonly allowHostNetwork: boolean;
  readonly allowedCapabilities: readonly string[];
  /** MustRunAs, MustRunAsRange, MustRunAsNonRoot or RunAsAny. */
  readonly runAsUser?: string;
  readonly users: readonly string[];
  readonly groups: readonly string[];
}
