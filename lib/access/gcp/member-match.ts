import type { GcpIndex } from './gcp-index.ts';
import type { FederatedIdentity, GcpIdentity } from './identity.ts';
import type { Judgement } from './judgement.ts';
import type { Member } from './members.ts';
import { projectOfAccount } from './resource.ts';

/**
 * Whether a member means the identity. Members of groups and domains were not read and count as not meaning it; `convenience` members are
 * the caller's to resolve, as they hang on another policy. Federated identities are not among `allAuthenticatedUsers`.
 * Source: https://cloud.google.com/iam/docs/principals-overview
 */
export function memberMeans(index: GcpIndex, member: Member, identity: GcpIdentity): Judgement {
  switch (member.kind) {
    case 'everyone':
      return true;
    case 'authenticated':
      return identity.kind === 'service-account';
    case 'service-account':
      return identity.kind === 'service-account' && identity.email === member.email;
    case 'accounts-under':
      return identity.kind === 'service-account' && liesUnder(index, identity.email, member.resource);
    case 'pool':
      return identity.kind === 'federated' && poolMeans(member, identity);
    case 'convenience':
    case 'deleted':
    case 'group':
    case 'other':
      return false;
  }
}

function poolMeans(member: Member & { kind: 'pool' }, { pool, subject, attributes }: FederatedIdentity): Judgement {
  if (member.pool !== pool.id) return false;
  if (member.number !== undefined && pool.number !== undefined && member.number !== pool.number) return false;
  const meant = selectorMeans(member, { subject, attributes });
  if (meant === false || member.number === undefined || pool.number !== undefined) return meant;
  return [...(meant === true ? [] : meant), `the number of the project of pool ${pool.id}`];
}

function selectorMeans(
  { who }: Member & { kind: 'pool' },
  { subject, attributes }: Pick<FederatedIdentity, 'subject' | 'attributes'>,
): Judgement {
  if (who.kind === 'all') return true;
  if (who.kind === 'subject') return who.value === subject;
  if (!attributes.has(who.name)) return false;
  const value = attributes.get(who.name);
  if (value === undefined) return [`${who.name} of ${subject}`];
  return sameAttribute(who.name, value, who.value);
}

/** Clusters are compared by project, place and name: zonal ones have links with `/zones/`. */
function sameAttribute(name: string, value: string, wanted: string): boolean {
  return name === 'kubernetes.cluster'
    ? value.replace('/zones/', '/locations/') === wanted.replace('/zones/', '/locations/')
    : value === wanted;
}

function liesUnder(index: GcpIndex, email: string, resource: string): Judgement {
  const project = projectOfAccount(index, email);
  if (project === undefined) return [`the project of ${email}`];
  const number = /^projects\/(\d{1,20})$/.exec(resource)?.[1];
  const wanted = number === undefined ? resource : `projects/${index.projectByNumber.get(number)?.id ?? number}`;
  for (
    let name: string | undefined = `projects/${project}`, steps = 0;
    name !== undefined && steps < 12;
    name = index.parents.get(name), steps += 1
  )
    if (name === wanted) return true;
  return false;
}
