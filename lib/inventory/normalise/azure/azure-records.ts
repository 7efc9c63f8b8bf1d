import type {
  AksCluster,
  AzureDenyAssignment,
  AzureFederatedCredential,
  AzureIdentity,
  AzureRoleAssignment,
  AzureRoleDefinition,
  AzureServicePrincipal,
} from '../../azure.ts';
import type { AzureApplication, AzureGap, AzurePage, AzureSink, UnplacedCredential } from './azure-sink.ts';

/** Everything that the answers said, by id in lower case; what is said twice is kept once, whichever answer came first. */
export class AzureRecords implements AzureSink {
  readonly identities = new Map<string, AzureIdentity>();
  readonly applications = new Map<string, AzureApplication>();
  readonly servicePrincipals = new Map<string, AzureServicePrincipal>();
  readonly members = new Map<string, Set<string>>();
  readonly credentials = new Map<string, AzureFederatedCredential>();
  readonly unplaced: UnplacedCredential[] = [];
  readonly roleDefinitions = new Map<string, AzureRoleDefinition>();
  readonly roleAssignments = new Map<string, AzureRoleAssignment>();
  readonly denyAssignments = new Map<string, AzureDenyAssignment>();
  readonly clusters = new Map<string, AksCluster>();
  readonly pages: AzurePage[] = [];
  readonly gaps: AzureGap[] = [];

  identity(identity: AzureIdentity): void {
    keep(this.identities, identity.resourceId, identity);
  }

  application(application: AzureApplication): void {
    keep(this.applications, application.resourceId, application);
  }

  servicePrincipal(principal: AzureServicePrincipal): void {
    keep(this.servicePrincipals, principal.id, principal);
  }

  member(group: string, member: string): void {
    const key = group.toLowerCase();
    const members = this.members.get(key);
    if (members === undefined) this.members.set(key, new Set([member]));
    else members.add(member);
  }

  credential(credential: AzureFederatedCredential): void {
    keep(this.credentials, credential.id, credential);
  }

  unplacedCredential(credential: UnplacedCredential): void {
    this.unplaced.push(credential);
  }

  roleDefinition(definition: AzureRoleDefinition): void {
    keep(this.roleDefinitions, definition.id, definition);
  }

  /** A list of each subscription holds what is assigned above it, so the same assignment comes once for each. */
  roleAssignment(assignment: AzureRoleAssignment): void {
    keepListed(this.roleAssignments, assignment);
  }

  denyAssignment(assignment: AzureDenyAssignment): void {
    keepListed(this.denyAssignments, assignment);
  }

  cluster(cluster: AksCluster): void {
    keep(this.clusters, cluster.id, cluster);
  }

  page(page: AzurePage): void {
    this.pages.push(page);
  }

  gap(gap: AzureGap): void {
    this.gaps.push(gap);
  }
}

/** Of two that differ under one id, the one whose JSON sorts first, so that the order of the files decides nothing. */
function keep<Item>(map: Map<string, Item>, id: string, item: Item): void {
  const key = id.toLowerCase();
  const known = map.get(key);
  if (known === undefined || JSON.stringify(item) < JSON.stringify(known)) map.set(key, item);
}

function keepListed<Item extends { readonly id: string; readonly listedFor: readonly string[] }>(map: Map<string, Item>, item: Item): void {
  const key = item.id.toLowerCase();
  const listedFor = [...new Set([...(map.get(key)?.listedFor ?? []), ...item.listedFor])].sort();
  const known = map.get(key);
  const bare = { ...item, listedFor: [] };
  const first = known === undefined || JSON.stringify(bare) < JSON.stringify({ ...known, listedFor: [] }) ? item : known;
  map.set(key, { ...first, listedFor });
}
