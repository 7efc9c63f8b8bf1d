import type { AzureDenyAssignment } from '../../inventory/azure.ts';
import { anyOf, type Truth } from '../aws/truth.ts';
import type { AzureIndex, CompiledDeny } from './azure-index.ts';
import { type ConditionRequest, evaluateCondition } from './condition.ts';
import { appliesTo, comparable } from './resource-scope.ts';

/** All principals of a deny assignment. Source: https://learn.microsoft.com/azure/role-based-access-control/deny-assignments */
const EVERYBODY = '00000000-0000-0000-0000-000000000000';

/** A request to a resource, on one plane. */
export interface PlaneRequest extends ConditionRequest {
  readonly data: boolean;
}

export interface DenyAnswer {
  readonly truth: Truth;
  readonly assignment?: AzureDenyAssignment;
  readonly dependsOn: readonly string[];
}

/**
 * Whether a deny assignment stands in the way of a principal (undefined: of somebody, so that whom it names is unknown). Deny assignments
 * come before every role assignment.
 */
export function denied(index: AzureIndex, principalId: string | undefined, request: PlaneRequest): DenyAnswer {
  let open: DenyAnswer = { truth: false, dependsOn: [] };
  for (const deny of index.denies) {
    const answer = deniedBy(index, deny, { principalId, request });
    if (answer.truth === true) return answer;
    if (answer.truth === 'unknown') open = { ...answer, dependsOn: [...open.dependsOn, ...answer.dependsOn] };
  }
  return open;
}

interface DenyQuestion {
  readonly principalId: string | undefined;
  readonly request: PlaneRequest;
}

function deniedBy(index: AzureIndex, { assignment, permissions }: CompiledDeny, { principalId, request }: DenyQuestion): DenyAnswer {
  const no: DenyAnswer = { truth: false, dependsOn: [] };
  const action = request.action.toLowerCase();
  const matching = permissions.filter((permission) => (request.data ? permission.data : permission.control).has(action));
  if (matching.length === 0) return no;
  const here = assignment.doNotApplyToChildScopes
    ? comparable(assignment.scope) === comparable(request.resource)
    : appliesTo(assignment, request.resource);
  const whom = here === false ? false : namesPrincipal(index, assignment, principalId);
  if (here === false || whom === false) return no;
  const whole = evaluateCondition(assignment.condition, request);
  const parts = matching.map(({ source }) => evaluateCondition(source.condition, request));
  const some = anyOf(parts, ({ truth }) => truth);
  if (whole.truth === false || some === false) return no;
  const open = [
    ...(here === 'unknown' ? [`whether deny assignment \`${assignment.name}\` applies there`] : []),
    ...(whom === 'unknown' ? [`whether deny assignment \`${assignment.name}\` names the principal`] : []),
    ...whole.dependsOn,
    ...(some === 'unknown' ? parts.flatMap(({ dependsOn }) => dependsOn) : []),
  ];
  return { truth: open.length === 0 ? true : 'unknown', assignment, dependsOn: open };
}

function namesPrincipal(index: AzureIndex, assignment: AzureDenyAssignment, principalId: string | undefined): Truth {
  const excluded = isAmong(index, assignment.excludePrincipals, principalId);
  if (excluded === true) return false;
  const named = isAmong(index, assignment.principals, principalId);
  return named === true && excluded === 'unknown' ? 'unknown' : named;
}

function isAmong(index: AzureIndex, principals: AzureDenyAssignment['principals'], principalId: string | undefined): Truth {
  if (principals.some(({ id }) => id === EVERYBODY)) return true;
  if (principals.length === 0) return false;
  if (principalId === undefined) return 'unknown';
  const own = new Set([principalId.toLowerCase(), ...(index.groupsOf.get(principalId.toLowerCase()) ?? [])]);
  if (principals.some(({ id }) => own.has(id.toLowerCase()))) return true;
  return principals.some(index.isUnreadGroup) ? 'unknown' : false;
}
