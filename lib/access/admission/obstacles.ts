import type { AdmissionPolicy, AdmissionPolicyBinding, EnginePolicy } from '../../inventory/admission.ts';
import type { KubernetesInventory } from '../../inventory/inventory.ts';
import type { StringMap } from '../../inventory/kubernetes.ts';
import type { Webhook, WebhookConfiguration } from '../../inventory/webhook.ts';
import { ENGINES, type Engine } from './engines.ts';
import { type AdmissionRequest, isAsked, isExempt, mayBeAsked } from './matches.ts';

/** Something that is asked about a request and may refuse it; named, not evaluated. */
export interface Obstacle {
  readonly kind: string;
  readonly apiGroup: string;
  readonly namespace?: string;
  readonly name: string;
  readonly uid?: string;
  /** What it is, in words for a list: `ValidatingAdmissionPolicy no-root`. */
  readonly says: string;
}

/** Validating admission, indexed once for many questions. */
export interface AdmissionIndex {
  /** Validating webhooks, and mutating ones of engines that refuse by them. */
  readonly webhooks: readonly {
    readonly configuration: WebhookConfiguration;
    readonly webhook: Webhook;
    readonly engine: Engine | undefined;
  }[];
  /** Bindings that deny, each with its policy. */
  readonly policies: readonly { readonly binding: AdmissionPolicyBinding; readonly policy: AdmissionPolicy }[];
  /** Policies of each engine that refuse, or may for all that is written. */
  readonly byEngine: readonly {
    readonly engine: Engine;
    readonly refusing: readonly EnginePolicy[];
    readonly reporting: number;
    readonly webhooks: number;
  }[];
}

/** Where a request goes. */
export interface Destination {
  readonly namespace: string;
  /** Undefined: not known. */
  readonly labels: StringMap | undefined;
}

const isValidating = ({ configuration }: { readonly configuration: WebhookConfiguration }): boolean =>
  configuration.kind === 'ValidatingWebhookConfiguration';

/** From this minor version on there are ValidatingAdmissionPolicies: off by default before 1.30. Source: KEP-3488. */
export const FIRST_WITH_POLICIES = 26;

/** Indexes what may refuse; `minorVersion` of the API server, undefined where it is not known. */
export function admissionIndex(kubernetes: KubernetesInventory, minorVersion?: number): AdmissionIndex {
  const webhooks = kubernetes.webhookConfigurations
    .flatMap((configuration) =>
      configuration.webhooks.map((webhook) => ({
        configuration,
        webhook,
        engine: ENGINES.find(({ isWebhook }) => isWebhook(webhook.name)),
      })),
    )
    .filter((one) => isValidating(one) || one.engine?.judgesInMutation === true);
  const hasPolicies = minorVersion === undefined || minorVersion >= FIRST_WITH_POLICIES;
  const policies = new Map(
    (hasPolicies ? kubernetes.admissionPolicies : [])
      .filter(({ kind }) => kind === 'ValidatingAdmissionPolicy')
      .map((policy) => [policy.name, policy]),
  );
  return {
    webhooks,
    policies: kubernetes.admissionPolicyBindings.flatMap((binding) => {
      const policy = binding.kind === 'ValidatingAdmissionPolicyBinding' ? policies.get(binding.policyName) : undefined;
      return policy !== undefined && binding.validationActions.includes('Deny') ? [{ binding, policy }] : [];
    }),
    byEngine: ENGINES.map((engine) => {
      const own = kubernetes.enginePolicies.filter(engine.mayRefuse);
      const refusing = own.filter(({ action }) => action !== 'audit');
      return {
        engine,
        refusing,
        reporting: own.length - refusing.length,
        webhooks: webhooks.filter((one) => one.engine === engine).length,
      };
    }),
  };
}

function webhookObstacle({ configuration, webhook }: AdmissionIndex['webhooks'][number]): Obstacle {
  const lenient = webhook.failurePolicy === 'Ignore' ? ', which lets everything pass while it does not answer' : '';
  return {
    kind: configuration.kind,
    apiGroup: 'admissionregistration.k8s.io',
    name: configuration.name,
    ...(configuration.uid === undefined ? {} : { uid: configuration.uid }),
    says: `webhook ${webhook.name}${lenient}`,
  };
}

const policyObstacle = ({ policy }: AdmissionIndex['policies'][number]): Obstacle => ({
  kind: policy.kind,
  apiGroup: 'admissionregistration.k8s.io',
  name: policy.name,
  ...(policy.uid === undefined ? {} : { uid: policy.uid }),
  says: `ValidatingAdmissionPolicy ${policy.name}`,
});

const engineObstacle = (engine: Engine, { kind, apiGroup, namespace, name, uid }: EnginePolicy): Obstacle => ({
  kind,
  apiGroup,
  ...(namespace === undefined ? {} : { namespace }),
  name,
  ...(uid === undefined ? {} : { uid }),
  says: `${engine.name} ${kind} ${name}`,
});

type Narrowed = Pick<AdmissionIndex, 'webhooks' | 'policies'>;

const remembered = new WeakMap<AdmissionIndex, Map<string, Narrowed>>();

/** What is about such requests at all: few of many, and the same in each of thousands of namespaces. */
function narrowed(index: AdmissionIndex, request: AdmissionRequest): Narrowed {
  const { operation, apiGroup, resource, subresource = '', clusterScoped = false } = request;
  const known = remembered.get(index) ?? new Map<string, Narrowed>();
  remembered.set(index, known);
  const key = `${operation} ${apiGroup}/${resource}/${subresource} ${clusterScoped}`;
  const found = known.get(key) ?? {
    webhooks: index.webhooks.filter(({ webhook }) => mayBeAsked(webhook, request)),
    policies: index.policies.filter(({ policy }) => mayBeAsked(policy.match, request)),
  };
  known.set(key, found);
  return found;
}

/**
 * What may refuse a request in a namespace: bound ValidatingAdmissionPolicies that deny, validating webhooks that are asked, and policies
 * of engines. An engine whose policies all only report refuses nothing, and one that has webhooks of which none is asked here judges nothing
 * here. Mutating admission is not counted: it changes objects, and hardly ever refuses (docs/adr/0007). Sources: k8s.io/apiserver
 * pkg/admission/plugin/policy/validating and .../webhook/validating.
 */
export function obstaclesTo(index: AdmissionIndex, request: AdmissionRequest, { namespace, labels }: Destination): readonly Obstacle[] {
  if (isExempt(request)) return [];
  const { webhooks: about, policies } = narrowed(index, request);
  const asked = about.filter(({ webhook }) => isAsked(webhook, request, labels));
  const isSilenced = (engine: Engine | undefined): boolean =>
    index.byEngine.some((one) => one.engine === engine && one.refusing.length === 0 && one.reporting > 0);
  return [
    ...policies
      .filter(({ binding, policy }) => isAsked(policy.match, request, labels) && isAsked(binding.match, request, labels))
      .map(policyObstacle),
    ...index.byEngine
      .filter(({ engine, webhooks }) => webhooks === 0 || asked.some((one) => one.engine === engine))
      .flatMap(({ engine, refusing }) =>
        refusing
          .filter((policy) => policy.namespace === undefined || policy.namespace === namespace)
          .map((one) => engineObstacle(engine, one)),
      ),
    ...asked.filter((one) => isValidating(one) && !isSilenced(one.engine)).map(webhookObstacle),
  ];
}

/** Obstacles in words: the first three and how many more. */
export function listObstacles(obstacles: readonly Obstacle[]): string {
  const named = [...new Set(obstacles.map(({ says }) => says))];
  const more = named.length - 3;
  return `${named.slice(0, 3).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
