import type { GcpIndex } from './gcp-index.ts';
import type { Judgement } from './judgement.ts';
import { coversPermission } from './permission-pattern.ts';
import { PREDEFINED_ROLES, type PredefinedRole } from './predefined-roles.ts';

const ANSWERS_MAX = 100_000;
const answers = new WeakMap<GcpIndex, Map<string, Judgement>>();

/**
 * Whether a role holds a permission: by its own list where that was read, else by what is known of Google's roles; deleted and disabled ones
 * hold nothing. Asked often of few. Source: https://cloud.google.com/iam/docs/reference/rest/v1/organizations.roles (`stage`, `deleted`)
 */
export function roleHolds(index: GcpIndex, role: string, permission: string): Judgement {
  const known = answers.get(index) ?? new Map<string, Judgement>();
  answers.set(index, known);
  const key = `${role}\n${permission}`;
  let answer = known.get(key);
  if (answer === undefined) {
    if (known.size >= ANSWERS_MAX) known.clear();
    answer = workOut(index, role, permission);
    known.set(key, answer);
  }
  return answer;
}

function workOut(index: GcpIndex, role: string, permission: string): Judgement {
  const record = index.roles.get(role);
  if (record?.deleted === true || record?.disabled === true) return false;
  if (record?.permissions !== undefined) return permissionsOf(index, role).has(permission);
  const known = PREDEFINED_ROLES.get(role);
  return known === undefined ? [unreadRole(role)] : predefinedHolds(known, { role, permission });
}

function predefinedHolds({ holds, lacks, rest }: PredefinedRole, { role, permission }: { role: string; permission: string }): Judgement {
  if (lacks.some((pattern) => coversPermission(pattern, permission))) return false;
  if (holds.some((pattern) => coversPermission(pattern, permission))) return true;
  return rest === 'lacks' ? false : [unreadRole(role)];
}

const unreadRole = (role: string): string => `the permissions of ${role}, which were not read`;

/** Whether all that an answer hangs on is what some role of Google's holds. */
export const hangsOnUnreadRoles = (on: readonly string[]): boolean =>
  on.every((reason) => /^the permissions of roles\/\S+, which were not read$/.test(reason));

const sets = new WeakMap<object, ReadonlySet<string>>();

function permissionsOf(index: GcpIndex, role: string): ReadonlySet<string> {
  const record = index.roles.get(role);
  if (record === undefined) return new Set();
  let set = sets.get(record);
  if (set === undefined) {
    set = new Set(record.permissions);
    sets.set(record, set);
  }
  return set;
}
