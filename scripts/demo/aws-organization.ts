import { ACCOUNT, DATA_ACCOUNT } from './company.ts';
import type { JsonObject } from './json.ts';

export const MANAGEMENT_ACCOUNT = '210987654320';
const ORGANIZATION = 'o-fernwood1';
const ROOT = 'r-fern';
const UNIT = 'ou-fern-workloads';

interface PolicyPlan {
  readonly id: string;
  readonly name: string;
  readonly statement: JsonObject;
  readonly targets: readonly string[];
}

/** Service control policies: what no account below their target may do, whatever its own policies say. */
const POLICIES: readonly PolicyPlan[] = [
  {
    id: 'p-FullAWSAccess',
    name: 'FullAWSAccess',
    statement: { Effect: 'Allow', Action: '*', Resource: '*' },
    targets: [ROOT, UNIT, ACCOUNT, DATA_ACCOUNT, MANAGEMENT_ACCOUNT],
  },
  {
    id: 'p-fernkeep',
    name: 'keep-trails-and-users-out',
    statement: {
      Sid: 'NoUsers',
      Effect: 'Deny',
      Action: ['iam:CreateUser', 'iam:CreateAccessKey', 'cloudtrail:StopLogging', 'organizations:LeaveOrganization'],
      Resource: '*',
    },
    targets: [UNIT],
  },
];

const arn = (resource: string): string => `arn:aws:organizations::${MANAGEMENT_ACCOUNT}:${resource}`;

function summary({ id, name }: PolicyPlan): JsonObject {
  return {
    Id: id,
    Arn: arn(`policy/${ORGANIZATION}/service_control_policy/${id}`),
    Name: name,
    Description: name,
    Type: 'SERVICE_CONTROL_POLICY',
    AwsManaged: id === 'p-FullAWSAccess',
  };
}

function typeOf(id: string): string {
  if (id === ROOT) return 'ROOT';
  return id === UNIT ? 'ORGANIZATIONAL_UNIT' : 'ACCOUNT';
}

const NAMES: ReadonlyMap<string, string> = new Map([
  [MANAGEMENT_ACCOUNT, 'fernwood-management'],
  [ACCOUNT, 'fernwood-prod'],
  [DATA_ACCOUNT, 'fernwood-data'],
]);

function account(id: string): JsonObject {
  const name = NAMES.get(id) ?? id;
  return {
    Id: id,
    Arn: arn(`account/${ORGANIZATION}/${id}`),
    Email: `${name}@fernwood.example`,
    Name: name,
    Status: 'ACTIVE',
    State: 'ACTIVE',
  };
}

/** What `aws organizations …` answers in the management account, by path below its folder. */
export function organizationAnswers(): ReadonlyMap<string, JsonObject> {
  const targets = [ROOT, UNIT, ...NAMES.keys()];
  const parents: readonly (readonly [string, string])[] = [
    [UNIT, ROOT],
    [MANAGEMENT_ACCOUNT, ROOT],
    [ACCOUNT, UNIT],
    [DATA_ACCOUNT, UNIT],
  ];
  return new Map<string, JsonObject>([
    [
      'organizations-describe-organization.json',
      {
        Organization: {
          Id: ORGANIZATION,
          Arn: arn(`organization/${ORGANIZATION}`),
          FeatureSet: 'ALL',
          MasterAccountArn: arn(`account/${ORGANIZATION}/${MANAGEMENT_ACCOUNT}`),
          MasterAccountId: MANAGEMENT_ACCOUNT,
          MasterAccountEmail: 'fernwood-management@fernwood.example',
        },
      },
    ],
    [
      'organizations-list-roots.json',
      {
        Roots: [
          {
            Id: ROOT,
            Arn: arn(`root/${ORGANIZATION}/${ROOT}`),
            Name: 'Root',
            PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
          },
        ],
      },
    ],
    [
      `organizations-list-organizational-units-for-parent.${ROOT}.json`,
      { OrganizationalUnits: [{ Id: UNIT, Arn: arn(`ou/${ORGANIZATION}/${UNIT}`), Name: 'Workloads' }] },
    ],
    ['organizations-list-accounts.json', { Accounts: [...NAMES.keys()].map(account) }],
    ['organizations-list-policies.SERVICE_CONTROL_POLICY.json', { Policies: POLICIES.map(summary) }],
    ...POLICIES.map((policy): [string, JsonObject] => [
      `organizations-describe-policy/${policy.id}.json`,
      { Policy: { PolicySummary: summary(policy), Content: JSON.stringify({ Version: '2012-10-17', Statement: [policy.statement] }) } },
    ]),
    ...POLICIES.map((policy): [string, JsonObject] => [
      `organizations-list-targets-for-policy/${policy.id}.json`,
      {
        Targets: policy.targets.map((id) => ({
          TargetId: id,
          Name: NAMES.get(id) ?? (id === ROOT ? 'Root' : 'Workloads'),
          Type: typeOf(id),
        })),
      },
    ]),
    ...targets.map((target): [string, JsonObject] => [
      `organizations-list-policies-for-target/${target}.json`,
      { Policies: POLICIES.filter((policy) => policy.targets.includes(target)).map(summary) },
    ]),
    ...parents.map(([child, parent]): [string, JsonObject] => [
      `organizations-list-parents/${child}.json`,
      { Parents: [{ Id: parent, Type: typeOf(parent) }] },
    ]),
    [
      'sts-get-caller-identity.json',
      {
        UserId: 'AROAFERNWOODMANAGEMENT:audit',
        Account: MANAGEMENT_ACCOUNT,
        Arn: `arn:aws:sts::${MANAGEMENT_ACCOUNT}:assumed-role/fernwood-audit/audit`,
      },
    ],
  ]);
}
