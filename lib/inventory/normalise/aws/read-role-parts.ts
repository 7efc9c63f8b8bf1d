import type { z } from 'zod';
import { splitArn } from '../aws-arn.ts';
import type { AwsOrigin } from '../aws-origin.ts';
import * as shapes from './iam-shapes.ts';
import { type AwsReader, isTruncated, malformedGap, readDocument, reader } from './reader.ts';
import { readRoles } from './role-reading.ts';
import type { AwsRolePart, AwsSink } from './sink.ts';

/** Answers about a single role, and about OIDC providers, which name what they are about in part only. */
export const IAM_PART_READERS: readonly AwsReader[] = [
  reader({
    keys: ['Role'],
    everyday: true,
    shape: shapes.getRoleShape,
    read(answer, { file }, sink) {
      const parsed = shapes.roleShape.safeParse(answer.Role);
      if (parsed.success && splitArn(parsed.data.Arn) !== undefined) readRoles([answer.Role], { file, pointer: '/Role', sink });
      else sink.gap(malformedGap('iam role', { file, pointer: '/Role', why: parsed.error?.issues[0]?.message ?? 'no ARN of a role' }));
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
];

function readRolePolicy(answer: z.output<typeof shapes.getRolePolicyShape>, origin: AwsOrigin, sink: AwsSink): void {
  const what = `inline policy ${answer.PolicyName} of role ${answer.RoleName}`;
  const document = readDocument(answer.PolicyDocument, what, { file: origin.file, pointer: '/PolicyDocument', sink });
  addRolePart({ inlinePolicy: { name: answer.PolicyName, document } }, { ...origin, resource: answer.RoleName }, sink);
}

/** Where neither answer nor path says whose role it is, nothing can be added to anything: a gap. */
function addRolePart(part: Omit<AwsRolePart, 'account' | 'role'>, origin: AwsOrigin, sink: AwsSink): void {
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
