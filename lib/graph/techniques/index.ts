import type { TechniqueId } from '../kinds.ts';
import { aksAccess } from './aks-access.ts';
import { aksEntraUser } from './aks-entra-user.ts';
import { assumeAwsRole } from './assume-aws-role.ts';
import { awsAdministrator } from './aws-administrator.ts';
import { awsAuth } from './aws-auth.ts';
import { awsData } from './aws-data.ts';
import { awsEscalation } from './aws-escalation.ts';
import { awsInstanceMetadata } from './aws-instance-metadata.ts';
import { awsNodeCommand } from './aws-node-command.ts';
import { awsPermission } from './aws-permission.ts';
import { awsRoleChain } from './aws-role-chain.ts';
import { azureAdministrator } from './azure-administrator.ts';
import { azureEscalation } from './azure-escalation.ts';
import { azureFederatedIdentity } from './azure-federated-identity.ts';
import { azureImagePush } from './azure-image-push.ts';
import { azureInstanceMetadata } from './azure-instance-metadata.ts';
import { azurePermission } from './azure-permission.ts';
import { boundBy } from './bound-by.ts';
import { cloudKey } from './cloud-key.ts';
import { clusterAdmin } from './cluster-admin.ts';
import { contains } from './contains.ts';
import { controlPlaneNode } from './control-plane-node.ts';
import { ecrPush } from './ecr-push.ts';
import { eksAccessEntry } from './eks-access-entry.ts';
import { eksAccessGrant } from './eks-access-grant.ts';
import { ephemeralContainer } from './ephemeral-container.ts';
import { escapeCapability } from './escape-capability.ts';
import { escapeHostPath } from './escape-host-path.ts';
import { escapeHostPid } from './escape-host-pid.ts';
import { escapePrivileged } from './escape-privileged.ts';
import { gcpAdministrator } from './gcp-administrator.ts';
import { gcpDirectGrant } from './gcp-direct-grant.ts';
import { gcpImpersonate } from './gcp-impersonate.ts';
import { gcpInstanceMetadata } from './gcp-instance-metadata.ts';
import { gcpPermission } from './gcp-permission.ts';
import { gcpWorkloadIdentity } from './gcp-workload-identity.ts';
import { gkeAccess } from './gke-access.ts';
import { grants } from './grants.ts';
import { holdsToken } from './holds-token.ts';
import { hosts } from './hosts.ts';
import { impersonateServiceAccount } from './impersonate-service-account.ts';
import { impersonateUserGroup } from './impersonate-user-group.ts';
import { memberOf } from './member-of.ts';
import { mountsSecret } from './mounts-secret.ts';
import { namespaceAdmin } from './namespace-admin.ts';
import { nodeIdentity } from './node-identity.ts';
import { nodeProxy } from './node-proxy.ts';
import { owns } from './owns.ts';
import { podCreate } from './pod-create.ts';
import { podExec } from './pod-exec.ts';
import { podIdentity } from './pod-identity.ts';
import { podPatch } from './pod-patch.ts';
import { roleBind } from './role-bind.ts';
import { roleEscalate } from './role-escalate.ts';
import { runsAs } from './runs-as.ts';
import { runtimeSocket } from './runtime-socket.ts';
import { scheduledOn } from './scheduled-on.ts';
import { secretRead } from './secret-read.ts';
import type { Technique } from './technique.ts';
import { tokenFor } from './token-for.ts';
import { tokenMint } from './token-mint.ts';
import { workloadPatch } from './workload-patch.ts';

/** The registry: a technique that is missing or misplaced does not compile. Edges are found in this order, so of two between the same nodes the earlier is told; `contains` comes last, when all nodes are known. */
export const techniques: { readonly [Id in TechniqueId]: Technique<Id> } = {
  owns,
  'runs-as': runsAs,
  'holds-token': holdsToken,
  'mounts-secret': mountsSecret,
  'token-for': tokenFor,
  'member-of': memberOf,
  'bound-by': boundBy,
  grants,
  'scheduled-on': scheduledOn,
  hosts,
  'node-identity': nodeIdentity,
  'control-plane-node': controlPlaneNode,
  'escape-privileged': escapePrivileged,
  'escape-capability': escapeCapability,
  'escape-host-path': escapeHostPath,
  'escape-host-pid': escapeHostPid,
  'runtime-socket': runtimeSocket,
  'cluster-admin': clusterAdmin,
  'namespace-admin': namespaceAdmin,
  'pod-exec': podExec,
  'pod-create': podCreate,
  'pod-patch': podPatch,
  'ephemeral-container': ephemeralContainer,
  'workload-patch': workloadPatch,
  'secret-read': secretRead,
  'token-mint': tokenMint,
  'impersonate-service-account': impersonateServiceAccount,
  'impersonate-user-group': impersonateUserGroup,
  'role-bind': roleBind,
  'role-escalate': roleEscalate,
  'node-proxy': nodeProxy,
  'assume-aws-role': assumeAwsRole,
  'pod-identity': podIdentity,
  'aws-permission': awsPermission,
  'aws-administrator': awsAdministrator,
  'aws-escalation': awsEscalation,
  'aws-role-chain': awsRoleChain,
  'aws-instance-metadata': awsInstanceMetadata,
  'cloud-key': cloudKey,
  'aws-auth': awsAuth,
  'eks-access-entry': eksAccessEntry,
  'eks-access-grant': eksAccessGrant,
  'aws-data': awsData,
  'ecr-push': ecrPush,
  'aws-node-command': awsNodeCommand,
  'azure-federated-identity': azureFederatedIdentity,
  'azure-permission': azurePermission,
  'azure-administrator': azureAdministrator,
  'azure-escalation': azureEscalation,
  'azure-instance-metadata': azureInstanceMetadata,
  'aks-access': aksAccess,
  'aks-entra-user': aksEntraUser,
  'azure-image-push': azureImagePush,
  'gcp-workload-identity': gcpWorkloadIdentity,
  'gcp-direct-grant': gcpDirectGrant,
  'gcp-permission': gcpPermission,
  'gcp-instance-metadata': gcpInstanceMetadata,
  'gcp-administrator': gcpAdministrator,
  'gcp-impersonate': gcpImpersonate,
  'gke-access': gkeAccess,
  contains,
};
