import type { AzureIdentity } from '../../inventory/azure.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { AssumeAnswer, AssumeQuestion, CloudRefusal } from '../cloud/question.ts';
import { type AzureDecision, authorize } from './authorize.ts';
import { type AzureIndex, indexAzure } from './azure-index.ts';
import { type AzurePrincipal, findPrincipal, refusalOf } from './principal.ts';
import { subscriptionOf } from './resource-scope.ts';
import { assigning, IDENTITY_ROLES, PRIVILEGED_ROLES, WRITE_ASSIGNMENTS } from './role-writing.ts';
import { TAKEOVERS, type Takeover } from './takeover.ts';

/**
 * Whether one Azure identity can become another: by adding a federated credential to it, by giving itself the right to, or by running
 * something as it. `from` and `to`: client id, principal id, resource id or name.
 */
export function azureAssume(inventory: Inventory, question: AssumeQuestion): AssumeAnswer | CloudRefusal {
  const index = indexAzure(inventory);
  const [from, to] = [findPrincipal(index, question.from), findPrincipal(index, question.to)];
  if (from.found !== 'one') return refusalOf(from, question.from);
  if (to.found !== 'one') return refusalOf(to, question.to);
  const [caller, target] = [from.principal, to.principal];
  if (caller.principalId !== undefined && caller.principalId === target.principalId)
    return { allowed: true, code: 'same', reason: `\`${caller.name}\` is the identity itself` };
  if (caller.principalId === undefined)
    return open('principal-unread', `the service principal of \`${caller.name}\`, which role assignments name, was not read`);
  if (target.identity?.kind !== 'managed-identity')
    return open(
      'directory-rights-unread',
      `who may add credentials to \`${target.name}\` is decided in Entra ID (owners of the application, directory roles), which is not read`,
    );
  return overIdentity(index, caller as Caller, {
    identity: target.identity,
    ...(question.context === undefined ? {} : { context: question.context }),
  });
}

type Caller = AzurePrincipal & { readonly principalId: string };

interface Target {
  readonly identity: AzureIdentity;
  readonly context?: ReadonlyMap<string, readonly string[]>;
}

const open = (code: string, reason: string): AssumeAnswer => ({ allowed: 'conditional', code, reason });

function overIdentity(index: AzureIndex, caller: Caller, target: Target): AssumeAnswer {
  let conditional: AssumeAnswer | undefined;
  for (const takeover of TAKEOVERS) {
    const decision = decide(index, caller, { ...target, takeover });
    if (decision.decision !== 'Allowed' && decision.decision !== 'Conditional') continue;
    const dependsOn = [...decision.dependsOn, ...(takeover.besides === undefined ? [] : [takeover.besides])];
    const reason = `${takeover.does}: \`${takeover.action}\` by ${decision.by}`;
    if (dependsOn.length === 0) return { allowed: true, code: takeover.code, reason };
    conditional ??= open(takeover.code, `${reason}; it hangs on ${dependsOn.join('; ')}`);
  }
  if (conditional !== undefined) return conditional;
  const subscription = subscriptionOf(target.identity.resourceId);
  if (subscription !== undefined && !index.azure.subscriptionsWithAssignments.includes(subscription))
    return open('assignments-unread', `the role assignments of subscription \`${subscription}\` were not read whole`);
  return {
    allowed: false,
    code: 'no-right',
    reason: `\`${caller.name}\` has no right over \`${target.identity.name}\` that leads to its tokens`,
  };
}

/** Assigning a role is asked for each of the roles that would do; what the question itself says of the request comes first. */
function decide(
  index: AzureIndex,
  { principalId }: Caller,
  { identity, takeover, context }: Target & { readonly takeover: Takeover },
): AzureDecision {
  const request = { action: takeover.action, data: false, resource: identity.resourceId };
  const contexts =
    takeover.action === WRITE_ASSIGNMENTS
      ? [...PRIVILEGED_ROLES, ...IDENTITY_ROLES].map(assigning)
      : [new Map<string, readonly string[]>()];
  const decisions = contexts.map((own) => authorize(index, principalId, { ...request, context: new Map([...own, ...(context ?? [])]) }));
  const best = decisions.find(({ decision }) => decision === 'Allowed') ?? decisions.find(({ decision }) => decision === 'Conditional');
  return best ?? (decisions[0] as AzureDecision);
}
