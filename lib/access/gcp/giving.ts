import type { GcpBinding, GcpPolicy } from '../../inventory/gcp.ts';
import type { GcpIndex } from './gcp-index.ts';
import type { GcpIdentity } from './identity.ts';
import type { Judgement } from './judgement.ts';
import type { Member } from './members.ts';
import { roleHolds } from './roles.ts';

/** A binding whose role holds, or may hold, a permission. */
export interface GivingBinding {
  readonly binding: GcpBinding;
  readonly held: Judgement;
}

/** One member of such a binding. */
export interface GivingMember extends GivingBinding {
  readonly text: string;
  readonly member: Member;
}

/** What a policy gives of one permission, found by whom it names. */
interface Giving {
  readonly bindings: readonly GivingBinding[];
  readonly byPrincipal: ReadonlyMap<string, readonly GivingMember[]>;
  /** Sets, everybody and conveniences: whoever asks may be among them. */
  readonly sets: readonly GivingMember[];
  /** Groups and domains, whose members nobody read. */
  readonly groups: readonly string[];
}

const remembered = new WeakMap<GcpIndex, WeakMap<GcpPolicy, Map<string, Giving>>>();

/** Whether a role's name stands in the place of a permission. */
export const isRole = (permission: string): boolean => permission.startsWith('roles/') || permission.includes('/roles/');

/** Worked out once per policy and permission: many identities are asked about the same. */
function givingOf(index: GcpIndex, policy: GcpPolicy, permission: string): Giving {
  const byPolicy = remembered.get(index) ?? new WeakMap<GcpPolicy, Map<string, Giving>>();
  remembered.set(index, byPolicy);
  const byPermission = byPolicy.get(policy) ?? new Map<string, Giving>();
  byPolicy.set(policy, byPermission);
  let giving = byPermission.get(permission);
  if (giving === undefined) {
    giving = workOut(index, policy, permission);
    byPermission.set(permission, giving);
  }
  return giving;
}

function workOut(index: GcpIndex, policy: GcpPolicy, permission: string): Giving {
  const byPrincipal = new Map<string, GivingMember[]>();
  const sets: GivingMember[] = [];
  const groups: string[] = [];
  const bindings = policy.bindings
    .map((binding) => ({ binding, held: isRole(permission) ? binding.role === permission : roleHolds(index, binding.role, permission) }))
    .filter(({ held }) => held !== false);
  for (const giving of bindings)
    for (const text of giving.binding.members) {
      const member = index.member(text);
      const key = memberKey(member);
      const list = key === undefined ? sets : (byPrincipal.get(key) ?? []);
      if (member.kind === 'group') groups.push(text);
      if (key !== undefined) byPrincipal.set(key, list as GivingMember[]);
      if (MATTERS.has(member.kind)) list.push({ ...giving, text, member });
    }
  return { bindings, byPrincipal, sets, groups };
}

const MATTERS: ReadonlySet<Member['kind']> = new Set([
  'service-account',
  'pool',
  'everyone',
  'authenticated',
  'convenience',
  'accounts-under',
]);

/** The principal that a member names alone; undefined: it means several, or one by another name. */
function memberKey(member: Member): string | undefined {
  if (member.kind === 'service-account') return member.email;
  return member.kind === 'pool' && member.who.kind === 'subject' ? `${member.pool}\n${member.who.value}` : undefined;
}

const identityKey = (identity: GcpIdentity): string =>
  identity.kind === 'service-account' ? identity.email : `${identity.pool.id}\n${identity.subject}`;

/** Bindings of a policy whose roles hold or may hold a permission. A role's name in the permission's place is held by itself. */
export const givingBindings = (index: GcpIndex, policy: GcpPolicy, permission: string): readonly GivingBinding[] =>
  givingOf(index, policy, permission).bindings;

/** Their members that may mean the identity, in the order of bindings and members, and the groups beside them. */
export function givingMembers(
  index: GcpIndex,
  policy: GcpPolicy,
  { permission, identity }: { readonly permission: string; readonly identity: GcpIdentity },
): { readonly members: readonly GivingMember[]; readonly groups: readonly string[] } {
  const { byPrincipal, sets, groups } = givingOf(index, policy, permission);
  const own = byPrincipal.get(identityKey(identity)) ?? [];
  const members = own.length === 0 ? sets : sets.length === 0 ? own : [...own, ...sets];
  return { members: [...members].sort((one, other) => one.binding.index - other.binding.index), groups };
}
