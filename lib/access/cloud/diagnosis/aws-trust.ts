import type { PodIdentityAssociation } from '../../../inventory/aws.ts';
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

/** The change of a role's trust policy, or of the association, that lets the service account in. */
export function awsTrustFix(facts: ChainFacts): Remedy {
  const { link, world, namespace, name } = facts;
  if (link.code === 'explicit-deny')
    return {
      says: 'a Deny keeps it out: if that is not on purpose, take it out of the Deny statement',
      command: command('aws', 'iam', 'get-role', `--role-name=${roleName(link.identity)}`, '--query=Role.AssumeRolePolicyDocument'),
    };
  if (link.method !== 'pod-identity') return trustExactly(link.identity, webIdentityStatement(facts));
  const association = world.associations
    .get(`${namespace}/${name}`)
    ?.find(({ roleArn, targetRoleArn }) => [roleArn, targetRoleArn].includes(link.identity));
  if (association === undefined) return trustExactly(link.identity, podIdentityStatement(undefined));
  if (link.code === 'session-tags-disabled') return switchTagsOn(association);
  if (association.targetRoleArn === link.identity) return trustFirstRole(association, link.code);
  return trustExactly(link.identity, podIdentityStatement(association));
}

function trustExactly(arn: string, statement: object): Remedy {
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

function switchTagsOn({ arn, clusterName }: PodIdentityAssociation): Remedy {
  const words = [`--cluster-name=${clusterName}`, `--association-id=${roleName(arn)}`, '--no-disable-session-tags'];
  return {
    says: 'switch the session tags of the association on',
    command: command('aws', 'eks', 'update-pod-identity-association', ...words),
  };
}

/** Both sides of a role chain have to agree; source: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html */
function trustFirstRole(association: PodIdentityAssociation, code: string): Remedy {
  const { roleArn, targetRoleArn = '', disableSessionTags } = association;
  const actions = disableSessionTags ? ['sts:AssumeRole'] : ['sts:AssumeRole', 'sts:TagSession'];
  if (code === 'no-identity-allow') {
    const document = trustDocument({ Effect: 'Allow', Action: actions, Resource: targetRoleArn });
    const words = [`--role-name=${roleName(roleArn)}`, '--policy-name=assume-target', `--policy-document=${document}`];
    return { says: 'let the first role assume the target', command: command('aws', 'iam', 'put-role-policy', ...words) };
  }
  const condition = disableSessionTags ? {} : { Condition: { StringEquals: tagsOf(association) } };
  return trustExactly(targetRoleArn, { Effect: 'Allow', Principal: { AWS: roleArn }, Action: actions, ...condition });
}
