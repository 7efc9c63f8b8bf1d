import { describe, expect, test } from 'vitest';
import { ACCOUNT, collected, OTHER_ACCOUNT, type StoredAnswer } from './testing/collected.ts';

const MANAGEMENT = '999988887777';
const arnOf = (kind: string, id: string) => `arn:aws:organizations::${MANAGEMENT}:${kind}/o-exampleorg1/${id}`;
const SCP = 'SERVICE_CONTROL_POLICY';
const summary = (id: string) => ({ Id: id, Arn: arnOf('policy', `service_control_policy/${id}`), Name: `name-of-${id}`, Type: SCP });
const CONTENT = JSON.stringify({ Statement: [{ Effect: 'Deny', Action: 'x:*', Resource: '*' }] });
const at = (path: string): string => `${MANAGEMENT}/organizations-${path}.json`;
const described = (id: string): StoredAnswer => [at(`describe-policy/${id}`), { Policy: { PolicySummary: summary(id), Content: CONTENT } }];
const parent = (child: string, id: string): StoredAnswer => [at(`list-parents/${child}`), { Parents: [{ Id: id, Type: 'ROOT' }] }];
const attached = (target: string, ...ids: string[]): StoredAnswer => [
  at(`list-policies-for-target/${target}`),
  { Policies: ids.map(summary) },
];
const targets = (policy: string, ...ids: string[]): StoredAnswer => [
  at(`list-targets-for-policy/${policy}`),
  { Targets: ids.map((TargetId) => ({ TargetId, Arn: 'x', Name: 'x', Type: 'ACCOUNT' })) },
];
const ROLES: StoredAnswer = [
  'roles.json',
  {
    RoleDetailList: [
      {
        Arn: `arn:aws:iam::${ACCOUNT}:role/a`,
        RoleName: 'a',
        RolePolicyList: [],
        AttachedManagedPolicies: [],
        AssumeRolePolicyDocument: JSON.parse(CONTENT),
      },
    ],
  },
];
const TREE = [parent(ACCOUNT, 'ou-x-1'), parent('ou-x-1', 'r-x')];
const ATTACHED = [attached(ACCOUNT, 'p-1'), attached('ou-x-1', 'p-1', 'p-2'), attached('r-x', 'p-1')];
const WHOLE = [ROLES, ...TREE, ...ATTACHED, described('p-1'), described('p-2')];

describe('the organisation', () => {
  test('is the tree, what hangs on it, and the documents', () => {
    const { aws, gaps } = collected(...WHOLE);
    expect(gaps).toEqual([]);
    expect(aws.organization).toMatchObject({
      id: 'o-exampleorg1',
      managementAccount: MANAGEMENT,
      policies: [
        { id: 'p-1', name: 'name-of-p-1', document: { statements: [{ effect: 'Deny' }] } },
        { id: 'p-2', name: 'name-of-p-2', document: { statements: [{ effect: 'Deny' }] } },
      ],
    });
    expect(aws.organization?.parents).toEqual(
      new Map([
        [ACCOUNT, 'ou-x-1'],
        ['ou-x-1', 'r-x'],
      ]),
    );
    expect(aws.organization?.attachments).toEqual(
      new Map([
        [ACCOUNT, ['p-1']],
        ['ou-x-1', ['p-1', 'p-2']],
        ['r-x', ['p-1']],
      ]),
    );
  });

  test('does not have what hangs on a target where that list is cut off', () => {
    const [path, answer] = attached('ou-x-1', 'p-1');
    const cut: StoredAnswer = [path, { ...(answer as object), NextToken: 'x' }];
    const { aws, gaps } = collected(ROLES, ...TREE, cut, attached(ACCOUNT, 'p-1'), attached('r-x', 'p-1'), described('p-1'));
    expect([...(aws.organization?.attachments.keys() ?? [])]).toEqual([ACCOUNT, 'r-x']);
    expect(gaps.map(({ what }) => what)).toEqual(['service control policies of ou-x-1', 'service control policies of ou-x-1']);
  });

  test('is nothing where nothing of it was read', () => {
    expect(collected(ROLES)).toMatchObject({ gaps: [] });
    expect(collected(ROLES).aws).not.toHaveProperty('organization');
  });

  test.each<[string, StoredAnswer[]]>([
    ['children of units', [[at('list-children/ou-x-1'), { Children: [{ Id: ACCOUNT, Type: 'ACCOUNT' }] }]]],
    ['accounts of a unit', [[at('list-accounts-for-parent/ou-x-1'), { Accounts: [{ Id: ACCOUNT, Arn: arnOf('account', ACCOUNT) }] }]]],
  ])('has its accounts where %s are listed', (_name, answers) => {
    const units: StoredAnswer = [
      at('list-organizational-units-for-parent.r-x'),
      { OrganizationalUnits: [{ Id: 'ou-x-1', Arn: arnOf('ou', 'ou-x-1') }] },
    ];
    const { aws, gaps } = collected(ROLES, ...answers, units, ...ATTACHED, described('p-1'), described('p-2'));
    expect(gaps).toEqual([]);
    expect([aws.organization?.parents.get(ACCOUNT), aws.organization?.parents.get('ou-x-1')]).toEqual(['ou-x-1', 'r-x']);
  });

  test.each([
    ['describe-organization', [at('describe-organization'), { Organization: { Id: 'o-exampleorg1', MasterAccountId: MANAGEMENT } }]],
    ['an ARN in the list of accounts', [at('list-accounts'), { Accounts: [{ Id: ACCOUNT, Arn: arnOf('account', ACCOUNT) }] }]],
    ['an ARN in the list of roots', [at('list-roots'), { Roots: [{ Id: 'r-x', Arn: arnOf('root', 'r-x') }] }]],
  ] as [string, StoredAnswer][])('is named by %s', (_name, answer) => {
    expect(collected(answer).aws.organization).toMatchObject({ id: 'o-exampleorg1', managementAccount: MANAGEMENT });
  });

  test('is not the answer about another sort of policy', () => {
    const tags = { ...summary('p-9'), Type: 'TAG_POLICY' };
    const { aws, gaps } = collected(
      [at('list-policies.TAG_POLICY'), { Policies: [tags] }],
      [at('describe-policy/p-9'), { Policy: { PolicySummary: tags, Content: '{}' } }],
    );
    expect(gaps).toEqual([]);
    expect(aws.organization).toBeUndefined();
    expect(collected(['iam.json', { Policies: [{ PolicyName: 'x', Arn: 'x' }] }]).aws.organization).toBeUndefined();
    expect(collected(['accounts.json', { Accounts: [{ Id: '1' }] }]).aws.organization).toBeUndefined();
  });

  test('with resource control policies is a gap that says that they are not evaluated', () => {
    const rcp = { ...summary('p-8'), Name: 'lock', Type: 'RESOURCE_CONTROL_POLICY' };
    expect(collected([at('list-policies.RESOURCE_CONTROL_POLICY'), { Policies: [rcp] }]).gaps).toMatchObject([
      { what: 'resource control policy lock' },
    ]);
    const own = { ...rcp, Name: 'RCPFullAWSAccess' };
    expect(collected([at('list-policies.RESOURCE_CONTROL_POLICY'), { Policies: [own] }]).gaps).toEqual([]);
  });

  test('of two in one snapshot is a gap', () => {
    const other: StoredAnswer = ['o.json', { Organization: { Id: 'o-otherother', MasterAccountId: '1' } }];
    expect(collected(...WHOLE, other).gaps).toMatchObject([{ what: 'the organisation' }]);
    expect(collected(...WHOLE, other).aws.organization).not.toHaveProperty('managementAccount');
  });

  test('is none where the account says that it belongs to none', () => {
    const none: StoredAnswer = [
      `${ACCOUNT}/organizations-describe-organization.json`,
      {
        message:
          'An error occurred (AWSOrganizationsNotInUseException) when calling the DescribeOrganization operation: Your account is not a member',
      },
    ];
    const { aws, gaps } = collected(ROLES, none);
    expect({ gaps, without: aws.accountsWithoutOrganization, organization: aws.organization }).toEqual({
      gaps: [],
      without: [ACCOUNT],
      organization: undefined,
    });
  });
});

describe('attachments from the targets of policies', () => {
  const list: StoredAnswer = [at('list-policies.SERVICE_CONTROL_POLICY'), { Policies: ['p-1', 'p-2'].map(summary) }];
  const both = [targets('p-1', ACCOUNT, 'ou-x-1', 'r-x'), targets('name-of-p-2', 'ou-x-1')];

  test('are whole where every policy\u2019s targets were read, by id or by name', () => {
    const { aws, gaps } = collected(ROLES, ...TREE, list, ...both, described('p-1'), described('p-2'));
    expect(gaps).toEqual([]);
    expect(aws.organization?.attachments).toEqual(collected(...WHOLE).aws.organization?.attachments);
  });

  test.each<[string, StoredAnswer[]]>([
    ['the list of policies is not there', both],
    ['the targets of one policy are not there', [list, targets('p-1', ACCOUNT)]],
    [
      'the targets of one policy are cut off',
      [list, targets('p-1', ACCOUNT), [at('list-targets-for-policy/p-2'), { Targets: [], NextToken: 'x' }]],
    ],
    ['the list of policies is cut off', [[list[0], { Policies: ['p-1', 'p-2'].map(summary), NextToken: 'x' }], ...both]],
  ])('are unknown where %s', (_name, answers) => {
    const { aws, gaps } = collected(ROLES, ...TREE, ...answers, described('p-1'), described('p-2'));
    expect(aws.organization?.attachments.size).toBe(0);
    expect(gaps.map(({ permission }) => permission)).toContain('organizations:ListPoliciesForTarget');
  });

  test('give way to what the target itself says', () => {
    const { aws } = collected(list, ...both, attached('ou-x-1', 'p-2'));
    expect(aws.organization?.attachments.get('ou-x-1')).toEqual(['p-2']);
    expect(aws.organization?.attachments.get('r-x')).toEqual(['p-1']);
  });
});

describe('what limits an account and was not read is a gap', () => {
  const without = (...paths: string[]): StoredAnswer[] => WHOLE.filter(([path]) => !paths.some((part) => path.endsWith(`${part}.json`)));
  test.each([
    ['where the account stands', [`list-parents/${ACCOUNT}`], [['organizations:ListParents', ACCOUNT]]],
    ['where a unit stands', ['list-parents/ou-x-1'], [['organizations:ListParents', ACCOUNT]]],
    ['what hangs on a unit', ['list-policies-for-target/ou-x-1'], [['organizations:ListPoliciesForTarget', 'ou-x-1']]],
    ['the text of a policy', ['describe-policy/p-2'], [['organizations:DescribePolicy', 'p-2']]],
  ])('%s', (_name, paths, expected) => {
    const { gaps } = collected(...without(...paths));
    expect(gaps.map(({ permission, where }) => [permission, where])).toEqual(expected);
  });

  test('but not of an account that the organisation does not hold', () => {
    const accounts: StoredAnswer = [at('list-accounts'), { Accounts: [{ Id: OTHER_ACCOUNT, Arn: arnOf('account', OTHER_ACCOUNT) }] }];
    expect(collected(ROLES, accounts).gaps).toEqual([]);
    const cut: StoredAnswer = [accounts[0], { ...(accounts[1] as object), NextToken: 'x' }];
    expect(collected(ROLES, cut).gaps.map(({ permission }) => permission)).toContain('organizations:ListParents');
  });

  test('nor of the management account, which nothing limits', () => {
    const management: StoredAnswer = ['o.json', { Organization: { Id: 'o-exampleorg1', MasterAccountId: ACCOUNT } }];
    expect(collected(ROLES, management).gaps).toEqual([]);
  });

  test('on every level of a deep tree', () => {
    const deep = Array.from({ length: 5 }, (_, level) => parent(`ou-x-${level}`, level === 4 ? 'r-x' : `ou-x-${level + 1}`));
    const { gaps } = collected(ROLES, parent(ACCOUNT, 'ou-x-0'), ...deep);
    expect(gaps.map(({ where }) => where)).toEqual([ACCOUNT, 'ou-x-0', 'ou-x-1', 'ou-x-2', 'ou-x-3', 'ou-x-4', 'r-x']);
  });

  test('and a circle of parents ends', () => {
    const { gaps } = collected(ROLES, parent(ACCOUNT, 'ou-x-1'), parent('ou-x-1', 'ou-x-2'), parent('ou-x-2', 'ou-x-1'));
    expect(gaps.map(({ permission }) => permission)).toContain('organizations:ListParents');
  });

  test.each([
    ['list-parents', { Parents: [{ Id: 'r-x' }] }],
    ['list-targets-for-policy', { Targets: [] }],
    ['list-policies-for-target', { Policies: [summary('p-1')] }],
    ['list-organizational-units-for-parent', { OrganizationalUnits: [] }],
  ])('and so is an answer of %s that does not say of what', (command, answer) => {
    expect(collected([at(command), answer]).gaps).toMatchObject([{ why: 'neither the answer nor its path says what it is about' }]);
  });
});
