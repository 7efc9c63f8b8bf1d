import { describe, expect, it } from 'vitest';
import { evaluateAccess } from './access.ts';
import { ALLOW, asking, DENY, EVERYTHING, OTHER_ACCOUNT, type Scene, SELF, SELF_USER, type Statement } from './testing/asking.ts';
import { ACCOUNT, roleArn } from './testing/world.ts';

const KEY = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/1111`;
const QUEUE = `arn:aws:sqs:eu-central-1:${OTHER_ACCOUNT}:orders`;
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
/** Keeps the policy's own variables apart from those of template texts. */
const D = '$';

const decrypt: Statement = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' };
const key = (resourcePolicy: Scene['resourcePolicy'], more: Scene = {}): Scene => ({
  inline: [decrypt],
  action: 'kms:Decrypt',
  resource: KEY,
  ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
  ...more,
});
const by = (principal: unknown, more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Principal: principal,
  Action: '*',
  Resource: '*',
  ...more,
});
const when = (operator: string, keyName: string, value: unknown): Statement => ({ Condition: { [operator]: { [keyName]: value } } });
const send = (more: Scene): Scene => ({
  inline: [{ ...ALLOW, Action: 'sqs:*' }],
  action: 'sqs:SendMessage',
  resource: QUEUE,
  resourceAccount: OTHER_ACCOUNT,
  ...more,
});

function answer(scene: Scene): string {
  const { index, question } = asking(scene);
  const { verdict, because, dependsOn } = evaluateAccess(index, question);
  return [verdict, because, ...dependsOn].join(' | ');
}

type Rows = readonly (readonly [name: string, scene: Scene, expected: string])[];

const OWN: Rows = [
  ['an inline Allow', { inline: [ALLOW] }, 'Allowed | inline own'],
  ['an attached Allow', { attached: [ALLOW] }, 'Allowed | Attached'],
  ['nothing', {}, 'ImplicitlyDenied | no allow'],
  ['another action', { inline: [{ ...ALLOW, Action: 's3:PutObject' }] }, 'ImplicitlyDenied | no allow'],
  ['another resource', { inline: [{ ...ALLOW, Resource: 'arn:aws:s3:::assets' }] }, 'ImplicitlyDenied | no allow'],
  ['an action in another case', { inline: [{ ...ALLOW, Action: 'S3:getobject' }] }, 'Allowed | inline own'],
  ['a resource in another case', { inline: [{ ...ALLOW, Resource: 'arn:aws:s3:::ASSETS/*' }] }, 'ImplicitlyDenied | no allow'],
  ['a Deny beside an Allow', { inline: [ALLOW, DENY] }, 'ExplicitlyDenied | inline own'],
  ['a Deny in another policy', { inline: [ALLOW], attached: [DENY] }, 'ExplicitlyDenied | Attached'],
  ['a Deny alone', { inline: [DENY] }, 'ExplicitlyDenied | inline own'],
  ['a Deny of another resource', { inline: [ALLOW, { ...DENY, Resource: 'arn:aws:s3:::other/*' }] }, 'Allowed | inline own'],
  ['NotAction that leaves it out', { inline: [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }] }, 'ImplicitlyDenied | no allow'],
  ['NotAction of another service', { inline: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }] }, 'Allowed | inline own'],
  [
    'NotResource that leaves it out',
    { inline: [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::assets/*' }] },
    'ImplicitlyDenied | no allow',
  ],
  ['NotResource of another', { inline: [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::x' }] }, 'Allowed | inline own'],
  [
    'a Deny of all but the resource',
    { inline: [ALLOW, { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::assets/*' }] },
    'Allowed | inline own',
  ],
  ['neither Resource nor NotResource', { inline: [{ Effect: 'Allow', Action: '*' }] }, 'ImplicitlyDenied | no allow'],
  ['an unread policy alone', { unread: ['P'] }, 'Conditional | condition | the policy P'],
  ['an unread policy, which may deny, beside an Allow', { inline: [ALLOW], unread: ['P'] }, 'Conditional | inline own | the policy P'],
  ['an unread policy beside a Deny', { inline: [DENY], unread: ['P'] }, 'ExplicitlyDenied | inline own'],
  ['a group of a user', { user: { groups: { devs: [ALLOW] } } }, 'Allowed | inline of-devs'],
  ['a Deny of a group', { inline: [ALLOW], user: { groups: { devs: [DENY] } } }, 'ExplicitlyDenied | inline of-devs'],
  ['a group that the user is not in', { user: { groups: { devs: [ALLOW] }, inGroups: [] } }, 'ImplicitlyDenied | no allow'],
  ['a group that was not read', { user: { inGroups: ['devs'] } }, 'Conditional | condition | the policies of group devs'],
];

const LIMITS: Rows = [
  ['a boundary that allows', { inline: [ALLOW], boundary: [EVERYTHING] }, 'Allowed | inline own and boundary'],
  ['a boundary that does not', { inline: [ALLOW], boundary: [decrypt] }, 'ImplicitlyDenied | permissions boundary'],
  [
    'a boundary that denies',
    { inline: [ALLOW], boundary: [EVERYTHING, { ...DENY, Sid: 'Never' }] },
    'ExplicitlyDenied | permissions boundary Never',
  ],
  [
    'a boundary that was not read',
    { inline: [ALLOW], boundary: 'unread' },
    `Conditional | inline own | the permissions boundary arn:aws:iam::${ACCOUNT}:policy/Boundary`,
  ],
  ['a boundary gives nothing', { boundary: [EVERYTHING] }, 'ImplicitlyDenied | no allow'],
  [
    'a boundary under a condition',
    { inline: [ALLOW], boundary: [{ ...ALLOW, ...when('IpAddress', 'aws:SourceIp', '10.0.0.0/8') }] },
    'Conditional | inline own and boundary | aws:SourceIp',
  ],
  ['a session policy that allows', { inline: [ALLOW], session: [EVERYTHING] }, 'Allowed | inline own and session policy'],
  ['a session policy that does not', { inline: [ALLOW], session: [decrypt] }, 'ImplicitlyDenied | session policy'],
  ['a session policy that denies', { inline: [ALLOW], session: [EVERYTHING, DENY] }, 'ExplicitlyDenied | session policy'],
  ['a session policy gives nothing', { session: [EVERYTHING] }, 'ImplicitlyDenied | no allow'],
  ['every level allows', { inline: [ALLOW], levels: [[EVERYTHING], [ALLOW], [EVERYTHING]] }, 'Allowed | inline own'],
  [
    'a level in the middle does not',
    { inline: [ALLOW], levels: [[EVERYTHING], [decrypt], [EVERYTHING]] },
    'ImplicitlyDenied | SCP level-1',
  ],
  ['the root denies', { inline: [ALLOW], levels: [[EVERYTHING], [EVERYTHING, DENY]] }, 'ExplicitlyDenied | SCP level-1'],
  ['an organisation gives nothing', { levels: [[EVERYTHING], [EVERYTHING]] }, 'ImplicitlyDenied | no allow'],
  [
    'a level that was not read',
    { inline: [ALLOW], levels: [[EVERYTHING], 'unread'] },
    'Conditional | inline own | the service control policies of r-root',
  ],
  ['a level that was not read beside one that denies', { inline: [ALLOW], levels: [[DENY], 'unread'] }, 'ExplicitlyDenied | SCP level-0'],
  [
    'levels above that were not read',
    { inline: [ALLOW], levels: [[EVERYTHING]] },
    `Conditional | inline own | the service control policies above ${ACCOUNT}`,
  ],
  ['the management account', { inline: [ALLOW], levels: [[DENY], [DENY]], management: ACCOUNT }, 'Allowed | inline own'],
  ['a service-linked role', { inline: [ALLOW], levels: [[DENY], [DENY]], path: '/aws-service-role/x/' }, 'Allowed | inline own'],
  [
    'a role whose path only looks like one',
    { inline: [ALLOW], levels: [[EVERYTHING, DENY], [EVERYTHING]], path: '/x/aws-service-role/' },
    'ExplicitlyDenied | SCP level-0',
  ],
  [
    'an account of no organisation, beside one that was read',
    { inline: [ALLOW], levels: [[DENY], [DENY]], withoutOrganization: true },
    'Allowed | inline own',
  ],
  ['no organisation that was read', { inline: [ALLOW] }, 'Allowed | inline own'],
];

const RESOURCES: Rows = [
  ['the role itself, without an own Allow', { resourcePolicy: [by({ AWS: SELF })] }, 'Allowed | bucket policy'],
  ['the account, without an own Allow', { resourcePolicy: [by({ AWS: ROOT })] }, 'ImplicitlyDenied | no allow'],
  ['the account and an own Allow', { inline: [ALLOW], resourcePolicy: [by({ AWS: ROOT })] }, 'Allowed | inline own'],
  ['another role', { resourcePolicy: [by({ AWS: roleArn('other') })] }, 'ImplicitlyDenied | no allow'],
  ['everyone', { resourcePolicy: [by('*')] }, 'Allowed | bucket policy'],
  [
    'everyone under a condition',
    { resourcePolicy: [by('*', when('StringEquals', 'aws:PrincipalAccount', ACCOUNT))] },
    'Allowed | bucket policy',
  ],
  [
    'everyone of another account',
    { resourcePolicy: [by('*', when('StringEquals', 'aws:PrincipalAccount', '1'))] },
    'ImplicitlyDenied | no allow',
  ],
  [
    'a session of the role',
    { resourcePolicy: [by({ AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/app/x` })] },
    'Conditional | bucket policy | the name of the role session',
  ],
  [
    'a Deny of everyone',
    { inline: [ALLOW], resourcePolicy: [by('*', { Effect: 'Deny', Sid: 'No' })] },
    'ExplicitlyDenied | bucket policy No',
  ],
  ['a Deny of another', { inline: [ALLOW], resourcePolicy: [by({ AWS: roleArn('other') }, { Effect: 'Deny' })] }, 'Allowed | inline own'],
  [
    'a Deny of all but the role',
    { inline: [ALLOW], resourcePolicy: [{ Effect: 'Deny', NotPrincipal: { AWS: SELF }, Action: '*', Resource: '*' }] },
    'Conditional | inline own | the name of the role session',
  ],
  [
    'a Deny of all but another',
    { inline: [ALLOW], resourcePolicy: [{ Effect: 'Deny', NotPrincipal: { AWS: roleArn('x') }, Action: '*', Resource: '*' }] },
    'ExplicitlyDenied | bucket policy',
  ],
  ['a bucket without a policy', { inline: [ALLOW], resourcePolicy: 'none' }, 'Allowed | inline own'],
  [
    'a boundary that does not allow limits a named role',
    { boundary: [decrypt], resourcePolicy: [by({ AWS: SELF })] },
    'ImplicitlyDenied | no allow',
  ],
  [
    'a session policy that does not allow limits a named role',
    { session: [decrypt], resourcePolicy: [by({ AWS: SELF })] },
    'ImplicitlyDenied | no allow',
  ],
  [
    'a boundary that does not allow beside a named session',
    { boundary: [decrypt], resourcePolicy: [by({ AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/app/x` })] },
    'Conditional | bucket policy | the name of the role session',
  ],
  [
    'a boundary that does not allow beside everyone',
    { boundary: [decrypt], resourcePolicy: [by('*')] },
    'Conditional | bucket policy | what AWS makes of Principal * beside a permissions boundary',
  ],
  [
    'a boundary that does not allow does not limit a named user',
    { user: {}, boundary: [decrypt], resourcePolicy: [by({ AWS: SELF_USER })] },
    'Allowed | bucket policy',
  ],
  [
    'a Deny of the boundary limits a named user',
    { user: {}, boundary: [{ ...DENY, Sid: 'No' }], resourcePolicy: [by({ AWS: SELF_USER })] },
    'ExplicitlyDenied | permissions boundary No',
  ],
  [
    'an organisation limits a named role',
    { levels: [[decrypt], [EVERYTHING]], resourcePolicy: [by({ AWS: SELF })] },
    'ImplicitlyDenied | no allow',
  ],
  [
    'an SCP alone keeps it out',
    { inline: [ALLOW], levels: [[decrypt], [EVERYTHING]], resourcePolicy: [by({ AWS: SELF })] },
    'ImplicitlyDenied | SCP level-0',
  ],
];

const ACROSS: Rows = [
  ['both allow', send({ resourcePolicy: [by({ AWS: SELF })] }), 'Allowed | inline own + queue policy'],
  ['both allow, the account', send({ resourcePolicy: [by({ AWS: ACCOUNT })] }), 'Allowed | inline own + queue policy root'],
  ['the queue alone', send({ inline: [], resourcePolicy: [by({ AWS: SELF })] }), 'ImplicitlyDenied | no allow'],
  ['the role alone', send({ resourcePolicy: 'none' }), 'ImplicitlyDenied | queue policy'],
  ['the queue names another', send({ resourcePolicy: [by({ AWS: roleArn('x') })] }), 'ImplicitlyDenied | queue policy'],
  [
    'the queue names the same role name of another account',
    send({ resourcePolicy: [by({ AWS: roleArn('app', OTHER_ACCOUNT) })] }),
    'ImplicitlyDenied | queue policy',
  ],
  ['the queue denies', send({ resourcePolicy: [by('*'), by('*', { Effect: 'Deny' })] }), 'ExplicitlyDenied | queue policy'],
  ['the queue was not read', send({}), `Conditional | inline own | the queue policy of ${QUEUE}`],
  ['the queue was not read, and no own Allow', send({ inline: [] }), 'ImplicitlyDenied | no allow'],
  [
    'a boundary that does not allow',
    send({ boundary: [decrypt], resourcePolicy: [by({ AWS: SELF })] }),
    'ImplicitlyDenied | permissions boundary',
  ],
  [
    'a bucket of another account',
    { inline: [ALLOW], resourceAccount: OTHER_ACCOUNT, resourcePolicy: 'none' },
    'ImplicitlyDenied | bucket policy',
  ],
];

const KEYS: Rows = [
  ['the account is let in, and the role allows', key([by({ AWS: ROOT })]), 'Allowed | inline own + key policy root'],
  ['the account is let in, and the role does not allow', key([by({ AWS: ROOT })], { inline: [] }), 'ImplicitlyDenied | no allow'],
  ['the role is let in, and does not allow itself', key([by({ AWS: SELF })], { inline: [] }), 'Allowed | key policy'],
  ['another role is let in', key([by({ AWS: roleArn('x') })]), 'ImplicitlyDenied | key policy'],
  ['the key denies', key([by({ AWS: ROOT }), by('*', { Effect: 'Deny', Sid: 'No' })]), 'ExplicitlyDenied | key policy No'],
  ['a key policy that was not read', key(undefined), `Conditional | inline own | the key policy of ${KEY}`],
  ['a key policy that was not read, and no own Allow', key(undefined, { inline: [] }), 'ImplicitlyDenied | no allow'],
  ['an alias is no key', key(undefined, { resource: `arn:aws:kms:eu-central-1:${ACCOUNT}:alias/x` }), 'Allowed | inline own'],
];

const CONTEXT: Rows = [
  [
    'a condition on what nobody knows',
    { inline: [{ ...ALLOW, ...when('IpAddress', 'aws:SourceIp', '10.0.0.0/8') }] },
    'Conditional | inline own | aws:SourceIp',
  ],
  [
    'the same with an empty statement of the caller',
    { inline: [{ ...ALLOW, ...when('IpAddress', 'aws:SourceIp', '10.0.0.0/8') }], context: {} },
    'Conditional | inline own | aws:SourceIp',
  ],
  [
    'the same, stated',
    { inline: [{ ...ALLOW, ...when('IpAddress', 'aws:SourceIp', '10.0.0.0/8') }], context: { 'aws:sourceip': '10.1.2.3' } },
    'Allowed | inline own',
  ],
  [
    'what the caller chooses, nothing said',
    { inline: [{ ...ALLOW, ...when('StringEquals', 's3:prefix', 'x') }] },
    'Conditional | inline own | s3:prefix',
  ],
  [
    'what the caller chooses, left out of what was said',
    { inline: [{ ...ALLOW, ...when('StringEquals', 's3:prefix', 'x') }], context: {} },
    'ImplicitlyDenied | condition',
  ],
  [
    'a Deny without a tag that is left out',
    { inline: [ALLOW, { ...DENY, ...when('Null', 'aws:RequestTag/team', 'true') }], context: {} },
    'ExplicitlyDenied | inline own',
  ],
  [
    'a Deny that may apply',
    { inline: [ALLOW, { ...DENY, ...when('NotIpAddress', 'aws:SourceIp', '10.0.0.0/8') }] },
    'Conditional | inline own | aws:SourceIp',
  ],
  [
    'a Deny that may apply, and nothing that allows',
    { inline: [{ ...DENY, ...when('NotIpAddress', 'aws:SourceIp', '10.0.0.0/8') }] },
    'ImplicitlyDenied | no allow',
  ],
  ['TLS, unless said otherwise', { inline: [ALLOW, { ...DENY, ...when('Bool', 'aws:SecureTransport', 'false') }] }, 'Allowed | inline own'],
  [
    'no TLS, said',
    { inline: [ALLOW, { ...DENY, ...when('Bool', 'aws:SecureTransport', 'false') }], context: { 'aws:SecureTransport': 'false' } },
    'ExplicitlyDenied | inline own',
  ],
  [
    "the cluster's region, for a bucket",
    { inline: [ALLOW, { ...DENY, ...when('StringNotEquals', 'aws:RequestedRegion', 'eu-central-1') }] },
    'Allowed | inline own',
  ],
  [
    'another region, said',
    {
      inline: [ALLOW, { ...DENY, ...when('StringNotEquals', 'aws:RequestedRegion', 'eu-central-1') }],
      context: { 'aws:RequestedRegion': 'us-east-1' },
    },
    'ExplicitlyDenied | inline own',
  ],
  [
    "the resource's region",
    {
      inline: [EVERYTHING, { ...EVERYTHING, Effect: 'Deny', ...when('StringEquals', 'aws:RequestedRegion', 'ap-south-1') }],
      action: 'sqs:SendMessage',
      resource: `arn:aws:sqs:ap-south-1:${ACCOUNT}:q`,
    },
    'ExplicitlyDenied | inline own',
  ],
  [
    'the region of a global service',
    { inline: [{ ...EVERYTHING, ...when('StringEquals', 'aws:RequestedRegion', 'us-east-1') }], action: 'iam:ListRoles', resource: '*' },
    'Allowed | inline own',
  ],
  [
    'a tag of the role',
    {
      tags: { Team: 'shop' },
      inline: [{ ...ALLOW, Resource: `arn:aws:s3:::assets/${D}{aws:PrincipalTag/team}/*` }],
      resource: 'arn:aws:s3:::assets/shop/x',
    },
    'Allowed | inline own',
  ],
  [
    'a tag of the role, elsewhere',
    {
      tags: { Team: 'shop' },
      inline: [{ ...ALLOW, Resource: `arn:aws:s3:::assets/${D}{aws:PrincipalTag/team}/*` }],
      resource: 'arn:aws:s3:::assets/mail/x',
    },
    'ImplicitlyDenied | no allow',
  ],
  [
    'a tag with a star in it',
    {
      tags: { team: '*' },
      inline: [{ ...ALLOW, Resource: `arn:aws:s3:::assets/${D}{aws:PrincipalTag/team}/*` }],
      resource: 'arn:aws:s3:::assets/mail/x',
    },
    'ImplicitlyDenied | no allow',
  ],
  [
    'a tag that only the session can have',
    { inline: [{ ...ALLOW, Resource: `arn:aws:s3:::assets/${D}{aws:PrincipalTag/team}/*` }] },
    'Conditional | inline own | aws:PrincipalTag/team',
  ],
  [
    'a tag that the session was not given',
    { inline: [{ ...ALLOW, Resource: `arn:aws:s3:::assets/${D}{aws:PrincipalTag/team}/*` }], context: {} },
    'ImplicitlyDenied | no allow',
  ],
  [
    "a resource's tag, not said",
    { inline: [{ ...ALLOW, ...when('StringEquals', 'aws:ResourceTag/env', 'dev') }], context: {} },
    'Conditional | inline own | aws:ResourceTag/env',
  ],
  [
    "a resource's tag, said",
    { inline: [{ ...ALLOW, ...when('StringEquals', 'aws:ResourceTag/env', 'dev') }], context: { 'aws:ResourceTag/env': 'prod' } },
    'ImplicitlyDenied | condition',
  ],
  [
    "a resource's tag by the service's name",
    { inline: [{ ...ALLOW, ...when('StringEquals', 's3:ResourceTag/env', 'dev') }], context: { 'aws:ResourceTag/env': 'dev' } },
    'Allowed | inline own',
  ],
  [
    'MFA in a session of a service',
    { inline: [{ ...ALLOW, ...when('Bool', 'aws:MultiFactorAuthPresent', 'true') }] },
    'ImplicitlyDenied | condition',
  ],
  [
    'MFA in a session that somebody may have made with it',
    {
      trust: { ...ALLOW, Principal: { AWS: ROOT }, Action: 'sts:AssumeRole', Resource: undefined },
      inline: [{ ...ALLOW, ...when('Bool', 'aws:MultiFactorAuthPresent', 'true') }],
    },
    'Conditional | inline own | aws:MultiFactorAuthPresent',
  ],
  [
    'keys that only services have',
    { inline: [{ ...ALLOW, ...when('StringEquals', 'aws:SourceAccount', ACCOUNT) }] },
    'ImplicitlyDenied | condition',
  ],
  ['the own ARN', { inline: [{ ...ALLOW, ...when('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/app') }] }, 'Allowed | inline own'],
  [
    'the organisation of the caller',
    { inline: [{ ...ALLOW, ...when('StringEquals', 'aws:PrincipalOrgID', 'o-test') }], levels: [[EVERYTHING], [EVERYTHING]] },
    'Allowed | inline own',
  ],
  [
    'the path of the caller',
    {
      inline: [{ ...ALLOW, ...when('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-test/r-root/*') }],
      levels: [[EVERYTHING], [EVERYTHING]],
    },
    'Allowed | inline own',
  ],
  [
    'the organisation, none read',
    { inline: [{ ...ALLOW, ...when('StringEquals', 'aws:PrincipalOrgID', 'o-test') }] },
    'Conditional | inline own | aws:PrincipalOrgID',
  ],
  [
    'a user name',
    { user: {}, inline: [{ ...ALLOW, Resource: `arn:aws:s3:::assets/${D}{aws:username}/*` }], resource: 'arn:aws:s3:::assets/ann/x' },
    'Allowed | inline own',
  ],
  [
    'a user name that a role has not',
    { inline: [{ ...ALLOW, Resource: `arn:aws:s3:::assets/${D}{aws:username}/*` }] },
    'ImplicitlyDenied | no allow',
  ],
  ["the owner's account", { inline: [{ ...ALLOW, ...when('StringEquals', 'aws:ResourceAccount', ACCOUNT) }] }, 'Allowed | inline own'],
];

describe('evaluateAccess', () => {
  describe.each([
    ['own policies', OWN],
    ['boundaries, sessions and organisations', LIMITS],
    ['policies of resources', RESOURCES],
    ['resources of another account', ACROSS],
    ['keys', KEYS],
    ['what is known of a request', CONTEXT],
  ])('%s', (_name, rows) => {
    it.each(rows)('%s', (_row, scene, expected) => {
      expect(answer(scene)).toBe(expected);
    });
  });

  it('names the statement that decided and where it stands', () => {
    const { index, question } = asking({ inline: [{ ...ALLOW, Action: 'sqs:*' }, ALLOW], attached: [EVERYTHING], boundary: [EVERYTHING] });
    expect(evaluateAccess(index, question).by.map(({ kind, policy, pointer }) => `${kind} ${policy} ${pointer}`)).toEqual([
      'inline own /RolePolicyList/0/PolicyDocument/Statement/1',
      `managed arn:aws:iam::${ACCOUNT}:policy/Attached /PolicyVersionList/0/Document/Statement/0`,
      `boundary arn:aws:iam::${ACCOUNT}:policy/Boundary /PolicyVersionList/0/Document/Statement/0`,
    ]);
  });
});
