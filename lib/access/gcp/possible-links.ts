import type { GcpServiceAccount } from '../../inventory/gcp.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { CloudLink } from '../cloud/link.ts';
import { projectedTokens } from '../pod/token.ts';
import type { GcpIndex } from './gcp-index.ts';
import { givingBindings } from './giving.ts';
import { accountResource, bestGrant, GET_ACCESS_TOKEN, impersonation, stateOf } from './impersonation.ts';
import { denialEvidence, grantEvidence } from './link-evidence.ts';
import type { Population, Resident } from './population.ts';
import type { GcpResource } from './resource.ts';

/**
 * Links that need no annotation: whoever has a token of the service account may ask for one of the Google service account. In GKE that is
 * `possible` (only the metadata server needs the annotation); where a pod projects a token for the pool's audience it is `wired`.
 * What is granted to everybody is left to the warnings.
 */
export function possibleLinks(inventory: Inventory, index: GcpIndex, population: Population): CloudLink[] {
  const audiences = population.method === 'federation' ? projectedAudiences(inventory) : new Map<string, ReadonlySet<string>>();
  const links: CloudLink[] = [];
  for (const account of index.gcp.serviceAccounts) {
    if (account.disabled) continue;
    const resource = accountResource(index, account.email);
    for (const resident of residentsWith(index, population, resource)) {
      const link = linkOf(index, { account, resource, resident, population, audiences: audiences.get(resident.key) });
      if (link !== undefined) links.push(link);
    }
  }
  return links;
}

/** Residents whom a policy of the account or above it names, alone or in a set. */
function residentsWith(index: GcpIndex, population: Population, resource: GcpResource): ReadonlySet<Resident> {
  const found = new Set<Resident>();
  for (const name of resource.lineage) {
    const policy = index.policies.get(name);
    if (policy === undefined) continue;
    for (const { binding } of givingBindings(index, policy, GET_ACCESS_TOKEN))
      for (const text of binding.members) {
        const member = index.member(text);
        if (member.kind === 'pool' && member.pool === population.pool.id)
          for (const resident of population.meant(member.who)) found.add(resident);
      }
  }
  return found;
}

interface Case {
  readonly account: GcpServiceAccount;
  readonly resource: GcpResource;
  readonly resident: Resident;
  readonly population: Population;
  readonly audiences: ReadonlySet<string> | undefined;
}

function linkOf(index: GcpIndex, { account, resource, resident, population, audiences }: Case): CloudLink | undefined {
  const found = impersonation(index, resident.identity, resource);
  if (found.works === false) return undefined;
  const on = [...found.dependsOn, ...(resident.admitted === true || resident.admitted === false ? [] : resident.admitted)];
  const works = on.length === 0 ? found.works : 'conditional';
  const held = population.audiences.find((audience) => audiences?.has(audience));
  const grant = bestGrant(index, found.decision.grants);
  const { provider } = population;
  return {
    serviceAccount: resident.key,
    provider: 'gcp',
    identity: account.email,
    principal: account,
    method: population.method,
    audience: held ?? (population.audiences[0] as string),
    state: stateOf(works, held !== undefined),
    code: works === found.works ? found.code : 'condition-unknown',
    reason: works === found.works ? found.reason : `It hangs on ${on.join(', ')}.`,
    evidence: [
      ...(provider === undefined
        ? []
        : [{ kind: 'GcpPoolProvider', name: provider.name, pointer: '/oidc/issuerUri', says: `takes tokens of ${provider.issuer}` }]),
      ...(grant === undefined ? [] : [grantEvidence(grant)]),
      ...found.decision.denials.map(denialEvidence),
    ],
    ...(on.length === 0 ? {} : { dependsOn: on }),
  };
}

/** Audiences of the tokens that pods of a service account hold, by `namespace/name`. */
function projectedAudiences({ kubernetes }: Inventory): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const bySpec = new Map<object, readonly string[]>();
  for (const { namespace, spec } of kubernetes.pods) {
    const audiences = bySpec.get(spec) ?? projectedTokens(spec).flatMap(({ token }) => token.audience ?? []);
    bySpec.set(spec, audiences);
    if (audiences.length === 0) continue;
    const key = `${namespace}/${spec.serviceAccountName}`;
    const set = found.get(key) ?? new Set<string>();
    found.set(key, set);
    for (const audience of audiences) set.add(audience);
  }
  return found;
}
