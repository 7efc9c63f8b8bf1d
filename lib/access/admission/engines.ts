import type { EnginePolicy } from '../../inventory/admission.ts';

/** A policy engine that judges pods at admission. We name its policies and do not evaluate them. */
export interface Engine {
  readonly name: string;
  /** Whether the policy may refuse a pod: those that only change, generate or except do not. */
  readonly mayRefuse: (policy: EnginePolicy) => boolean;
  readonly isWebhook: (name: string) => boolean;
  /** Whether it refuses by its mutating webhooks as well: Kyverno verifies images in them. */
  readonly judgesInMutation?: true;
}

const isOneOf =
  (groups: readonly string[], kinds: RegExp) =>
  ({ apiGroup, kind }: EnginePolicy): boolean =>
    groups.includes(apiGroup) && kinds.test(kind);

/**
 * Sources: https://kyverno.io/docs/installation/customization/ (webhook names), https://open-policy-agent.github.io/gatekeeper/website/docs/customize-admission/,
 * https://docs.kubewarden.io/reference/CRDs.
 */
export const ENGINES: readonly Engine[] = [
  {
    name: 'Kyverno',
    mayRefuse: isOneOf(['kyverno.io', 'policies.kyverno.io'], /^(?:(?:Cluster)?Policy|(?:Namespaced)?(?:Image)?ValidatingPolicy)$/),
    isWebhook: (name) => name.includes('.kyverno.svc'),
    judgesInMutation: true,
  },
  {
    name: 'Gatekeeper',
    mayRefuse: ({ apiGroup }) => apiGroup === 'constraints.gatekeeper.sh',
    isWebhook: (name) => name.endsWith('.gatekeeper.sh'),
  },
  {
    name: 'Kubewarden',
    mayRefuse: isOneOf(['policies.kubewarden.io'], /^(?:Cluster)?AdmissionPolicy(?:Group)?$/),
    isWebhook: (name) => name.endsWith('.kubewarden.admission'),
  },
];
