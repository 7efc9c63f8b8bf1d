import type { AzureFederatedCredential, AzureIdentity } from '../../inventory/azure.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { CloudEvidence } from '../cloud/link.ts';
import { writtenIn } from '../pod/written-in.ts';
import { annotatedClient } from './annotated-link.ts';
import { type AzureIndex, indexAzure } from './azure-index.ts';
import { credentialEvidence } from './federated-credential.ts';
import { POD_LABEL } from './injection.ts';
import { linkFacts } from './link-facts.ts';
import { scopeName } from './resource-scope.ts';

/** Something in an Azure account that does not work, or works otherwise than it looks. */
export interface AzureWarning {
  readonly provider: 'azure';
  readonly code:
    | 'deleted-principal'
    | 'wildcard-in-subject'
    | 'subject-no-service-account'
    | 'other-cluster'
    | 'pod-label-missing'
    | 'flexible-credential';
  readonly says: string;
  readonly evidence: readonly CloudEvidence[];
}

/** Warnings about role assignments, federated credentials and pods; sorted by code, then as the inventory is. */
export function azureWarnings(inventory: Inventory): AzureWarning[] {
  const index = indexAzure(inventory);
  const found = [...deletedPrincipals(index), ...credentialWarnings(inventory, index), ...unlabelledPods(inventory)];
  return found.sort((one, other) => (one.code < other.code ? -1 : one.code > other.code ? 1 : 0));
}

/** Everybody whom the data knows, in lower case. */
function knownPrincipals({ azure }: AzureIndex): ReadonlySet<string> {
  const ids = [
    ...azure.identities.flatMap(({ principalId }) => principalId ?? []),
    ...azure.servicePrincipals.map(({ id }) => id),
    ...azure.clusters.flatMap(({ principalId, kubeletIdentity }) => [principalId ?? '', kubeletIdentity?.objectId ?? '']),
  ];
  return new Set(ids.map((id) => id.toLowerCase()));
}

/**
 * Assignments of service principals that are no more: harmless, and litter. Only where service principals and managed identities were
 * read, for otherwise that one is not there says nothing. Source: https://learn.microsoft.com/azure/role-based-access-control/troubleshooting
 */
function* deletedPrincipals(index: AzureIndex): Generator<AzureWarning> {
  const { azure } = index;
  if (!azure.servicePrincipalsRead || azure.subscriptions.length === 0) return;
  const known = knownPrincipals(index);
  for (const { id, principalId, principalType, scope } of azure.roleAssignments) {
    if (principalType !== 'ServicePrincipal' || known.has(principalId.toLowerCase())) continue;
    const says = `A role at ${scopeName(scope)} is assigned to principal \`${principalId}\`, which is not among the service principals that were read: it was deleted.`;
    yield {
      provider: 'azure',
      code: 'deleted-principal',
      says,
      evidence: [{ kind: 'AzureRoleAssignment', name: id, pointer: '/properties/principalId', says: `names \`${principalId}\`` }],
    };
  }
}

function* credentialWarnings(inventory: Inventory, index: AzureIndex): Generator<AzureWarning> {
  const facts = linkFacts(inventory);
  const issuers = new Map(inventory.azure.clusters.flatMap(({ issuer, name }) => (issuer === undefined ? [] : [[issuer, name]])));
  for (const credential of inventory.azure.federatedCredentials) {
    const identity = index.identities.get(credential.identity.toLowerCase());
    if (identity === undefined) continue;
    const own = credential.issuer === facts.issuer;
    const other = own ? undefined : issuers.get(credential.issuer);
    if (other !== undefined) {
      const says = `Identity \`${identity.name}\` lets in \`${credential.subject ?? credential.expression}\` of cluster ${other}.`;
      yield warning('other-cluster', says, credentialEvidence(credential, identity, 'issuer', `trusts the issuer of cluster ${other}`));
    }
    yield* subjectWarnings(credential, identity, own);
  }
}

const warning = (code: AzureWarning['code'], says: string, ...evidence: CloudEvidence[]): AzureWarning => ({
  provider: 'azure',
  code,
  says,
  evidence,
});

function* subjectWarnings(credential: AzureFederatedCredential, identity: AzureIdentity, own: boolean): Generator<AzureWarning> {
  const { subject, expression } = credential;
  if (expression !== undefined && own) {
    const says = `Identity \`${identity.name}\` lets in every service account that fits \`${expression}\`.`;
    yield warning(
      'flexible-credential',
      says,
      credentialEvidence(credential, identity, 'claimsMatchingExpression', 'lets in more than one subject'),
    );
  }
  if (subject === undefined) return;
  const evidence = credentialEvidence(credential, identity, 'subject', `names \`${subject}\``);
  if (subject.startsWith('system:serviceaccount:') && /[*?]/.test(subject)) {
    yield warning(
      'wildcard-in-subject',
      `Credential \`${credential.name}\` of \`${identity.name}\` never fits: \`*\` is no wildcard in a subject.`,
      evidence,
    );
  } else if (own && !/^system:serviceaccount:[^:]+:[^:]+$/.test(subject)) {
    yield warning(
      'subject-no-service-account',
      `Credential \`${credential.name}\` of \`${identity.name}\` trusts this cluster and names no service account.`,
      evidence,
    );
  }
}

/** Pods of annotated service accounts without the label, where no pod of theirs has it: the annotation alone does nothing. */
function* unlabelledPods(inventory: Inventory): Generator<AzureWarning> {
  const { injections } = linkFacts(inventory);
  for (const account of inventory.kubernetes.serviceAccounts) {
    const injection = injections.get(`${account.namespace}/${account.name}`);
    if (annotatedClient(account) === undefined || injection?.state !== 'no-label') continue;
    const says = `Service account \`${account.namespace}/${account.name}\` is annotated, and its pods have no label ${POD_LABEL}: "true".`;
    yield warning('pod-label-missing', says, {
      ...writtenIn(injection.pod, injection.pod.labels.size === 0 ? '/metadata' : '/metadata/labels'),
      says: 'has no such label',
    });
  }
}
