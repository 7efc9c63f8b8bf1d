import { describe, expect, test } from 'vitest';
import { ACCOUNT, collected, OTHER_ACCOUNT, type StoredAnswer } from './testing/collected.ts';

const EKS = `arn:aws:eks:eu-west-1:${ACCOUNT}`;
const ADMIN = `arn:aws:iam::${ACCOUNT}:role/admin`;
const CLUSTER = {
  cluster: {
    name: 'prod',
    arn: `${EKS}:cluster/prod`,
    version: '1.33',
    endpoint: 'https://x',
    roleArn: `arn:aws:iam::${ACCOUNT}:role/cluster`,
    accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: true },
    computeConfig: { enabled: true, nodePools: ['system'] },
    resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ['10.0.0.0/8'] },
  },
};
const ENTRY = {
  accessEntry: {
    clusterName: 'prod',
    principalArn: ADMIN,
    accessEntryArn: `${EKS}:access-entry/prod/role/${ACCOUNT}/admin/1`,
    kubernetesGroups: ['ops'],
    username: 'admin:{{SessionName}}',
    type: 'STANDARD',
  },
};
const POLICY = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy';
const policies = (...namespaces: string[]) => ({
  clusterName: 'prod',
  principalArn: ADMIN,
  associatedAccessPolicies: [
    { policyArn: POLICY, accessScope: namespaces.length === 0 ? { type: 'cluster' } : { type: 'namespace', namespaces } },
  ],
});

describe('eks', () => {
  test('a cluster with how people get in', () => {
    const { aws, gaps } = collected(['a.json', CLUSTER]);
    expect(gaps).toEqual([]);
    expect(aws.eksClusters).toEqual([
      {
        arn: `${EKS}:cluster/prod`,
        account: ACCOUNT,
        region: 'eu-west-1',
        name: 'prod',
        version: '1.33',
        endpoint: 'https://x',
        authenticationMode: 'API',
        autoMode: true,
        roleArn: `arn:aws:iam::${ACCOUNT}:role/cluster`,
        endpointPublicAccess: true,
        publicAccessCidrs: ['10.0.0.0/8'],
      },
    ]);
  });

  test('a cluster as an older command prints it', () => {
    const { aws } = collected(['a.json', { cluster: { name: 'old', arn: `${EKS}:cluster/old`, accessConfig: null } }]);
    expect(aws.eksClusters).toEqual([{ arn: `${EKS}:cluster/old`, account: ACCOUNT, region: 'eu-west-1', name: 'old' }]);
  });

  test('a cluster without Auto Mode', () => {
    const { aws } = collected(['a.json', { cluster: { name: 'old', arn: `${EKS}:cluster/old`, computeConfig: { enabled: false } } }]);
    expect(aws.eksClusters[0]?.autoMode).toBe(false);
  });

  test('a node group and an add-on', () => {
    const nodegroup = {
      nodegroupArn: `${EKS}:nodegroup/prod/general/1`,
      nodegroupName: 'general',
      clusterName: 'prod',
      nodeRole: ADMIN,
      labels: JSON.parse('{"__proto__":"x","team":"a"}'),
      launchTemplate: { id: 'lt-1', version: '3' },
    };
    const addon = { addonArn: `${EKS}:addon/prod/cni/1`, addonName: 'cni', clusterName: 'prod', serviceAccountRoleArn: ADMIN };
    const { aws, gaps } = collected(['a.json', { nodegroup }], ['b.json', { addon }]);
    expect(gaps).toEqual([]);
    expect(aws.nodegroups).toEqual([
      {
        arn: nodegroup.nodegroupArn,
        account: ACCOUNT,
        region: 'eu-west-1',
        clusterName: 'prod',
        name: 'general',
        nodeRole: ADMIN,
        labels: new Map([
          ['__proto__', 'x'],
          ['team', 'a'],
        ]),
        launchTemplate: { id: 'lt-1', version: '3' },
      },
    ]);
    expect(aws.addons).toEqual([{ arn: addon.addonArn, account: ACCOUNT, clusterName: 'prod', name: 'cni', serviceAccountRoleArn: ADMIN }]);
  });

  test.each([
    ['a cluster', { cluster: { name: 'x', arn: 'x' } }, '/cluster/arn'],
    ['a node group', { nodegroup: { nodegroupArn: 'x', nodegroupName: 'x', clusterName: 'x' } }, '/nodegroup/nodegroupArn'],
    ['an add-on', { addon: { addonArn: 'arn:aws:eks:::x', addonName: 'x', clusterName: 'x' } }, '/addon/addonArn'],
    ['an access entry', { accessEntry: { accessEntryArn: '', clusterName: 'x', principalArn: 'x' } }, '/accessEntry/accessEntryArn'],
  ])('%s without an ARN is a gap', (_name, answer, pointer) => {
    expect(collected(['a.json', answer]).gaps).toMatchObject([{ file: 'a.json', pointer }]);
  });

  test.each([
    ["somebody's node group", { nodegroup: 'x' }],
    ["somebody's add-on", { addon: { name: 'x' } }],
    ["somebody's access entry", { accessEntry: 1 }],
    ["somebody's add-ons", { addons: [{ name: 'x' }] }],
  ])('knows that %s is no AWS answer', (_name, answer) => {
    expect(collected(['x.json', answer])).toMatchObject({ known: [false], gaps: [] });
  });
});

describe('access entries', () => {
  const entry: StoredAnswer = [`${ACCOUNT}/eks-describe-access-entry/admin.json`, ENTRY];
  const own: StoredAnswer = [`${ACCOUNT}/eks-list-associated-access-policies/admin.json`, policies('shop', 'web-*')];

  test('have the policies that are associated with them, and no gap', () => {
    const { aws, gaps } = collected(own, entry);
    expect(gaps).toEqual([]);
    expect(aws.accessEntries).toEqual([
      {
        arn: ENTRY.accessEntry.accessEntryArn,
        account: ACCOUNT,
        region: 'eu-west-1',
        clusterName: 'prod',
        principalArn: ADMIN,
        username: 'admin:{{SessionName}}',
        kubernetesGroups: ['ops'],
        type: 'STANDARD',
        policies: [{ policyArn: POLICY, scope: 'namespace', namespaces: ['shop', 'web-*'] }],
      },
    ]);
  });

  test('have all pages of them', () => {
    const first: StoredAnswer = [own[0].replace('.json', '.page-1.json'), { ...policies(), nextToken: 'x' }];
    const { aws, gaps } = collected(own, entry, first);
    expect(gaps).toEqual([]);
    expect(aws.accessEntries[0]?.policies?.map(({ scope }) => scope)).toEqual(['cluster', 'namespace']);
    expect(collected(entry, first).gaps).toMatchObject([
      { permission: 'eks:ListAssociatedAccessPolicies', what: `access policies of ${ADMIN} of cluster prod` },
    ]);
  });

  test('without the list of policies are a gap, but for those of nodes', () => {
    const { aws, gaps } = collected(entry);
    expect(gaps).toMatchObject([{ permission: 'eks:ListAssociatedAccessPolicies', where: ENTRY.accessEntry.accessEntryArn }]);
    expect(aws.accessEntries[0]).not.toHaveProperty('policies');
    expect(collected([entry[0], { accessEntry: { ...ENTRY.accessEntry, type: 'EC2_LINUX' } }]).gaps).toEqual([]);
  });

  test('of policies alone are a gap', () => {
    expect(collected(own)).toMatchObject({ aws: { accessEntries: [] }, gaps: [{ permission: 'eks:DescribeAccessEntry' }] });
  });

  test('of one name in two regions get no policies that may be the other one\u2019s', () => {
    const twin = { ...ENTRY.accessEntry, accessEntryArn: ENTRY.accessEntry.accessEntryArn.replace('eu-west-1', 'us-east-1') };
    const { aws, gaps } = collected(entry, ['b.json', { accessEntry: twin }], own);
    expect(aws.accessEntries.map(({ policies: list }) => list)).toEqual([undefined, undefined]);
    expect(gaps.map(({ why }) => why)).toContain('2 access entries of that name were described');
  });

  test('of one name in two accounts are told apart by the path', () => {
    const twin = { ...ENTRY.accessEntry, accessEntryArn: ENTRY.accessEntry.accessEntryArn.replace(ACCOUNT, OTHER_ACCOUNT) };
    const theirs: StoredAnswer = [own[0].replace(ACCOUNT, OTHER_ACCOUNT), policies()];
    const { aws, gaps } = collected(entry, ['b.json', { accessEntry: twin }], own, theirs);
    expect(gaps).toEqual([]);
    expect(aws.accessEntries.map(({ account, policies: list }) => [account, list?.[0]?.scope])).toEqual([
      [ACCOUNT, 'namespace'],
      [OTHER_ACCOUNT, 'cluster'],
    ]);
  });
});

describe('what is listed and not described', () => {
  test.each([
    ['a cluster', ['eks-list-clusters.json', { clusters: ['prod', 'ghost'] }], 'eks:DescribeCluster', 'eks cluster ghost'],
    [
      'a node group',
      ['eks-list-nodegroups.prod.json', { nodegroups: ['ghost'] }],
      'eks:DescribeNodegroup',
      'eks nodegroup ghost of cluster prod',
    ],
    ['an add-on', ['eks-list-addons/prod.json', { addons: ['ghost'] }], 'eks:DescribeAddon', 'eks addon ghost of cluster prod'],
    [
      'an access entry',
      ['eks-list-access-entries.prod.json', { accessEntries: [ADMIN, 'arn:x'] }],
      'eks:DescribeAccessEntry',
      'eks access entry arn:x of cluster prod',
    ],
  ] as const)('%s is a gap', (_name, [path, answer], permission, what) => {
    const described: StoredAnswer[] = [
      ['a.json', CLUSTER],
      ['b.json', ENTRY],
      ['c.json', policies()],
    ];
    expect(collected([`${ACCOUNT}/${path}`, answer], ...described).gaps).toMatchObject([{ permission, what, where: ACCOUNT }]);
  });

  test('a list without its cluster is a gap where the path says that it is EKS\u2019, and anybody\u2019s where it does not', () => {
    expect(collected(['eks-list-addons.json', { addons: ['cni'] }])).toMatchObject({
      known: [true],
      gaps: [{ what: 'list of eks add-ons' }],
    });
    expect(collected(['values.json', { addons: ['cni'] }])).toMatchObject({ known: [true], gaps: [] });
  });

  test('a list that is cut off is a gap until its last page is there', () => {
    const cut: StoredAnswer = [`${ACCOUNT}/eks-list-access-entries.prod.page-1.json`, { accessEntries: [], nextToken: 'x' }];
    const end: StoredAnswer = [`${ACCOUNT}/eks-list-access-entries.prod.page-2.json`, { accessEntries: [] }];
    const elsewhere: StoredAnswer = [`${ACCOUNT}/eks-list-access-entries.staging.json`, { accessEntries: [] }];
    expect(collected(cut, elsewhere).gaps).toMatchObject([
      { permission: 'eks:ListAccessEntries', what: 'eks access entries of cluster prod' },
    ]);
    expect(collected(end, cut).gaps).toEqual([]);
  });
});
