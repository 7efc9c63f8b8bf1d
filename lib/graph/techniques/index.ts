import type { TechniqueId } from '../kinds.ts';
import { aksAccess } from './aks-access.ts';
import { aksEntraUser } from './aks-entra-user.ts';
import { apiServiceControl } from './api-service-control.ts';
import { assumeAwsRole } from './assume-aws-role.ts';
import { awsAdministrator } from './aws-administrator.ts';
import { awsAuth } from './aws-auth.ts';
import { awsAuthPatch } from './aws-auth-patch.ts';
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
import { bootstrapTokenCreate } from './bootstrap-token-create.ts';
import { boundBy } from './bound-by.ts';
import { certificateApprove } from './certificate-approve.ts';
import { certificateSign } from './certificate-sign.ts';
import { cloudKey } from './cloud-key.ts';
import { clusterAdmin } from './cluster-admin.ts';
import { constrainedImpersonation } from './constrained-impersonation.ts';
import { contains } from './contains.ts';
import { controlPlaneNode } from './control-plane-node.ts';
import { controllerDeputy } from './controller-deputy.ts';
import { corePattern } from './core-pattern.ts';
import { crdConversion } from './crd-conversion.ts';
import { danglingSubjectClaim } from './dangling-subject-claim.ts';
import { dnsTakeover } from './dns-takeover.ts';
import { ecrPush } from './ecr-push.ts';
import { eksAccessEntry } from './eks-access-entry.ts';
import { eksAccessGrant } from './eks-access-grant.ts';
import { endpointRepoint } from './endpoint-repoint.ts';
import { ephemeralContainer } from './ephemeral-container.ts';
import { escapeCapability } from './escape-capability.ts';
import { escapeHostPath } from './escape-host-path.ts';
import { escapeHostPid } from './escape-host-pid.ts';
import { escapeHostProcess } from './escape-host-process.ts';
import { escapePrivileged } from './escape-privileged.ts';
import { externalIp } from './external-ip.ts';
import { gatewayAttach } from './gateway-attach.ts';
import { gatewayExposed } from './gateway-exposed.ts';
import { gcpAdministrator } from './gcp-administrator.ts';
import { gcpDirectGrant } from './gcp-direct-grant.ts';
import { gcpImpersonate } from './gcp-impersonate.ts';
import { gcpInstanceMetadata } from './gcp-instance-metadata.ts';
import { gcpPermission } from './gcp-permission.ts';
import { gcpWorkloadIdentity } from './gcp-workload-identity.ts';
import { gkeAccess } from './gke-access.ts';
import { grants } from './grants.ts';
import { holdsToken } from './holds-token.ts';
import { hostIpc } from './host-ipc.ts';
import { hostNetwork } from './host-network.ts';
import { hostPathRead } from './host-path-read.ts';
import { hostPort } from './host-port.ts';
import { hosts } from './hosts.ts';
import { impersonateServiceAccount } from './impersonate-service-account.ts';
import { impersonateUserGroup } from './impersonate-user-group.ts';
import { ingressExposed } from './ingress-exposed.ts';
import { ingressRoute } from './ingress-route.ts';
import { kernelModule } from './kernel-module.ts';
import { kubeletVolumeToken } from './kubelet-volume-token.ts';
import { kubeletVolumes } from './kubelet-volumes.ts';
import { loadBalancer } from './load-balancer.ts';
import { logSymlink } from './log-symlink.ts';
import { memberOf } from './member-of.ts';
import { mountsSecret } from './mounts-secret.ts';
import { mutatingPolicyControl } from './mutating-policy-control.ts';
import { namespaceAdmin } from './namespace-admin.ts';
import { namespaceAdminPods } from './namespace-admin-pods.ts';
import { namespaceRelabel } from './namespace-relabel.ts';
import { nodeCertificate } from './node-certificate.ts';
import { nodeIdentity } from './node-identity.ts';
import { nodePort } from './node-port.ts';
import { nodeProxy } from './node-proxy.ts';
import { openByHandle } from './open-by-handle.ts';
import { owns } from './owns.ts';
import { persistentVolumeCreate } from './persistent-volume-create.ts';
import { podAttach } from './pod-attach.ts';
import { podBinding } from './pod-binding.ts';
import { podCreate } from './pod-create.ts';
import { podExec } from './pod-exec.ts';
import { podIdentity } from './pod-identity.ts';
import { podIdentityException } from './pod-identity-exception.ts';
import { podPatch } from './pod-patch.ts';
import { policyWeaken } from './policy-weaken.ts';
import { portForward } from './port-forward.ts';
import { proxyHttp } from './proxy-http.ts';
import { readLogs } from './read-logs.ts';
import { relabel } from './relabel.ts';
import { roleBind } from './role-bind.ts';
import { roleEscalate } from './role-escalate.ts';
import { routeBackend } from './route-backend.ts';
import { runsAs } from './runs-as.ts';
import { runtimeSocket } from './runtime-socket.ts';
import { sccUse } from './scc-use.ts';
import { scheduledOn } from './scheduled-on.ts';
import { secretRead } from './secret-read.ts';
import { secretTokenCreate } from './secret-token-create.ts';
import { serviceEndpoint } from './service-endpoint.ts';
import { serviceExternalIp } from './service-external-ip.ts';
import { staticPod } from './static-pod.ts';
import { stealPods } from './steal-pods.ts';
import { storageClassCreate } from './storage-class-create.ts';
import type { Technique } from './technique.ts';
import { tokenFor } from './token-for.ts';
import { tokenMint } from './token-mint.ts';
import { trustConfigMap } from './trust-config-map.ts';
import { weakCapability } from './weak-capability.ts';
import { webhookControl } from './webhook-control.ts';
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
  'escape-host-process': escapeHostProcess,
  'kernel-module': kernelModule,
  'open-by-handle': openByHandle,
  'weak-capability': weakCapability,
  'host-path-read': hostPathRead,
  'core-pattern': corePattern,
  'static-pod': staticPod,
  'log-symlink': logSymlink,
  'kubelet-volumes': kubeletVolumes,
  // Leads to the volumes of all nodes, so before what lies in them.
  'node-certificate': nodeCertificate,
  'host-ipc': hostIpc,
  'host-network': hostNetwork,
  'kubelet-volume-token': kubeletVolumeToken,
  'steal-pods': stealPods,
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
  'pod-attach': podAttach,
  'port-forward': portForward,
  'proxy-http': proxyHttp,
  'read-logs': readLogs,
  relabel,
  'secret-token-create': secretTokenCreate,
  'constrained-impersonation': constrainedImpersonation,
  'certificate-approve': certificateApprove,
  'certificate-sign': certificateSign,
  'bootstrap-token-create': bootstrapTokenCreate,
  'dangling-subject-claim': danglingSubjectClaim,
  'aws-auth-patch': awsAuthPatch,
  'webhook-control': webhookControl,
  'mutating-policy-control': mutatingPolicyControl,
  'api-service-control': apiServiceControl,
  'crd-conversion': crdConversion,
  'pod-identity-exception': podIdentityException,
  'service-external-ip': serviceExternalIp,
  'endpoint-repoint': endpointRepoint,
  'dns-takeover': dnsTakeover,
  'trust-config-map': trustConfigMap,
  'policy-weaken': policyWeaken,
  'controller-deputy': controllerDeputy,
  'load-balancer': loadBalancer,
  'node-port': nodePort,
  'external-ip': externalIp,
  'ingress-exposed': ingressExposed,
  'ingress-route': ingressRoute,
  'gateway-exposed': gatewayExposed,
  'gateway-attach': gatewayAttach,
  'route-backend': routeBackend,
  'service-endpoint': serviceEndpoint,
  'host-port': hostPort,
  'namespace-relabel': namespaceRelabel,
  'persistent-volume-create': persistentVolumeCreate,
  'pod-binding': podBinding,
  'scc-use': sccUse,
  'storage-class-create': storageClassCreate,
  // Once every administrator of a namespace is known.
  'namespace-admin-pods': namespaceAdminPods,
  contains,
};
