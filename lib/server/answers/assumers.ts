import type { CloudLink, CloudProvider } from '../../access/cloud/link.ts';
import type { Assumer, Bounded, IdentityDetail } from '../../api/identities-contract.ts';
import { nodeId } from '../../graph/node-id.ts';
import { certaintyAt, nodeAt, techniqueAt } from '../../graph/read.ts';
import { techniques } from '../../graph/techniques/index.ts';
import type { Dataset } from '../dataset.ts';
import { linkWorld } from './cloud-links.ts';
import { azureIdentityOf, IDENTITY_KINDS } from './identity-summary.ts';
import { bindingsOn } from './permissions/google.ts';

type AssumedBy = IdentityDetail['assumedBy'];

const MOST = 200;
/** Edges into an identity are looked at up to here: an open role has one for each service account and pod. */
const MOST_EDGES = 20_000;

const bounded = (items: readonly Assumer[]): Bounded<Assumer> => ({ total: items.length, items: items.slice(0, MOST) });

/** Who may act as an identity: from the links, from the graph's edges into it, and from whom its own policy names. */
export function assumersOf(data: Dataset, provider: CloudProvider, identity: string): AssumedBy {
  const named = namedBy(data, provider, identity);
  const of = (sort: Named['sort']): readonly Assumer[] => named.filter((one) => one.sort === sort).map(({ sort: _sort, ...rest }) => rest);
  return {
    serviceAccounts: bounded(serviceAccounts(data, identity)),
    identities: bounded(intoIdentity(data, provider, identity)),
    people: bounded(of('people')),
    services: bounded(of('services')),
    elsewhere: bounded(of('elsewhere')),
  };
}

const STATES: readonly CloudLink['state'][] = ['wired', 'conditional', 'possible', 'broken'];

function serviceAccounts(data: Dataset, identity: string): Assumer[] {
  const found = linkWorld(data).links.filter((link) => link.identity === identity && link.state !== 'broken');
  found.sort((one, other) => STATES.indexOf(one.state) - STATES.indexOf(other.state));
  const seen = new Set<string>();
  return found.flatMap(({ serviceAccount, state, reason }) => {
    if (seen.has(serviceAccount)) return [];
    seen.add(serviceAccount);
    const number = data.graph.nodes.indexOf(`sa:${serviceAccount}`);
    return [{ name: serviceAccount, ...(number === undefined ? {} : { node: nodeAt(data.graph, number) }), says: reason, state }];
  });
}

const CLOUD_KINDS = new Set(['aws-role', 'aws-user', 'gcp-service-account', 'azure-identity', 'cloud-key', 'node']);

/** Other identities that an edge of the graph leads from. */
function intoIdentity({ graph }: Dataset, provider: CloudProvider, identity: string): Assumer[] {
  const number = graph.nodes.indexOf(nodeId(IDENTITY_KINDS[provider], identity));
  if (number === undefined) return [];
  const { offsets, edges } = graph.reverse;
  const [start, end] = [offsets[number] as number, offsets[number + 1] as number];
  const found = new Map<string, Assumer>();
  for (const edge of edges.subarray(start, Math.min(end, start + MOST_EDGES))) {
    const node = nodeAt(graph, graph.edges.from[edge] as number);
    if (!CLOUD_KINDS.has(node.kind) || found.has(node.id)) continue;
    const certainty = certaintyAt(graph, edge);
    const says = `${techniques[techniqueAt(graph, edge)].title}${certainty === 'certain' ? '' : `, ${certainty}`}`;
    found.set(node.id, { name: node.name, node, says });
  }
  return [...found.values()];
}

interface Named extends Assumer {
  readonly sort: 'people' | 'services' | 'elsewhere';
}

function namedBy(data: Dataset, provider: CloudProvider, identity: string): readonly Named[] {
  if (provider === 'aws') return awsPrincipals(data, identity);
  return provider === 'gcp' ? googleMembers(data, identity) : azureCredentials(data, identity);
}

/** Principals of the trust policy's Allow statements that are no roles: those have edges of their own. */
function awsPrincipals({ inventory }: Dataset, arn: string): Named[] {
  const role = inventory.aws.roles.find((one) => one.arn === arn);
  const issuer = inventory.cluster.issuer?.replace(/^https:\/\//, '');
  const found = new Map<string, Named>();
  for (const { effect, principals = [], conditions } of role?.trust.statements ?? []) {
    if (effect !== 'Allow') continue;
    const condition = conditions.length === 0 ? 'without a condition' : `if ${conditions.map(({ key }) => key).join(', ')} fit`;
    for (const { type, value } of principals) {
      const sort = sortOf(type, value, issuer);
      if (sort !== undefined) found.set(`${type} ${value}`, { sort, name: value, says: `the trust policy names it, ${condition}` });
    }
  }
  return [...found.values()];
}

function sortOf(type: string, value: string, issuer: string | undefined): Named['sort'] | undefined {
  if (type === 'Service') return 'services';
  if (type === 'Federated') return issuer !== undefined && value.endsWith(`:oidc-provider/${issuer}`) ? undefined : 'elsewhere';
  if (value === '*') return 'people';
  return /:role\//.test(value) ? undefined : 'people';
}

/** Members of the policy on the service account itself. */
function googleMembers({ inventory }: Dataset, email: string): Named[] {
  const found = new Map<string, Named>();
  for (const { role, members, condition } of bindingsOn(inventory.gcp, email)) {
    for (const member of members) {
      if (/^serviceAccount:[^[]{1,300}$/.test(member) || member.startsWith('deleted:')) continue;
      const people = /^(?:user|group|domain|project(?:Owner|Editor|Viewer)):|^all(?:Authenticated)?Users$/.test(member);
      const inCluster = /\.svc\.id\.goog/.test(member);
      if (inCluster) continue;
      const when = condition === undefined ? '' : `, if ${condition.title ?? condition.expression}`;
      found.set(`${member} ${role}`, { sort: people ? 'people' : 'elsewhere', name: member, says: `has ${role} on it${when}` });
    }
  }
  return [...found.values()];
}

/** Federated credentials of other issuers than this cluster's. */
function azureCredentials(data: Dataset, clientId: string): Named[] {
  const identity = azureIdentityOf(data, clientId);
  const { azure, cluster } = data.inventory;
  return azure.federatedCredentials
    .filter((credential) => credential.identity === identity?.resourceId && credential.issuer !== cluster.issuer)
    .map(({ name, issuer, subject, expression }) => ({
      sort: 'elsewhere',
      name: issuer,
      says: `federated credential ${name} lets ${subject ?? expression ?? 'its tokens'} in`,
    }));
}
