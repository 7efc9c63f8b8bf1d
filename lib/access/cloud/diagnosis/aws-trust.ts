import type { PodIdentityAssociation } from '../../../inventory/aws.ts';
import { associationCommand } from '../../aws/association-command.ts';
import { clusterArnOf } from '../../aws/pod-identity.ts';
import { command } from '../../shell.ts';
import type { ChainFacts } from './chain-facts.ts';
import type { Remedy } from './diagnosis.ts';

/** `arn:aws:iam::1:role/path/name` → `name`, which is what IAM's calls take. */
export const roleName = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** The account of a role's ARN, for `in account …`; empty where it is no ARN. */
const accountOf = (arn: string): string => /^arn:[^:]{1,20}:iam::(\d{12}):/.exec(arn)?.[1] ?? '';

/** A trust statement for exactly this service account of this cluster. */
export function webIdentityStatement({ link, namespace, name, world }: ChainFacts): object {
  const issuer = (world.inventory.cluster.issuer ?? 'https://ISSUER').replace(/^https:\/\//, '');
  const prefix = link.identity.slice(0, link.identity.indexOf(':role/'));
  return {
    Effect: 'Allow',
    Principal: { Federated: `${prefix}:oidc-provider/${issuer}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { [`${issuer}:sub`]: `system:serviceaccount:${namespace}:${name}`, [`${issuer}:aud`]: link.audience } },
  };
}

/** The one statement as a trust policy. */
export const trustDocument = (statement: object): string => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });

/** A statement that a role's trust policy has to have. */
export interface MissingTrust {
  /** ARN of the role. */
  readonly role: string;
  readonly statement: object;
}

const associationOf = ({ link, world, namespace, name }: ChainFacts): PodIdentityAssociation | undefined =>
  world.associations.get(`${namespace}/${name}`)?.find(({ roleArn, targetRoleArn }) => [roleArn, targetRoleArn].includes(link.identity));

/** What the trust policy has to say to let exactly this service account in; undefined: something else keeps it out. */
export function missingTrust(facts: ChainFacts): MissingTrust | undefined {
  const { link } = facts;
  if (link.provider !== 'aws' || link.code === 'explicit-deny') return undefined;
  if (link.method !== 'pod-identity') return { role: link.identity, statement: webIdentityStatement(facts) };
  const association = associationOf(facts);
  if (association !== undefined && link.code === 'session-tags-disabled') return undefined;
  if (association === undefined || association.targetRoleArn !== link.identity)
    return { role: link.identity, statement: podIdentityStatement(association) };
  return link.code === 'no-identity-allow' ? undefined : { role: link.identity, statement: firstRoleStatement(association) };
}

/** The change of a role's trust policy, or of the association, that lets the service account in. */
export function awsTrustFix(facts: ChainFacts): Remedy {
  const { link } = facts;
  const trust = missingTrust(facts);
  if (trust !== undefined) return trustExactly(trust);
  const association = associationOf(facts);
  if (link.code === 'explicit-deny' || association === undefined)
    return {
      says: 'a Deny keeps it out: if that is not on purpose, take it out of the Deny statement',
      command: command('aws', 'iam', 'get-role', `--role-name=${roleName(link.identity)}`, '--query=Role.AssumeRolePolicyDocument'),
    };
  return link.code === 'session-tags-disabled' ? switchTagsOn(association) : allowFirstRole(association);
}

function trustExactly({ role: arn, statement }: MissingTrust): Remedy {
  return {
    says: `let the trust policy of the role say exactly this (in account ${accountOf(arn)})`,
    command: command(
      'aws',
      'iam',
      'update-assume-role-policy',
      `--role-name=${roleName(arn)}`,
      `--policy-document=${trustDocument(statement)}`,
    ),
    sideEffect: 'it replaces the whole trust policy: add the statements that others need',
  };
}

/** With session tags the statement names the cluster and the service account; without them nothing can be asked of the request. */
function podIdentityStatement(association: PodIdentityAssociation | undefined): object {
  const base = { Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] };
  if (association === undefined || association.disableSessionTags) return base;
  return { ...base, Condition: { StringEquals: tagsOf(association) } };
}

const tagsOf = (association: PodIdentityAssociation): Record<string, string> => ({
  'aws:RequestTag/eks-cluster-arn': clusterArnOf(association),
  'aws:RequestTag/kubernetes-namespace': association.namespace,
  'aws:RequestTag/kubernetes-service-account': association.serviceAccount,
});

const switchTagsOn = (association: PodIdentityAssociation): Remedy => ({
  says: 'switch the session tags of the association on',
  command: associationCommand('update', association, '--no-disable-session-tags'),
});

/** Both sides of a role chain have to agree; source: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html */
const chainActions = ({ disableSessionTags }: PodIdentityAssociation): readonly string[] =>
  disableSessionTags ? ['sts:AssumeRole'] : ['sts:AssumeRole', 'sts:TagSession'];

function allowFirstRole(association: PodIdentityAssociation): Remedy {
  const { roleArn, targetRoleArn = '' } = association;
  const document = trustDocument({ Effect: 'Allow', Action: chainActions(association), Resource: targetRoleArn });
  const words = [`--role-name=${roleName(roleArn)}`, '--policy-name=assume-target', `--policy-document=${document}`];
  return { says: 'let the first role assume the target', command: command('aws', 'iam', 'put-role-policy', ...words) };
}

function firstRoleStatement(association: PodIdentityAssociation): object {
  const { roleArn, disableSessionTags } = association;
  const condition = disableSessionTags ? {} : { Condition: { StringEquals: tagsOf(association) } };
  return { Effect: 'Allow', Principal: { AWS: roleArn }, Action: chainActions(association), ...condition };
}
