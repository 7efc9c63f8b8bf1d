import type { GcpDenyPolicy, GcpInventory, GcpPolicy, GcpProject, GcpRole, GcpServiceAccount } from '../../inventory/gcp.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { type Member, memberOf } from './members.ts';

/** Google's part of an inventory, by names. */
export interface GcpIndex {
  readonly gcp: GcpInventory;
  /** What conditions on the time of a request are compared with. */
  readonly asOf?: string;
  readonly accounts: ReadonlyMap<string, GcpServiceAccount>;
  /** Emails by unique id. */
  readonly emailByNumber: ReadonlyMap<string, string>;
  /** `projects/ID` whose own conditions name a bucket or something in it, by `projects/_/buckets/B`. */
  readonly projectsNaming: ReadonlyMap<string, readonly string[]>;
  readonly policies: ReadonlyMap<string, GcpPolicy>;
  readonly roles: ReadonlyMap<string, GcpRole>;
  readonly projects: ReadonlyMap<string, GcpProject>;
  readonly projectByNumber: ReadonlyMap<string, GcpProject>;
  /** By what they are attached to. */
  readonly denyPolicies: ReadonlyMap<string, readonly GcpDenyPolicy[]>;
  /** What a project or folder lies in. */
  readonly parents: ReadonlyMap<string, string>;
  /** The same member stands in many policies. */
  member(text: string): Member;
}

const remembered = new WeakMap<Inventory, GcpIndex>();

/** Made once per inventory. */
export function indexGcp(inventory: Inventory): GcpIndex {
  const known = remembered.get(inventory);
  if (known !== undefined) return known;
  const index = build(inventory);
  remembered.set(inventory, index);
  return index;
}

function build({ gcp, asOf }: Inventory): GcpIndex {
  const parents = new Map<string, string>();
  for (const { id, parent } of gcp.projects) if (parent !== undefined) parents.set(`projects/${id}`, parent);
  for (const { name, parent } of gcp.folders) if (parent !== undefined) parents.set(name, parent);
  const members = new Map<string, Member>();
  return {
    gcp,
    ...(asOf === undefined ? {} : { asOf }),
    accounts: new Map(gcp.serviceAccounts.map((account) => [account.email, account])),
    emailByNumber: new Map(gcp.serviceAccounts.flatMap(({ uniqueId, email }) => (uniqueId === undefined ? [] : [[uniqueId, email]]))),
    projectsNaming: projectsNaming(gcp.policies),
    policies: new Map(gcp.policies.map((policy) => [policy.resource, policy])),
    roles: new Map(gcp.roles.map((role) => [role.name, role])),
    projects: new Map(gcp.projects.map((project) => [project.id, project])),
    projectByNumber: new Map(gcp.projects.flatMap((project) => (project.number === undefined ? [] : [[project.number, project]]))),
    denyPolicies: Map.groupBy(gcp.denyPolicies, ({ attachedTo }) => attachedTo),
    parents,
    member(text) {
      let member = members.get(text);
      if (member === undefined) {
        member = memberOf(text);
        members.set(text, member);
      }
      return member;
    },
  };
}

const BUCKET_IN_TEXT = /projects\/_\/buckets\/[a-z0-9._-]{3,222}(?=\/)/g;

function projectsNaming(policies: readonly GcpPolicy[]): Map<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { resource, bindings } of policies) {
    if (!/^projects\/[^/]+$/.test(resource)) continue;
    const named = new Set(bindings.flatMap(({ condition }) => condition?.expression.match(BUCKET_IN_TEXT) ?? []));
    for (const bucket of named) found.set(bucket, [...(found.get(bucket) ?? []), resource]);
  }
  return found;
}
