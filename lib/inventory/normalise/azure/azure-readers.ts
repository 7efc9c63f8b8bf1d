import type { z } from 'zod';
import type { AksCluster, AzureFederatedCredential, AzurePermission } from '../../azure.ts';
import { isObject, type RawObject } from '../field-reader.ts';
import type { AzureList, AzureOrigin } from './azure-origin.ts';
import {
  applicationShape,
  clusterShape,
  credentialShape,
  denyAssignmentShape,
  groupMemberShape,
  identityShape,
  type PermissionShape,
  roleAssignmentShape,
  roleDefinitionShape,
  servicePrincipalShape,
} from './azure-shapes.ts';
import { type AzureSink, subscriptionOf } from './azure-sink.ts';

/** What a record says of the list it stands in: the subscription that it lies in, the identity that it belongs to. */
export interface RecordPlace {
  readonly subscription?: string;
  readonly owner?: string;
}

/** Takes one record whose shape was checked. */
interface Reader<Shape extends z.ZodType = z.ZodType> {
  readonly shape: Shape;
  read(record: z.output<Shape>, origin: AzureOrigin, sink: AzureSink): RecordPlace;
}

const reader = <Shape extends z.ZodType>(shape: Shape, read: Reader<Shape>['read']): Reader => ({ shape, read }) as unknown as Reader;

/** `{[key]: value}`, or nothing where the API says null, nothing or the empty text. */
function given<Key extends string, Value>(key: Key, value: Value | null | undefined): { readonly [K in Key]?: Value } {
  return value === undefined || value === null || value === '' ? {} : ({ [key]: value } as { [K in Key]: Value });
}

const permission = (from: PermissionShape): AzurePermission => ({
  actions: from.actions ?? [],
  notActions: from.notActions ?? [],
  dataActions: from.dataActions ?? [],
  notDataActions: from.notDataActions ?? [],
  ...given('condition', from.condition),
});

/** The subscription that was asked, else the one that the record lies in. */
function listedFor(id: string, { subscription }: AzureOrigin): readonly string[] {
  const found = subscription ?? subscriptionOf(id);
  return found === undefined ? [] : [found];
}

const placed = (id: string, owner?: string): RecordPlace => ({ ...given('subscription', subscriptionOf(id)), ...given('owner', owner) });

function aadOf(profile: z.output<typeof clusterShape>['aadProfile']): NonNullable<AksCluster['aad']> | undefined {
  if (profile === undefined || profile === null) return undefined;
  return {
    azureRbac: (profile.enableAzureRBAC ?? profile.enableAzureRbac) === true,
    adminGroups: profile.adminGroupObjectIDs ?? profile.adminGroupObjectIds ?? [],
  };
}

function clusterOf(from: z.output<typeof clusterShape>): AksCluster {
  const kubelet = from.identityProfile?.kubeletidentity;
  const { oidcIssuerProfile: oidc } = from;
  return {
    id: from.id,
    name: from.name,
    ...given('issuer', oidc?.issuerURL ?? oidc?.issuerUrl),
    oidcEnabled: oidc?.enabled === true,
    workloadIdentityEnabled: from.securityProfile?.workloadIdentity?.enabled === true,
    ...given('nodeResourceGroup', from.nodeResourceGroup),
    ...(kubelet
      ? {
          kubeletIdentity: {
            ...given('resourceId', kubelet.resourceId),
            ...given('clientId', kubelet.clientId),
            ...given('objectId', kubelet.objectId),
          },
        }
      : {}),
    ...given('principalId', from.identity?.principalId),
    ...given('tenantId', from.identity?.tenantId),
    ...given('fqdn', from.fqdn ?? from.privateFQDN ?? from.privateFqdn),
    ...given('privateCluster', from.apiServerAccessProfile?.enablePrivateCluster),
    ...given('aad', aadOf(from.aadProfile)),
    ...given('localAccountsDisabled', from.disableLocalAccounts),
  };
}

/** A credential's own id ends in `/federatedIdentityCredentials/NAME`; what stands before is the identity. */
function ownerOfCredential(id: string): string | undefined {
  const at = id.toLowerCase().lastIndexOf('/federatedidentitycredentials/');
  return at > 0 ? id.slice(0, at) : undefined;
}

function readCredential(from: z.output<typeof credentialShape>, origin: AzureOrigin, sink: AzureSink): RecordPlace {
  const credential: Omit<AzureFederatedCredential, 'identity'> = {
    id: from.id ?? '',
    name: from.name ?? '',
    issuer: from.issuer,
    ...given('subject', from.subject),
    audiences: from.audiences ?? [],
    ...given('expression', from.claimsMatchingExpression?.value),
    ...given('expressionVersion', from.claimsMatchingExpression?.languageVersion),
  };
  const identity = ownerOfCredential(credential.id);
  if (identity !== undefined) sink.credential({ ...credential, identity });
  else sink.unplacedCredential({ credential, owner: origin.resource ?? '', file: origin.file });
  return placed(credential.id, identity);
}

const READERS: Readonly<Record<AzureList, Reader>> = {
  identities: reader(identityShape, (from, _origin, sink) => {
    const { id, name } = from;
    // Just made, an identity has neither id yet; nothing can name it.
    if (from.clientId)
      sink.identity({
        kind: 'managed-identity',
        name,
        clientId: from.clientId,
        ...given('principalId', from.principalId),
        ...given('tenantId', from.tenantId),
        resourceId: id,
      });
    return placed(id);
  }),
  'identity-credentials': reader(credentialShape, readCredential),
  'application-credentials': reader(credentialShape, readCredential),
  applications: reader(applicationShape, ({ id, appId, displayName, signInAudience }, _origin, sink) => {
    const foreign = typeof signInAudience === 'string' && signInAudience !== 'AzureADMyOrg';
    sink.application({ name: displayName || appId, clientId: appId, resourceId: id, ...(foreign ? { multiTenant: true } : {}) });
    return {};
  }),
  'service-principals': reader(servicePrincipalShape, ({ id, appId, displayName, servicePrincipalType }, _origin, sink) => {
    sink.servicePrincipal({ id, appId, ...given('name', displayName), ...given('type', servicePrincipalType) });
    return {};
  }),
  'group-members': reader(groupMemberShape, ({ id }, { resource }, sink) => {
    if (resource !== undefined) sink.member(resource, id);
    return {};
  }),
  'role-definitions': reader(roleDefinitionShape, (from, _origin, sink) => {
    const custom = (from.roleType ?? from.type) === 'CustomRole';
    sink.roleDefinition({
      id: from.id,
      name: from.name,
      roleName: from.roleName || from.name,
      custom,
      permissions: from.permissions.map(permission),
    });
    return placed(from.id);
  }),
  'role-assignments': reader(roleAssignmentShape, (from, origin, sink) => {
    const { id, roleDefinitionId, principalId, scope } = from;
    sink.roleAssignment({
      id,
      roleDefinitionId,
      principalId,
      scope,
      ...given('principalType', from.principalType),
      ...given('condition', from.condition),
      listedFor: listedFor(id, origin),
    });
    return placed(id);
  }),
  'deny-assignments': reader(denyAssignmentShape, (from, origin, sink) => {
    const { id, principals } = from;
    const person = ({ id, type }: { id: string; type?: string | null | undefined }) => ({ id, ...given('type', type) });
    sink.denyAssignment({
      id,
      name: from.denyAssignmentName || from.name || id,
      scope: from.scope ?? scopeOfExtension(id),
      permissions: from.permissions.map(permission),
      principals: principals.map(person),
      excludePrincipals: (from.excludePrincipals ?? []).map(person),
      doNotApplyToChildScopes: from.doNotApplyToChildScopes === true,
      ...given('condition', from.condition),
      listedFor: listedFor(id, origin),
    });
    return placed(id);
  }),
  clusters: reader(clusterShape, (from, _origin, sink) => {
    sink.cluster(clusterOf(from));
    return placed(from.id);
  }),
};

/** What an id of Microsoft.Authorization hangs on: what stands before its last `/providers/`; `/` for the root. */
function scopeOfExtension(id: string): string {
  const at = id.toLowerCase().lastIndexOf('/providers/microsoft.authorization/');
  return at > 0 ? id.slice(0, at) : '/';
}

export const readerOf = (list: AzureList): Reader => READERS[list];

/** Resource types in lower case: what a record's `type`, or its id, says. */
const TYPES = new Map<string, AzureList>([
  ['microsoft.managedidentity/userassignedidentities', 'identities'],
  ['microsoft.managedidentity/userassignedidentities/federatedidentitycredentials', 'identity-credentials'],
  ['microsoft.authorization/roledefinitions', 'role-definitions'],
  ['microsoft.authorization/roleassignments', 'role-assignments'],
  ['microsoft.authorization/denyassignments', 'deny-assignments'],
  ['microsoft.containerservice/managedclusters', 'clusters'],
]);

/** Resource type of an id, in lower case: `/subscriptions/S/…/providers/P/t1/n1/t2/n2` is `p/t1/t2`. */
function typeOfId(id: string): string | undefined {
  const at = id.toLowerCase().lastIndexOf('/providers/');
  if (at < 0) return undefined;
  const [provider, ...parts] = id
    .toLowerCase()
    .slice(at + '/providers/'.length)
    .split('/', 20);
  return [provider, ...parts.filter((_, index) => index % 2 === 0)].join('/');
}

/** Which list a record belongs to, told by its content and only then by its path. Undefined: it is none that is known. */
export function listOf(record: RawObject, origin: AzureOrigin): AzureList | undefined {
  const type = typeof record.type === 'string' ? TYPES.get(record.type.toLowerCase()) : undefined;
  if (type !== undefined) return type;
  if (typeof record.id === 'string' && record.id.startsWith('/')) return TYPES.get(typeOfId(record.id) ?? '');
  if (typeof record.appId === 'string' && typeof record.id === 'string') {
    if (typeof record.servicePrincipalType === 'string') return 'service-principals';
    if (typeof record.signInAudience === 'string') return 'applications';
    return origin.list === 'applications' || origin.list === 'service-principals' ? origin.list : undefined;
  }
  if (typeof record.issuer === 'string' && Array.isArray(record.audiences)) return 'application-credentials';
  return origin.list === 'group-members' && typeof record.id === 'string' ? 'group-members' : undefined;
}

/** A record with its `properties` lifted up; `az` prints it so already. The type of the resource gives way to a property of that name. */
export function flattened(record: RawObject): RawObject {
  const { properties } = record;
  if (!isObject(properties)) return record;
  return { ...record, ...properties };
}
