import type { AksCluster } from '../../inventory/azure.ts';
import { allOf } from '../aws/truth.ts';
import type { AzureIndex } from './azure-index.ts';
import { type AzureGrant, type GrantAnswer, grantAllows, grantHas } from './grants.ts';
import { comparable, encloses, subscriptionOf } from './resource-scope.ts';
import { CLUSTER_ROLES, WRITE_ASSIGNMENTS, writesRoles } from './role-writing.ts';

/** What a grant leads to in an AKS cluster; `namespace`: undefined for the whole cluster. */
export interface ClusterReach {
  readonly reach: 'cluster-admin' | 'namespace-admin' | 'secrets' | 'pods' | 'nodes';
  readonly namespace?: string;
  /** Of `nodes`: the resource id that they lie below, where it is not the whole node resource group. */
  readonly below?: string;
  /** The actions that it takes, for evidence. */
  readonly actions: readonly string[];
  readonly plane: 'control' | 'data';
  readonly does: string;
  readonly hangsOn: readonly string[];
}

const AKS = 'Microsoft.ContainerService/managedClusters';

interface Way {
  readonly action: string;
  readonly does: string;
  /** What is needed besides the action; undefined: it does not work on this cluster. */
  readonly needs: (cluster: AksCluster) => readonly string[] | undefined;
}

const whileLocal = ({ localAccountsDisabled }: AksCluster): readonly string[] | undefined =>
  localAccountsDisabled === true ? undefined : [];

/**
 * Actions on the cluster's resource that make cluster admin. Source: https://learn.microsoft.com/azure/aks/control-kubeconfig-access,
 * https://learn.microsoft.com/azure/aks/manage-local-accounts-managed-azure-ad, https://learn.microsoft.com/azure/aks/access-private-cluster
 */
const WAYS: readonly Way[] = [
  { action: `${AKS}/listClusterAdminCredential/action`, does: "downloads the cluster's local admin credential", needs: whileLocal },
  { action: `${AKS}/accessProfiles/listCredential/action`, does: "downloads the cluster's local admin credential", needs: whileLocal },
  {
    action: `${AKS}/listClusterUserCredential/action`,
    does: 'downloads the user credential, which without Entra integration is an administrator',
    needs: (cluster) => (cluster.aad === undefined ? whileLocal(cluster) : undefined),
  },
  {
    action: `${AKS}/runCommand/action`,
    does: 'runs kubectl in the cluster by `az aks command invoke`',
    needs: ({ aad }) =>
      aad === undefined ? [] : ['what Kubernetes lets the caller do: with Entra integration the command runs as the caller'],
  },
  {
    action: `${AKS}/write`,
    does: 'changes the cluster so that it lets the caller in (local accounts, administrator groups)',
    needs: () => ['a credential of the changed cluster'],
  },
];

/** The ways from a grant into a cluster, as few as say it all: whoever is surely cluster admin gains nothing by the rest. */
export function clusterReaches(index: AzureIndex, grant: AzureGrant, cluster: AksCluster): readonly ClusterReach[] {
  const admin = adminReach(index, grant, cluster);
  if (admin?.hangsOn.length === 0) return [admin];
  const inside = cluster.aad?.azureRbac === true ? kubernetesReaches(index, grant, cluster) : [];
  const nodes = nodeReach(index, grant, cluster);
  return [...(admin === undefined ? [] : [admin]), ...inside, ...(nodes === undefined ? [] : [nodes])];
}

function adminReach(index: AzureIndex, grant: AzureGrant, cluster: AksCluster): ClusterReach | undefined {
  let open: ClusterReach | undefined;
  for (const { action, does, needs } of WAYS) {
    const besides = grantHas(grant, action) ? needs(cluster) : undefined;
    const answer = besides === undefined ? NEVER : grantAllows(index, grant, { action, data: false, resource: cluster.id });
    if (besides === undefined || answer.truth === false) continue;
    const reach = { ...ADMIN, actions: [action], does, hangsOn: [...answer.dependsOn, ...besides] };
    if (reach.hangsOn.length === 0) return reach;
    open ??= reach;
  }
  const roles = writesRoles(index, grant, cluster.id, cluster.localAccountsDisabled === true ? [] : CLUSTER_ROLES);
  if (roles.truth === false) return open;
  const own = { ...ADMIN, actions: [WRITE_ASSIGNMENTS], does: 'gives itself a role on the cluster', hangsOn: roles.dependsOn };
  return roles.truth === true ? own : (open ?? own);
}

const NEVER: GrantAnswer = { truth: false, dependsOn: [] };
const ADMIN = { reach: 'cluster-admin', plane: 'control' } as const;

/** Data actions that Azure RBAC for Kubernetes answers with: who writes role bindings and may bind roles is administrator there. */
const BINDING = ['rolebindings/write', 'roles/bind/action'] as const;

/** Source: https://learn.microsoft.com/azure/aks/manage-azure-rbac */
function* kubernetesReaches(index: AzureIndex, grant: AzureGrant, cluster: AksCluster): Generator<ClusterReach> {
  const namespace = namespaceOf(grant, cluster);
  if (namespace === undefined && !mayCover(grant, cluster)) return;
  const resource = namespace === undefined ? cluster.id : `${cluster.id}/namespaces/${namespace}`;
  const where = namespace === undefined ? {} : { namespace };
  const ask = (actions: readonly string[]): GrantAnswer => {
    const answers = actions.map((action) => grantAllows(index, grant, { action, data: true, resource }));
    return { truth: allOf(answers, ({ truth }) => truth), dependsOn: answers.flatMap(({ dependsOn }) => dependsOn) };
  };
  const kind = namespace === undefined ? 'cluster' : '';
  const binding = BINDING.map((action) => `${AKS}/rbac.authorization.k8s.io/${kind}${action}`);
  const rows = [
    {
      reach: namespace === undefined ? 'cluster-admin' : 'namespace-admin',
      actions: binding,
      does: 'binds any role to itself by Azure RBAC for Kubernetes',
    },
    { reach: 'secrets', actions: [`${AKS}/secrets/read`], does: 'reads secrets by Azure RBAC for Kubernetes' },
    { reach: 'pods', actions: [`${AKS}/pods/write`], does: 'creates pods by Azure RBAC for Kubernetes' },
  ] as const;
  for (const { reach, actions, does } of rows) {
    const answer = ask(actions);
    if (answer.truth === false) continue;
    yield { reach, ...where, actions, plane: 'data', does, hangsOn: answer.dependsOn };
    if (reach !== 'secrets' && reach !== 'pods' && answer.truth === true) return;
  }
}

/** The namespace that a grant is limited to, where its scope is one of this cluster. */
function namespaceOf({ assignment }: AzureGrant, cluster: AksCluster): string | undefined {
  const prefix = `${comparable(cluster.id)}/namespaces/`;
  const scope = comparable(assignment.scope);
  const name = scope.startsWith(prefix) ? scope.slice(prefix.length) : '';
  return name === '' || name.includes('/') ? undefined : name;
}

/** Not below the cluster; whether it lies above is for the full question. */
const mayCover = ({ assignment }: AzureGrant, cluster: AksCluster): boolean =>
  !comparable(assignment.scope).startsWith(`${comparable(cluster.id)}/`);

/**
 * Actions that run something on the machines of node pools. Source: https://learn.microsoft.com/azure/virtual-machines/run-command-overview,
 * https://learn.microsoft.com/azure/virtual-machines/extensions/overview
 */
const NODE_ACTIONS = [
  'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommand/action',
  'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommands/write',
  'Microsoft.Compute/virtualMachineScaleSets/extensions/write',
  'Microsoft.Compute/virtualMachineScaleSets/write',
  'Microsoft.Compute/virtualMachines/runCommand/action',
  'Microsoft.Compute/virtualMachines/runCommands/write',
  'Microsoft.Compute/virtualMachines/extensions/write',
];

/** A right over the machines: of the whole node resource group, or of what the grant's scope names below it. */
function nodeReach(index: AzureIndex, grant: AzureGrant, cluster: AksCluster): ClusterReach | undefined {
  const group = nodeGroupOf(cluster);
  if (group === undefined) return undefined;
  const { scope } = grant.assignment;
  const below = encloses(group, scope) && comparable(group) !== comparable(scope) ? scope : undefined;
  for (const action of NODE_ACTIONS) {
    const answer = grantHas(grant, action) ? grantAllows(index, grant, { action, data: false, resource: below ?? group }) : NEVER;
    if (answer.truth === false) continue;
    const does = 'runs commands on the machines of the node pools';
    return {
      reach: 'nodes',
      ...(below === undefined ? {} : { below }),
      actions: [action],
      plane: 'control',
      does,
      hangsOn: answer.dependsOn,
    };
  }
  return undefined;
}

function nodeGroupOf({ id, nodeResourceGroup }: AksCluster): string | undefined {
  const subscription = subscriptionOf(id);
  return subscription === undefined || nodeResourceGroup === undefined
    ? undefined
    : `/subscriptions/${subscription}/resourceGroups/${nodeResourceGroup}`;
}
