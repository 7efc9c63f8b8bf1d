import { parse } from 'yaml';
import { applyChangeSet } from '../../inventory/changes/apply-change-set.ts';
import type { Change, PatchOperation } from '../../inventory/changes/change.ts';
import type { GcpBinding } from '../../inventory/gcp.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { readPolicyDocument } from '../../inventory/normalise/aws-policy-document.ts';
import type { ManifestPatch } from '../findings/finding.ts';

/** A patch of an object of the cluster as a change of what-if; strategic ones have no lists, so that they are merge patches as well. */
function changeOf({ target, type, text }: ManifestPatch): Change {
  const document: unknown = parse(text);
  if (type === 'manifest') return { change: 'apply', manifest: document };
  if (type === 'delete') return { change: 'delete', target };
  return type === 'json'
    ? { change: 'patch', target, json: document as readonly PatchOperation[] }
    : { change: 'patch', target, merge: document };
}

interface Documents {
  readonly Statement?: unknown;
  readonly ClientIDList?: readonly string[];
  readonly bindings?: readonly Omit<GcpBinding, 'index'>[];
  readonly name?: string;
  readonly issuer?: string;
  readonly subject?: string;
  readonly audiences?: readonly string[];
}

/** The inventory with what the document of a cloud says; undefined: it is one that no reading of a snapshot takes. */
function withDocument(inventory: Inventory, { target: { kind, name }, text }: ManifestPatch): Inventory | undefined {
  const document = JSON.parse(text) as Documents;
  const { aws, gcp, azure } = inventory;
  if (kind === 'AwsRole' && document.Statement !== undefined) {
    const { document: trust } = readPolicyDocument(document);
    return { ...inventory, aws: { ...aws, roles: aws.roles.map((one) => (one.arn === name ? { ...one, trust } : one)) } };
  }
  if (kind === 'AwsOidcProvider' && aws.oidcProviders.some(({ arn }) => arn === name)) {
    const clientIds = document.ClientIDList ?? [];
    return {
      ...inventory,
      aws: { ...aws, oidcProviders: aws.oidcProviders.map((one) => (one.arn === name ? { ...one, clientIds } : one)) },
    };
  }
  if (kind === 'GcpPolicy') {
    const bindings = (document.bindings ?? []).map((one, index) => ({ ...one, index }));
    return {
      ...inventory,
      gcp: { ...gcp, policies: [...gcp.policies.filter(({ resource }) => resource !== name), { resource: name, bindings }] },
    };
  }
  const identity = azure.identities.find(({ clientId }) => clientId === name)?.resourceId;
  if (kind !== 'AzureFederatedCredential' || identity === undefined) return undefined;
  const { name: own = '', issuer = '', subject = '', audiences = [] } = document;
  const credential = { id: `${identity}/federatedIdentityCredentials/${own}`, identity, name: own, issuer, subject, audiences };
  return { ...inventory, azure: { ...azure, federatedCredentials: [...azure.federatedCredentials, credential] } };
}

/** The world after all patches were made; undefined: one of them is a document that no reading of a snapshot takes. */
export function patchedWorld(inventory: Inventory, patches: readonly ManifestPatch[]): Inventory | undefined {
  const isDocument = ({ type }: ManifestPatch): boolean => type === 'document';
  const changed = applyChangeSet(inventory, patches.filter((patch) => !isDocument(patch)).map(changeOf)).inventory;
  return patches.filter(isDocument).reduce<Inventory | undefined>((world, patch) => world && withDocument(world, patch), changed);
}
