import type { AdmissionRule } from './admission.ts';
import type { LabelSelector } from './kubernetes.ts';

/** One webhook of a Mutating- or ValidatingWebhookConfiguration. */
export interface Webhook {
  readonly name: string;
  readonly failurePolicy?: string;
  /** `namespace/name` of the service that is called, or a URL's host. */
  readonly target?: string;
  readonly operations: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  /** Each rule for itself, where the lists together do not say the same. */
  readonly rules?: readonly AdmissionRule[];
  readonly namespaceSelector?: LabelSelector;
  readonly objectSelector?: LabelSelector;
}

export interface WebhookConfiguration {
  readonly kind: 'MutatingWebhookConfiguration' | 'ValidatingWebhookConfiguration';
  readonly name: string;
  readonly uid?: string;
  readonly webhooks: readonly Webhook[];
}
