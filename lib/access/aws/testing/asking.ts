import type {
  AwsGroup,
  AwsManagedPolicy,
  AwsOrganization,
  AwsResourcePolicy,
  AwsRole,
  AwsUser,
  PolicyDocument,
} from '../../../inventory/aws.ts';
import { splitArn } from '../../../inventory/normalise/aws-arn.ts';
import { readPolicyDocument } from '../../../inventory/normalise/aws-policy-document.ts';
import type { AccessQuestion } from '../access.ts';
import { type AwsIndex, indexAws } from '../aws-index.ts';
import { statedContext } from '../request-context.ts';
import { ACCOUNT, role, roleArn, world } from './world.ts';

/** A made-up principal with everything that may have a say, and one question to it. */
export type Statement = { readonly [element: string]: unknown };

export const OTHER_ACCOUNT = '210987654321';
export const TRUST: Statement = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' };
export const ALLOW: Statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
export const DENY: Statement = { ...ALLOW, Effect: 'Deny' };
export const EVERYTHING: Statement = { Effect: 'Allow', Action: '*', Resource: '*' };

export const documentOf = (statements: unknown, Version = '2012-10-17'): PolicyDocument =>
  readPolicyDocument({ Version, Statement: statements }).document;

export interface Scene {
  readonly inline?: readonly Statement[];
  /** Content of an attached policy. */
  readonly attached?: readonly Statement[];
  /** ARNs of attached policies that were not read. */
  readonly unread?: readonly string[];
  readonly boundary?: readonly Statement[] | 'unread';
  /** From the account up: statements, or what was not read. */
  readonly levels?: readonly (readonly Statement[] | 'unread')[];
  readonly session?: readonly Statement[];
  /** Policy of the resource, or that it has none; undefined: not read. */
  readonly resourcePolicy?: readonly Statement[] | 'none';
  readonly resourceAccount?: string;
  readonly path?: string;
  readonly tags?: { readonly [key: string]: string };
  readonly trust?: Statement;
  /** A user with these policies instead of a role; `groups` have the statements. */
  readonly user?: { readonly groups?: { readonly [name: string]: readonly Statement[] }; readonly inGroups?: readonly string[] };
  readonly action?: string;
  readonly resource?: string;
  /** Undefined: nothing is said of the request. */
  readonly context?: { readonly [key: string]: string | readonly string[] };
  readonly management?: string;
  /** The account said that it belongs to no organisation. */
  readonly withoutOrganization?: true;
}

export const SELF = roleArn('app');
export const SELF_USER = `arn:aws:iam::${ACCOUNT}:user/ann`;

function managed(name: string, statements: readonly Statement[]): AwsManagedPolicy {
  return {
    arn: `arn:aws:iam::${ACCOUNT}:policy/${name}`,
    name,
    document: documentOf(statements),
    documentPointer: '/PolicyVersionList/0/Document',
  };
}

function organizationOf(levels: NonNullable<Scene['levels']>, management: string): AwsOrganization {
  const ids = [ACCOUNT, ...levels.slice(1).map((_, at) => (at === levels.length - 2 ? 'r-root' : `ou-${at}`))];
  return {
    id: 'o-test',
    managementAccount: management,
    policies: levels.flatMap((level, at) =>
      level === 'unread' ? [] : [{ id: `p-${at}`, name: `level-${at}`, document: documentOf(level) }],
    ),
    parents: new Map(ids.slice(0, -1).map((id, at) => [id, ids[at + 1] as string])),
    attachments: new Map(ids.flatMap((id, at) => (levels[at] === 'unread' ? [] : [[id, [`p-${at}`]] as const]))),
  };
}

function userOf(scene: Scene): { readonly user: AwsUser; readonly groups: readonly AwsGroup[] } {
  const groups = Object.entries(scene.user?.groups ?? {}).map(
    ([name, statements]): AwsGroup => ({
      arn: `arn:aws:iam::${ACCOUNT}:group/${name}`,
      account: ACCOUNT,
      name,
      inlinePolicies: [{ name: `of-${name}`, document: documentOf(statements) }],
      attachedPolicies: [],
    }),
  );
  const { trust: _trust, policiesUnknown: _unknown, ...principal } = roleOf(scene);
  const user: AwsUser = { ...principal, arn: SELF_USER, name: 'ann', groups: scene.user?.inGroups ?? groups.map(({ name }) => name) };
  return { user, groups };
}

function roleOf(scene: Scene): AwsRole {
  const made = role(SELF, {
    trust: scene.trust ?? TRUST,
    ...(scene.inline === undefined ? {} : { inline: { own: scene.inline } }),
    attached: [...(scene.attached === undefined ? [] : [managed('Attached', []).arn]), ...(scene.unread ?? [])],
    ...(scene.boundary === undefined ? {} : { boundary: managed('Boundary', []).arn }),
  });
  return { ...made, path: scene.path ?? '/', tags: new Map(Object.entries(scene.tags ?? {})) };
}

/** The index and the question of a scene. */
export function asking(scene: Scene): { readonly index: AwsIndex; readonly question: AccessQuestion } {
  const { user, groups } = userOf(scene);
  const principal = scene.user === undefined ? roleOf(scene) : user;
  const resource = scene.resource ?? 'arn:aws:s3:::assets/logo.png';
  const holder = splitArn(resource)?.service === 's3' ? (resource.split('/')[0] as string) : resource;
  const { resourcePolicy } = scene;
  const resourcePolicies: AwsResourcePolicy[] =
    resourcePolicy === undefined
      ? []
      : [
          {
            arn: holder,
            account: scene.resourceAccount ?? ACCOUNT,
            ...(resourcePolicy === 'none' ? {} : { document: documentOf(resourcePolicy) }),
          },
        ];
  const index = indexAws(
    world({
      roles: scene.user === undefined ? [principal as AwsRole] : [],
      users: [user],
      groups,
      resourcePolicies,
      managedPolicies: [
        ...(scene.attached === undefined ? [] : [managed('Attached', scene.attached)]),
        ...(scene.boundary === undefined || scene.boundary === 'unread' ? [] : [managed('Boundary', scene.boundary)]),
      ],
      ...(scene.withoutOrganization === undefined ? {} : { accountsWithoutOrganization: [ACCOUNT] }),
      ...(scene.levels === undefined ? {} : { organization: organizationOf(scene.levels, scene.management ?? '999999999999') }),
    }),
  );
  const keys = scene.context === undefined ? undefined : Object.entries(scene.context);
  return {
    index,
    question: {
      principal,
      action: scene.action ?? 's3:GetObject',
      resource,
      ...(keys === undefined
        ? {}
        : { context: statedContext(new Map(keys.map(([key, value]) => [key, typeof value === 'string' ? [value] : value]))) }),
      ...(scene.session === undefined ? {} : { sessionPolicies: [documentOf(scene.session)] }),
    },
  };
}
