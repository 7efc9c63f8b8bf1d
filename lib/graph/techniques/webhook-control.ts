import { isUnread } from '../../inventory/unread-list.ts';
import type { WebhookConfiguration } from '../../inventory/webhook.ts';
import { objectEvidence } from '../evidence/objects.ts';
import { proven } from '../evidence/proven.ts';
import { everything, hasAny } from '../facts/everything.ts';
import type { Facts } from '../facts/facts.ts';
import type { AnyOf, Holding } from '../facts/rights.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique, type Emit } from './technique.ts';

const right = (resource: string, ...verbs: string[]): AnyOf => [{ verbs, apiGroup: 'admissionregistration.k8s.io', resource }];

const SERVER =
  "a server of the attacker's that the API server reaches: any HTTPS address that the control plane is let out to, or a Service with a pod of the attacker behind it";

const KINDS = [
  {
    kind: 'MutatingWebhookConfiguration',
    list: 'mutatingwebhookconfigurations',
    create: right('mutatingwebhookconfigurations', 'create'),
    change: right('mutatingwebhookconfigurations', 'update', 'patch'),
    hangsOn: `${SERVER}; and somebody writing what it then rewrites: a pod, a role, a binding of an administrator`,
  },
  {
    kind: 'ValidatingWebhookConfiguration',
    list: 'validatingwebhookconfigurations',
    create: right('validatingwebhookconfigurations', 'create'),
    change: right('validatingwebhookconfigurations', 'update', 'patch'),
    hangsOn: `${SERVER}; and somebody creating or changing the secret: those that lie there are not sent`,
  },
] as const;

/** The configurations that a right to change them reaches: the first one is evidence. Undefined: none. */
function changed(facts: Facts, { kind, list }: (typeof KINDS)[number], { name }: Holding): readonly Evidence[] | undefined {
  const found = facts.inventory.kubernetes.webhookConfigurations.find(
    (one: WebhookConfiguration) => one.kind === kind && (name === undefined || one.name === name),
  );
  if (found !== undefined) return [objectEvidence(kind, found, '/metadata/name', 'can be pointed at another server and at other objects')];
  return isUnread(facts.inventory, list) ? [] : undefined;
}

function targetOf(facts: Facts, kind: (typeof KINDS)[number]['kind']): number | undefined {
  if (kind === 'MutatingWebhookConfiguration') return facts.nodes.clusterAdmin();
  return hasAny(facts, 'all-secrets', '') ? everything(facts, 'all-secrets', '') : undefined;
}

function emitFor(facts: Facts, entry: (typeof KINDS)[number], emit: Emit): void {
  const target = targetOf(facts, entry.kind);
  if (target === undefined) return;
  const found = (node: number, rights: AnyOf, { holding, also }: { holding: Holding; also: readonly Evidence[] | undefined }): void => {
    if (holding.scope !== '' || also === undefined) return;
    emit(node, target, facts.keep({ parts: [{ rights, by: holding.by }], also, hangsOn: entry.hangsOn }), 'conditional');
  };
  facts.eachHolding(entry.create, ({ node }, holding) => found(node, entry.create, { holding, also: [] }));
  facts.eachHolding(entry.change, ({ node }, holding) => found(node, entry.change, { holding, also: changed(facts, entry, holding) }));
}

export const webhookControl = defineTechnique({
  id: 'webhook-control',
  title: 'Puts its own server into admission',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['cluster-admin', 'all-secrets'],
  action:
    'Registers a webhook that the API server asks about every write: a mutating one rewrites roles, bindings and pods as others create them, a validating one is sent every secret that is written.',
  precondition:
    '`create` on mutatingwebhookconfigurations or validatingwebhookconfigurations by a ClusterRoleBinding, or `update` or `patch` where one is there under the name that the rule allows.',
  remediation: 'Leave webhook configurations to those who are cluster administrators anyway, or name the one object in `resourceNames`.',
  coverage: {
    level: 'partial',
    misses: 'objects other than secrets that a validating webhook is sent; webhooks that only refuse, which stops others',
  },
  attck: ['T1546', 'T1557'],
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#control-admission-webhooks',
  ],
  find(facts, emit) {
    for (const entry of KINDS) emitFor(facts, entry, emit);
  },
  ...proven,
});
