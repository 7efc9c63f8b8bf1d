import type { z } from 'zod';
import type { AwsManagedPolicy, AwsRole, PolicyDocument } from '../aws.ts';
import { splitArn } from './aws-arn.ts';
import type { AwsOrigin } from './aws-origin.ts';
import { readPolicyDocument } from './aws-policy-document.ts';
import * as shapes from './aws-shapes.ts';
import { type AwsReader, type AwsSink, malformedGap, pointerOf } from './aws-sink.ts';

/** Where a part of an answer stands, and whom it tells. */
interface Place {
  readonly file: string;
  readonly pointer: string;
  readonly sink: AwsSink;
}

function reader<Shape extends z.ZodType>(definition: AwsReader<Shape>): AwsReader {
  return definition as unknown as AwsReader;
}

/** Every kind of answer that the inventory takes something from. The first that fits is taken. */
export const AWS_READERS: readonly AwsReader[] = [
  reader({ keys: ['RoleDetailList'], shape: shapes.authorizationDetailsShape, read: readAuthorizationDetails }),
  reader({
    keys: ['Roles'],
    everyday: true,
    shape: shapes.listRolesShape,
    read(answer, origin, sink) {
      const accounts = answer.Roles.map((raw, index) => readRole(raw, { file: origin.file, pointer: `/Roles/${index}`, sink }));
      addRolePage(accounts, { answer, origin, sink });
    },
  }),
  reader({
    keys: ['Role'],
    everyday: true,
    shape: shapes.getRoleShape,
    read(answer, origin, sink) {
      readRole(answer.Role, { file: origin.file, pointer: '/Role', sink });
    },
  }),
  reader({ keys: ['RoleName', 'PolicyName', 'PolicyDocument'], shape: shapes.getRolePolicyShape, read: readRolePolicy }),
  reader({
    keys: ['AttachedPolicies'],
    commands: ['iam-list-attached-role-policies'],
    shape: shapes.listAttachedShape,
    read(answer, origin, sink) {
      if (isTruncated(answer)) return;
      addRolePart({ attachedPolicies: answer.AttachedPolicies.map((policy) => policy.PolicyArn) }, origin, sink);
    },
  }),
  reader({
    keys: ['PolicyNames'],
    commands: ['iam-list-role-policies'],
    shape: shapes.listRolePoliciesShape,
    read(answer, origin, sink) {
      if (!isTruncated(answer)) addRolePart({ inlineNames: answer.PolicyNames }, origin, sink);
    },
  }),
  reader({ keys: ['OpenIDConnectProviderList'], shape: shapes.listProvidersShape, read: readProviderList }),
  reader({
    keys: ['Url', 'ClientIDList'],
    shape: shapes.getProviderShape,
    read(answer, origin, sink) {
      const url = answer.Url.replace(/^https:\/\//, '');
      const account = origin.account === undefined ? {} : { account: origin.account };
      sink.providerOfUnknownArn({ url, clientIds: answer.ClientIDList ?? [], file: origin.file, ...account });
    },
  }),
  reader({ keys: ['cluster'], everyday: true, shape: shapes.describeClusterShape, read: readCluster }),
  reader({ keys: ['association'], everyday: true, shape: shapes.describeAssociationShape, read: readAssociation }),
  reader({ keys: ['associations'], everyday: true, shape: shapes.listAssociationsShape, read: readAssociationList }),
  reader({
    keys: ['Account', 'Arn', 'UserId'],
    shape: shapes.callerIdentityShape,
    read: (answer, _origin, sink) => sink.account(answer.Account),
  }),
];

function readAuthorizationDetails(answer: z.output<typeof shapes.authorizationDetailsShape>, origin: AwsOrigin, sink: AwsSink): void {
  const { file } = origin;
  const accounts = answer.RoleDetailList.map((raw, index) => readRole(raw, { file, pointer: `/RoleDetailList/${index}`, sink }));
  for (const [index, raw] of (answer.Policies ?? []).entries()) {
    accounts.push(readManagedPolicy(raw, { file, pointer: `/Policies/${index}`, sink }));
  }
  for (const user of answer.UserDetailList ?? []) accounts.push(accountOfArn((user as { Arn?: unknown } | null)?.Arn));
  addRolePage(accounts, { answer, origin, sink });
}

function addRolePage(
  accounts: readonly (string | undefined)[],
  from: { readonly answer: Parameters<typeof isTruncated>[0]; readonly origin: AwsOrigin; readonly sink: AwsSink },
): void {
  const account = accounts.find((candidate) => candidate !== undefined) ?? from.origin.account;
  const truncated = isTruncated(from.answer);
  from.sink.page({ list: 'roles', file: from.origin.file, truncated, ...(account === undefined ? {} : { account }) });
}

/** Returns the role's account, or undefined where the role was malformed and became a gap. */
function readRole(raw: unknown, place: Place): string | undefined {
  const parsed = shapes.roleShape.safeParse(raw);
  const arn = parsed.success ? splitArn(parsed.data.Arn) : undefined;
  if (!parsed.success || arn === undefined || !/^\d{12}$/.test(arn.account)) {
    const issue = parsed.error?.issues[0];
    const pointer = place.pointer + (issue === undefined ? '/Arn' : pointerOf(issue.path));
    place.sink.gap(malformedGap('iam role', { file: place.file, pointer, why: issue?.message ?? 'no ARN of a role' }));
    return undefined;
  }
  place.sink.role(roleOf(parsed.data, arn.account, place));
  return arn.account;
}

function roleOf(role: z.output<typeof shapes.roleShape>, account: string, place: Place): AwsRole {
  const boundary = role.PermissionsBoundary?.PermissionsBoundaryArn;
  const detailed = role.RolePolicyList != null && role.AttachedManagedPolicies != null;
  const documentAt = (pointer: string) => ({ ...place, pointer: place.pointer + pointer });
  return {
    arn: role.Arn,
    account,
    name: role.RoleName,
    path: role.Path ?? '/',
    trust: readDocument(role.AssumeRolePolicyDocument, `trust policy of ${role.Arn}`, documentAt('/AssumeRolePolicyDocument')),
    ...(boundary == null ? {} : { permissionsBoundary: boundary }),
    inlinePolicies: (role.RolePolicyList ?? []).map((policy, index) => ({
      name: policy.PolicyName,
      document: readDocument(
        policy.PolicyDocument,
        `inline policy ${policy.PolicyName} of ${role.Arn}`,
        documentAt(`/RolePolicyList/${index}/PolicyDocument`),
      ),
    })),
    attachedPolicies: (role.AttachedManagedPolicies ?? []).map((policy) => policy.PolicyArn),
    tags: new Map((role.Tags ?? []).map((tag) => [tag.Key, tag.Value])),
    ...(detailed ? {} : { policiesUnknown: true as const }),
  };
}

function readManagedPolicy(raw: unknown, place: Place): string | undefined {
  const parsed = shapes.managedPolicyShape.safeParse(raw);
  const versions = parsed.data?.PolicyVersionList ?? [];
  const index = versions.findIndex((version) => version.IsDefaultVersion === true);
  if (!parsed.success || index < 0) {
    const issue = parsed.error?.issues[0];
    const pointer = place.pointer + (issue === undefined ? '/PolicyVersionList' : pointerOf(issue.path));
    place.sink.gap(malformedGap('managed policy', { file: place.file, pointer, why: issue?.message ?? 'no default version' }));
    return undefined;
  }
  const documentPointer = `/PolicyVersionList/${index}/Document`;
  const at = { ...place, pointer: place.pointer + documentPointer };
  const policy: AwsManagedPolicy = {
    arn: parsed.data.Arn,
    name: parsed.data.PolicyName,
    document: readDocument(versions[index]?.Document, `default version of ${parsed.data.Arn}`, at),
    documentPointer,
  };
  place.sink.managedPolicy(policy);
  return accountOfArn(policy.arn);
}

function readDocument(raw: unknown, what: string, place: Place): PolicyDocument {
  const { document, problem } = readPolicyDocument(raw);
  if (problem !== undefined)
    place.sink.gap(malformedGap(what, { file: place.file, pointer: place.pointer + problem.pointer, why: problem.why }));
  return document;
}

function readRolePolicy(answer: z.output<typeof shapes.getRolePolicyShape>, origin: AwsOrigin, sink: AwsSink): void {
  const what = `inline policy ${answer.PolicyName} of role ${answer.RoleName}`;
  const document = readDocument(answer.PolicyDocument, what, { file: origin.file, pointer: '/PolicyDocument', sink });
  addRolePart({ inlinePolicy: { name: answer.PolicyName, document } }, { ...origin, resource: answer.RoleName }, sink);
}

/** Where neither answer nor path says whose role it is, nothing can be added to anything: a gap. */
function addRolePart(part: Omit<Parameters<AwsSink['rolePart']>[0], 'account' | 'role'>, origin: AwsOrigin, sink: AwsSink): void {
  if (origin.account !== undefined && origin.resource !== undefined) {
    sink.rolePart({ account: origin.account, role: origin.resource, ...part });
    return;
  }
  sink.gap({
    source: 'aws',
    what: 'policies of a role',
    where: origin.file,
    why: 'neither the answer nor its path says which role of which account it is about',
    remedy: 'store the answer as ACCOUNT/COMMAND/ROLE.json, or store `aws iam get-account-authorization-details` instead',
    file: origin.file,
  });
}

function readProviderList(answer: z.output<typeof shapes.listProvidersShape>, origin: AwsOrigin, sink: AwsSink): void {
  let account = origin.account;
  for (const [index, { Arn: text }] of answer.OpenIDConnectProviderList.entries()) {
    const arn = splitArn(text);
    if (arn === undefined || !arn.resource.startsWith('oidc-provider/')) {
      const pointer = `/OpenIDConnectProviderList/${index}/Arn`;
      sink.gap(malformedGap('oidc provider', { file: origin.file, pointer, why: 'no ARN of an OIDC provider' }));
      continue;
    }
    account = arn.account;
    sink.oidcProvider({ arn: text, account, url: arn.resource.slice('oidc-provider/'.length) });
  }
  sink.providersListed(account);
}

function readCluster({ cluster }: z.output<typeof shapes.describeClusterShape>, origin: AwsOrigin, sink: AwsSink): void {
  const arn = splitArn(cluster.arn);
  if (arn === undefined) {
    sink.gap(malformedGap('eks cluster', { file: origin.file, pointer: '/cluster/arn', why: 'no ARN' }));
    return;
  }
  const issuer = cluster.identity?.oidc?.issuer;
  sink.eksCluster({
    arn: cluster.arn,
    account: arn.account,
    region: arn.region,
    name: cluster.name,
    ...(issuer == null ? {} : { issuer }),
    ...(cluster.version == null ? {} : { version: cluster.version }),
    ...(cluster.endpoint == null ? {} : { endpoint: cluster.endpoint }),
  });
}

function readAssociation({ association }: z.output<typeof shapes.describeAssociationShape>, origin: AwsOrigin, sink: AwsSink): void {
  const arn = splitArn(association.associationArn);
  if (arn === undefined) {
    sink.gap(malformedGap('pod identity association', { file: origin.file, pointer: '/association/associationArn', why: 'no ARN' }));
    return;
  }
  const { targetRoleArn, externalId, policy } = association;
  const at = { file: origin.file, pointer: '/association/policy', sink };
  sink.podIdentityAssociation({
    arn: association.associationArn,
    account: arn.account,
    region: arn.region,
    clusterName: association.clusterName,
    namespace: association.namespace,
    serviceAccount: association.serviceAccount,
    roleArn: association.roleArn,
    ...(targetRoleArn == null ? {} : { targetRoleArn }),
    disableSessionTags: association.disableSessionTags ?? false,
    ...(externalId == null ? {} : { externalId }),
    ...(policy == null ? {} : { policy: readDocument(policy, `session policy of ${association.associationArn}`, at) }),
  });
}

function readAssociationList(answer: z.output<typeof shapes.listAssociationsShape>, origin: AwsOrigin, sink: AwsSink): void {
  const { file } = origin;
  for (const { associationArn: arn, clusterName, namespace, serviceAccount } of answer.associations) {
    sink.associationListed({ arn, clusterName, namespace, serviceAccount, file });
  }
  const first = answer.associations[0];
  const account = (first === undefined ? undefined : splitArn(first.associationArn)?.account) ?? origin.account;
  const cluster = first?.clusterName ?? origin.resource;
  sink.page({
    list: 'associations',
    file,
    truncated: answer.nextToken != null || answer.NextToken != null,
    ...(account === undefined ? {} : { account }),
    ...(cluster === undefined ? {} : { cluster }),
  });
}

function isTruncated(answer: {
  readonly IsTruncated?: boolean | null | undefined;
  readonly NextToken?: string | null | undefined;
}): boolean {
  return answer.IsTruncated === true || answer.NextToken != null;
}

function accountOfArn(arn: unknown): string | undefined {
  const account = typeof arn === 'string' ? splitArn(arn)?.account : undefined;
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}
