import { describe, expect, it } from 'vitest';
import { awsOriginOf, createAwsCollector, normaliseAwsAnswer } from './aws-answer.ts';

const ACCOUNT = '123456789012';
const APP = `arn:aws:iam::${ACCOUNT}:role/app`;
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/issuer.example.com/id/1`;
const TRUST = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
};
const POLICY = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };

const SUMMARY = { Arn: APP, RoleName: 'app', Path: '/', AssumeRolePolicyDocument: TRUST };
const DETAIL = {
  ...SUMMARY,
  RolePolicyList: [{ PolicyName: 'inline', PolicyDocument: POLICY }],
  AttachedManagedPolicies: [],
  Tags: [{ Key: 'a', Value: 'b' }],
};
const DETAILS = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [DETAIL], Policies: [] };
const ASSOCIATION_ARN = `arn:aws:eks:eu-central-1:${ACCOUNT}:podidentityassociation/test/a-1`;
const ASSOCIATION = { associationArn: ASSOCIATION_ARN, clusterName: 'test', namespace: 'shop', serviceAccount: 'api' };
const LISTED = { associations: [ASSOCIATION] };
const DESCRIBED = { association: { ...ASSOCIATION, roleArn: APP } };
const CLUSTER = {
  cluster: {
    name: 'test',
    arn: `arn:aws:eks:eu-central-1:${ACCOUNT}:cluster/test`,
    identity: { oidc: { issuer: 'https://issuer.example.com/id/1' } },
  },
};
const PROVIDERS = { OpenIDConnectProviderList: [{ Arn: PROVIDER }] };
const GOT_PROVIDER = { Url: 'issuer.example.com/id/1', ClientIDList: ['sts.amazonaws.com'] };

type Answer = readonly [path: string, answer: unknown];

function collect(...answers: readonly Answer[]) {
  const collector = createAwsCollector();
  const known = answers.map(([path, answer]) => normaliseAwsAnswer(answer, awsOriginOf(path), collector));
  return { known, ...collector.finish() };
}

describe('awsOriginOf', () => {
  it.each([
    ['123456789012/iam-list-roles.json', { account: ACCOUNT, command: 'iam-list-roles' }],
    ['snap/aws/123456789012/iam-get-role/app.json', { account: ACCOUNT, command: 'iam-get-role', resource: 'app' }],
    ['123456789012/eks-list-addons.prod.eu.json.gz', { account: ACCOUNT, command: 'eks-list-addons', resource: 'prod.eu' }],
    [
      '123456789012/iam-get-open-id-connect-provider/oidc.example.com_id_1.json',
      { account: ACCOUNT, command: 'iam-get-open-id-connect-provider', resource: 'oidc.example.com_id_1' },
    ],
    ['a\\123456789012\\iam-get-role\\app.json', { account: ACCOUNT, command: 'iam-get-role', resource: 'app' }],
    [
      '123456789012/kms-get-key-policy/arn%3Aaws%3akms%3Aeu-west-1%3A123456789012%3Akey%2F1a.json',
      { account: ACCOUNT, command: 'kms-get-key-policy', resource: 'arn:aws:kms:eu-west-1:123456789012:key/1a' },
    ],
    ['123456789012/eks-list-addons/5%-of%3A.json', { account: ACCOUNT, command: 'eks-list-addons', resource: '5%-of%3A' }],
    ['123456789012/eks-list-addons/100%.json', { account: ACCOUNT, command: 'eks-list-addons', resource: '100%' }],
    ['123456789012/eks-list-addons.prod.page-2.json', { account: ACCOUNT, command: 'eks-list-addons', resource: 'prod' }],
    ['123456789012/iam-list-roles.page-2.json', { account: ACCOUNT, command: 'iam-list-roles' }],
    ['123456789012/sqs-get-queue-attributes/%C3%A4.json', { account: ACCOUNT, command: 'sqs-get-queue-attributes', resource: '%C3%A4' }],
    ['123456789012/details.json', { account: ACCOUNT }],
    ['iam-get-role/app.yaml', { command: 'iam-get-role', resource: 'app' }],
    ['iam-list-roles.json', { command: 'iam-list-roles' }],
    ['pods.json', {}],
    ['1234/iam-roles-of-ours/pods.json', { command: 'iam-roles-of-ours', resource: 'pods' }],
    ['', {}],
  ])('%s', (path, expected) => {
    expect(awsOriginOf(path)).toEqual({ file: path, ...expected });
  });
});

describe('normaliseAwsAnswer', () => {
  it.each([
    ['a Kubernetes list', { kind: 'List', apiVersion: 'v1', cluster: {}, items: [] }],
    ['a list', []],
    ['text', 'x'],
    ['null', null],
    ['something of somebody', { hello: 'world' }],
    ["somebody's cluster", { cluster: 'x' }],
    ['an OpenID configuration', { issuer: 'https://x', jwks_uri: 'https://x/keys' }],
  ])('knows that %s is no AWS answer', (_name, answer) => {
    expect(collect(['x.json', answer])).toMatchObject({ known: [false], gaps: [] });
  });

  it.each([
    ['eks list-clusters', 'x.json', { clusters: ['a'] }],
    ['policies of a user, by themselves', `${ACCOUNT}/iam-get-user/u.json`, { User: { UserName: 'u' } }],
    ['a policy of somebody that is no document', 'x.json', { Policy: 'strict' }],
    ['anything that stands where AWS answers stand', `${ACCOUNT}/eks-describe-new-thing/x.json`, { newThing: {} }],
    ['policies of a user', `${ACCOUNT}/iam-list-attached-user-policies/u.json`, { AttachedPolicies: [] }],
  ])('takes %s without needing it', (_name, path, answer) => {
    const { known, aws, gaps } = collect([path, answer]);
    expect({ known, gaps, roles: aws.roles }).toEqual({ known: [true], gaps: [], roles: [] });
  });

  it('reads roles, policies and providers whatever the files are called', () => {
    const { aws, gaps } = collect(
      ['a.json', DETAILS],
      ['b.json', PROVIDERS],
      ['c.json', GOT_PROVIDER],
      ['d.json', CLUSTER],
      ['e.json', DESCRIBED],
      ['f.json', LISTED],
    );
    expect(gaps).toEqual([]);
    expect(aws.accounts).toEqual([ACCOUNT]);
    expect(aws.accountsWithProviders).toEqual([ACCOUNT]);
    expect(aws.roles.map((role) => ({ name: role.name, inline: role.inlinePolicies.length, unknown: role.policiesUnknown }))).toEqual([
      { name: 'app', inline: 1, unknown: undefined },
    ]);
    expect(aws.oidcProviders).toEqual([
      { arn: PROVIDER, account: ACCOUNT, url: 'issuer.example.com/id/1', clientIds: ['sts.amazonaws.com'] },
    ]);
    expect(aws.eksClusters[0]).toMatchObject({ region: 'eu-central-1', issuer: 'https://issuer.example.com/id/1' });
    expect(aws.podIdentityAssociations[0]).toMatchObject({ roleArn: APP, disableSessionTags: false });
  });

  it('does not look at the order of the answers', () => {
    const answers: readonly Answer[] = [
      [`${ACCOUNT}/iam-list-roles.json`, { Roles: [SUMMARY] }],
      ['a.json', DETAILS],
      ['b.json', PROVIDERS],
      ['c.json', GOT_PROVIDER],
      [`${ACCOUNT}/iam-get-role/app.json`, { Role: { ...SUMMARY, Tags: [] } }],
      ['e.json', DESCRIBED],
      ['f.json', LISTED],
    ];
    expect(collect(...[...answers].reverse())).toMatchObject({ aws: collect(...answers).aws, gaps: [] });
  });

  it('says of roles of which only a summary was read that their policies are not known', () => {
    expect(collect(['a.json', { Roles: [SUMMARY] }]).aws.roles[0]?.policiesUnknown).toBe(true);
    expect(collect(['a.json', { Roles: [SUMMARY] }], ['b.json', DETAILS]).aws.roles[0]?.policiesUnknown).toBeUndefined();
  });

  it('takes the details although a summary has more tags', () => {
    const bare: Answer = ['a.json', { RoleDetailList: [{ ...DETAIL, Tags: [] }] }];
    const { aws } = collect([`${ACCOUNT}/iam-get-role/app.json`, { Role: { ...SUMMARY, Tags: [{ Key: 'a', Value: 'b' }] } }], bare);
    expect(aws.roles[0]).toMatchObject({ inlinePolicies: [{ name: 'inline' }], tags: new Map([['a', 'b']]) });
    expect(aws.roles[0]?.policiesUnknown).toBeUndefined();
  });

  it('puts a role together from single answers', () => {
    const role: Answer = [`${ACCOUNT}/iam-get-role/app.json`, { Role: SUMMARY }];
    const names: Answer = [`${ACCOUNT}/iam-list-role-policies/app.json`, { PolicyNames: ['p'] }];
    const attached: Answer = [
      `${ACCOUNT}/iam-list-attached-role-policies/app.json`,
      { AttachedPolicies: [{ PolicyName: 'X', PolicyArn: 'arn:aws:iam::aws:policy/X' }] },
    ];
    const inline: Answer = [`${ACCOUNT}/iam-get-role-policy/app.p.json`, { RoleName: 'app', PolicyName: 'p', PolicyDocument: POLICY }];
    expect(collect(role, names, attached, inline).aws.roles[0]).toMatchObject({
      attachedPolicies: ['arn:aws:iam::aws:policy/X'],
      inlinePolicies: [{ name: 'p' }],
    });
    expect(collect(role, names, attached, inline).aws.roles[0]?.policiesUnknown).toBeUndefined();
    expect(collect(role, names, attached).aws.roles[0]?.policiesUnknown).toBe(true);
    expect(collect(role).aws.accounts).toEqual([]);
    expect(collect(names).gaps).toMatchObject([{ what: `role app of account ${ACCOUNT}` }]);
    expect(collect(['x.json', { RoleName: 'app', PolicyName: 'p', PolicyDocument: POLICY }]).gaps).toMatchObject([
      { what: 'policies of a role' },
    ]);
  });
});

describe('policy documents', () => {
  const trustOf = (document: unknown) => collect(['a.json', { RoleDetailList: [{ ...DETAIL, AssumeRolePolicyDocument: document }] }]);

  it.each([
    ['an object', TRUST],
    ['JSON text', JSON.stringify(TRUST)],
    ['percent-encoded JSON text', encodeURIComponent(JSON.stringify(TRUST))],
  ])('reads %s', (_name, document) => {
    const { aws, gaps } = trustOf(document);
    expect(gaps).toEqual([]);
    expect(aws.roles[0]?.trust).toEqual({
      version: '2012-10-17',
      statements: [
        {
          index: 0,
          alone: true,
          effect: 'Allow',
          principals: [{ type: 'Service', value: 'ec2.amazonaws.com' }],
          actions: ['sts:AssumeRole'],
          conditions: [],
        },
      ],
    });
  });

  const statement = TRUST.Statement;
  it.each([
    ['missing', undefined, ''],
    ['no JSON', '{', ''],
    ['badly encoded', '%7B%', ''],
    ['a number', 1, ''],
    ['no statement', { Version: '2012-10-17' }, '/Statement'],
    ['effect in another case', { Statement: { ...statement, Effect: 'allow' } }, '/Statement/Effect'],
    ['unknown element', { Statement: [statement, { ...statement, Conditions: {} }] }, '/Statement/1/Conditions'],
    ['action that is no string', { Statement: [{ ...statement, Action: ['a', 1] }] }, '/Statement/0/Action/1'],
    ['no action', { Statement: [{ ...statement, Action: undefined }] }, '/Statement/0/Action'],
    ['Action and NotAction', { Statement: [{ ...statement, NotAction: 'x' }] }, '/Statement/0/NotAction'],
    [
      'condition value',
      { Statement: [{ ...statement, Condition: { StringEquals: { 'a/b~c': [null] } } }] },
      '/Statement/0/Condition/StringEquals/a~1b~0c/0',
    ],
    ['principal', { Statement: [{ ...statement, Principal: 'x' }] }, '/Statement/0/Principal'],
  ])('that are malformed (%s) are a gap, and the role stays without a trust that anybody could rely on', (_name, document, pointer) => {
    const { aws, gaps } = trustOf(document);
    expect(gaps).toMatchObject([
      { source: 'aws', what: `trust policy of ${APP}`, file: 'a.json', pointer: `/RoleDetailList/0/AssumeRolePolicyDocument${pointer}` },
    ]);
    expect(aws.roles[0]?.trust.statements).toEqual([]);
    expect(aws.roles[0]?.trust.unreadable).toBeTypeOf('string');
  });

  it('keeps a condition whose key is __proto__', () => {
    const document = JSON.parse(
      '{"Statement":{"Effect":"Allow","Action":"*","Condition":{"StringEquals":{"__proto__":true},"__proto__":{"a":1}}}}',
    );
    expect(trustOf(document).aws.roles[0]?.trust.statements[0]?.conditions).toEqual([
      { operator: 'StringEquals', key: '__proto__', values: ['true'] },
      { operator: '__proto__', key: 'a', values: ['1'] },
    ]);
  });
});

describe('gaps', () => {
  it('misses the pages after a list that is cut off', () => {
    const cut = { ...DETAILS, IsTruncated: true, Marker: 'x' };
    expect(collect(['a.json', cut])).toMatchObject({
      aws: { accounts: [] },
      gaps: [{ what: `iam roles of account ${ACCOUNT}`, file: 'a.json' }],
    });
    expect(collect(['a.json', cut], ['b.json', DETAILS])).toMatchObject({ aws: { accounts: [ACCOUNT] }, gaps: [] });
    expect(collect(['a.json', { ...LISTED, nextToken: 'x' }], ['b.json', DESCRIBED])).toMatchObject({
      gaps: [{ what: 'pod identity associations of cluster test' }],
    });
  });

  it('misses the role of an association that was listed and not described', () => {
    expect(collect(['a.json', LISTED]).gaps).toMatchObject([{ permission: 'eks:DescribePodIdentityAssociation', where: ASSOCIATION_ARN }]);
    expect(collect(['a.json', LISTED], ['b.json', DESCRIBED]).gaps).toEqual([]);
  });

  it('tells an error of the API from an answer', () => {
    expect(collect([`${ACCOUNT}/iam-list-open-id-connect-providers.json`, { Error: { Code: 'AccessDenied' } }]).gaps).toMatchObject([
      { permission: 'iam:ListOpenIDConnectProviders' },
    ]);
    expect(collect([`${ACCOUNT}/eks-describe-cluster/x.json`, { message: 'No cluster found' }]).gaps[0]).not.toHaveProperty('permission');
  });

  it.each([
    ['a role without ARN', { Roles: [{ RoleName: 'x' }] }, '/Roles/0/Arn'],
    ['a role with an ARN that is none', { Roles: [{ ...SUMMARY, Arn: 'x' }] }, '/Roles/0/Arn'],
    ['a role list that is none', { RoleDetailList: 1 }, '/RoleDetailList'],
    [
      'a policy without default version',
      { RoleDetailList: [], Policies: [{ Arn: 'a', PolicyName: 'b', PolicyVersionList: [] }] },
      '/Policies/0/PolicyVersionList',
    ],
    ['a provider that is none', { OpenIDConnectProviderList: [{ Arn: APP }] }, '/OpenIDConnectProviderList/0/Arn'],
  ])('points at %s', (_name, answer, pointer) => {
    expect(collect(['a.json', answer])).toMatchObject({ known: [true], gaps: [{ file: 'a.json', pointer }] });
  });
});

describe('the account of a provider', () => {
  const other = { OpenIDConnectProviderList: [{ Arn: PROVIDER.replace(ACCOUNT, '210987654321') }] };
  const accountsOf = (...answers: readonly Answer[]) =>
    collect(...answers)
      .aws.oidcProviders.filter((one) => one.clientIds !== undefined)
      .map((one) => one.account);

  it('is what the path says', () => {
    expect(
      accountsOf(['a.json', PROVIDERS], ['b.json', other], ['210987654321/iam-get-open-id-connect-provider/x.json', GOT_PROVIDER]),
    ).toEqual(['210987654321']);
  });

  it('is the one whose list names it', () => {
    expect(
      accountsOf(
        ['a.json', PROVIDERS],
        ['210987654321/iam-list-open-id-connect-providers.json', { OpenIDConnectProviderList: [] }],
        ['c.json', GOT_PROVIDER],
      ),
    ).toEqual([ACCOUNT]);
  });

  it('is the only one there is', () => {
    expect(accountsOf(['a.json', DETAILS], ['c.json', GOT_PROVIDER])).toEqual([ACCOUNT]);
  });

  it('is a gap where two could be meant', () => {
    expect(accountsOf(['a.json', PROVIDERS], ['b.json', other], ['c.json', GOT_PROVIDER])).toEqual([]);
    expect(collect(['a.json', PROVIDERS], ['b.json', other], ['c.json', GOT_PROVIDER]).gaps).toMatchObject([
      { what: 'oidc provider issuer.example.com/id/1', file: 'c.json' },
    ]);
  });

  it('keeps an empty list apart from no list', () => {
    expect(
      collect([`${ACCOUNT}/iam-list-open-id-connect-providers.json`, { OpenIDConnectProviderList: [] }]).aws.accountsWithProviders,
    ).toEqual([ACCOUNT]);
    expect(collect(['a.json', DETAILS]).aws.accountsWithProviders).toEqual([]);
  });
});
