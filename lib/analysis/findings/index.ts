import { automountUnused } from './automount-unused.ts';
import { boundToEveryone } from './bound-to-everyone.ts';
import { brokenLink } from './broken-link.ts';
import { cloudAdminWorkload } from './cloud-admin-workload.ts';
import { clusterAdminWorkload } from './cluster-admin-workload.ts';
import { credentialInEnvironment } from './credential-in-environment.ts';
import { danglingBinding } from './dangling-binding.ts';
import { danglingSubject } from './dangling-subject.ts';
import { defaultAccountUsed } from './default-account-used.ts';
import { enforceMountableSecrets } from './enforce-mountable-secrets.ts';
import { escapeToControlPlane } from './escape-to-control-plane.ts';
import { execEverywhere } from './exec-everywhere.ts';
import { exposedCloudAdmin } from './exposed-cloud-admin.ts';
import { exposedClusterAdmin } from './exposed-cluster-admin.ts';
import { exposedSecretReader } from './exposed-secret-reader.ts';
import type { Finding } from './finding.ts';
import { kubeconfigInPod } from './kubeconfig-in-pod.ts';
import { legacyTokenSecret } from './legacy-token-secret.ts';
import { longLivedToken } from './long-lived-token.ts';
import { namespaceWithoutNetworkPolicy } from './namespace-without-network-policy.ts';
import { noAudienceCondition } from './no-audience-condition.ts';
import { nodesProxy } from './nodes-proxy.ts';
import { openTrust } from './open-trust.ts';
import { podSecurity } from './pod-security.ts';
import { pullSecretSpread } from './pull-secret-spread.ts';
import { riskyRules } from './risky-rules.ts';
import { riskyVerbs } from './risky-verbs.ts';
import { secretsReadableClusterWide } from './secrets-readable-cluster-wide.ts';
import { sharedAccount } from './shared-account.ts';
import { staticCloudKey } from './static-cloud-key.ts';
import { tokenWithoutAudience } from './token-without-audience.ts';
import { unusedAccount } from './unused-account.ts';
import { unusedLink } from './unused-link.ts';
import { unusedRole } from './unused-role.ts';
import { wideCloudGrant } from './wide-cloud-grant.ts';
import { wildcardRole } from './wildcard-role.ts';
import { wrongAudience } from './wrong-audience.ts';

const REGISTRY = [
  exposedClusterAdmin,
  exposedCloudAdmin,
  clusterAdminWorkload,
  cloudAdminWorkload,
  escapeToControlPlane,
  openTrust,
  boundToEveryone,
  exposedSecretReader,
  secretsReadableClusterWide,
  riskyVerbs,
  wildcardRole,
  execEverywhere,
  nodesProxy,
  riskyRules,
  podSecurity,
  credentialInEnvironment,
  wideCloudGrant,
  legacyTokenSecret,
  staticCloudKey,
  kubeconfigInPod,
  defaultAccountUsed,
  sharedAccount,
  unusedAccount,
  automountUnused,
  longLivedToken,
  tokenWithoutAudience,
  namespaceWithoutNetworkPolicy,
  noAudienceCondition,
  wrongAudience,
  brokenLink,
  unusedLink,
  danglingSubject,
  danglingBinding,
  unusedRole,
  pullSecretSpread,
  enforceMountableSecrets,
] as const;

export type FindingId = (typeof REGISTRY)[number]['id'];

/** The second registry: what should not be so. In this order where two are equally bad. */
export const findings: readonly Finding<FindingId>[] = REGISTRY;

export const FINDING_IDS: readonly FindingId[] = REGISTRY.map(({ id }) => id);
