import { describe, expect, it } from 'vitest';
import type { AwsRole, PodIdentityAssociation } from '../../inventory/aws.ts';
import type { Gap } from '../../inventory/gap.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { awsLinkGaps, awsLinks } from './links.ts';
import { brief } from './testing/brief-links.ts';
import {
  ACCOUNT,
  annotated,
  association,
  CLUSTER_ARN,
  daemonSet,
  role,
  roleArn,
  STS,
  serviceAccount,
  sub,
  trusts,
  world,
} from './testing/world.ts';

const API = roleArn('api');

const POD_TRUST = { Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] };
const TARGET = roleArn('target', '210987654321');

function tagged(values: object): object {
  return {
    ...POD_TRUST,
    Condition: { StringEquals: Object.fromEntries(Object.entries(values).map(([tag, value]) => [`aws:RequestTag/${tag}`, value])) },
  };
}

function associated(trust: object, more: Partial<PodIdentityAssociation> = {}, others: readonly AwsRole[] = []): Inventory {
  return world({
    accounts: [ACCOUNT, '210987654321'],
    roles: [
      role(API, {
        trust: { ...trust },
        inline: { assume: [{ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Resource: TARGET }] },
      }),
      ...others,
    ],
    serviceAccounts: [serviceAccount('shop/api')],
    podIdentityAssociations: [association('shop/api', API, more)],
  });
}

const target = (condition: object, actions = ['sts:AssumeRole', 'sts:TagSession']) =>
  role(TARGET, { trust: { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: actions, Condition: condition } });

describe('links of Pod Identity associations', () => {
  it.each([
    ['trust of the service', POD_TRUST, {}, 'wired ok'],
    ['no sts:TagSession', { ...POD_TRUST, Action: 'sts:AssumeRole' }, {}, 'broken tag-session-not-allowed'],
    ['no sts:TagSession, tags off', { ...POD_TRUST, Action: 'sts:AssumeRole' }, { disableSessionTags: true }, 'wired ok'],
    ['no sts:AssumeRole', { ...POD_TRUST, Action: 'sts:TagSession' }, {}, 'broken wrong-action'],
    ['another service', { ...POD_TRUST, Principal: { Service: 'eks.amazonaws.com' } }, {}, 'broken wrong-service'],
    [
      'fitting tags',
      tagged({
        'kubernetes-namespace': 'shop',
        'kubernetes-service-account': 'api',
        'eks-cluster-arn': CLUSTER_ARN,
        'eks-cluster-name': 'test',
      }),
      {},
      'wired ok',
    ],
    ['another namespace', tagged({ 'kubernetes-namespace': 'web' }), {}, 'broken request-tag-mismatch'],
    ['tag that EKS does not send', tagged({ team: 'x' }), {}, 'broken request-tag-mismatch'],
    ['tags off', tagged({ 'kubernetes-namespace': 'shop' }), { disableSessionTags: true }, 'broken session-tags-disabled'],
    ['name of the pod', tagged({ 'kubernetes-pod-name': 'x' }), {}, 'conditional condition-unknown'],
    [
      'source account and cluster',
      { ...POD_TRUST, Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnEquals: { 'aws:SourceArn': CLUSTER_ARN } } },
      {},
      'wired ok',
    ],
    [
      'another source account',
      { ...POD_TRUST, Condition: { StringEquals: { 'aws:SourceAccount': '210987654321' } } },
      {},
      'broken condition-false',
    ],
    ['role of another account', POD_TRUST, { roleArn: TARGET }, 'broken role-other-account'],
    ['role that is gone', POD_TRUST, { roleArn: roleArn('gone') }, 'broken role-missing'],
    ['no role ARN', POD_TRUST, { roleArn: 'api' }, 'broken invalid-arn'],
  ])('%s', (_name, trust, more, expected) => {
    const [link, ...rest] = awsLinks(associated(trust, more));
    expect(rest).toEqual([]);
    expect(`${link?.method} ${link?.state} ${link?.code}`).toBe(`pod-identity ${expected}`);
  });

  const unread = (more: Partial<Gap>): Gap => ({
    id: 'g',
    source: 'kubernetes',
    what: 'serviceaccounts',
    why: 'forbidden',
    remedy: 'grant it',
    ...more,
  });
  it.each<[string, readonly string[], readonly Gap[], string]>([
    ['that is not there', ['shop/other'], [], 'broken service-account-missing'],
    [
      'that is not there, where those of other namespaces were not read',
      ['shop/other'],
      [unread({ namespaces: ['web'] })],
      'broken service-account-missing',
    ],
    ['that is not there, where pods were not read', ['shop/other'], [unread({ what: 'pods' })], 'broken service-account-missing'],
    [
      'of a namespace whose accounts were not read',
      ['web/other'],
      [unread({ namespaces: ['shop'] })],
      'conditional service-account-unread',
    ],
    ['where accounts were not read', ['shop/other'], [unread({})], 'conditional service-account-unread'],
    ['where no account was read at all', [], [], 'conditional service-account-unread'],
    ['that was read, although others were not', ['shop/api'], [unread({})], 'wired ok'],
  ])('of a service account %s', (_name, accounts, gaps, expected) => {
    const inventory = associated(POD_TRUST);
    const kubernetes = { ...inventory.kubernetes, serviceAccounts: accounts.map((name) => serviceAccount(name)) };
    expect(brief({ ...inventory, kubernetes, gaps })).toEqual([`shop/api api pod-identity pods.eks.amazonaws.com ${expected}`]);
  });

  it('of an account that was not read names it as what the link hangs on, and stays broken where the role does not let it in', () => {
    const inventory = associated(POD_TRUST);
    const [link] = awsLinks({ ...inventory, kubernetes: { ...inventory.kubernetes, serviceAccounts: [] } });
    expect(link?.dependsOn).toEqual(['the service account shop/api']);
    const refused = associated({ ...POD_TRUST, Action: 'sts:TagSession' });
    expect(brief({ ...refused, kubernetes: { ...refused.kubernetes, serviceAccounts: [] } })).toEqual([
      'shop/api api pod-identity pods.eks.amazonaws.com broken wrong-action',
    ]);
  });

  it("leaves another cluster's association alone", () => {
    expect(brief(associated(POD_TRUST, { clusterName: 'other' }))).toEqual([]);
    expect(brief(associated(POD_TRUST, { region: 'us-east-1' }))).toEqual([]);
  });

  it('knows its cluster by the name where no EKS cluster was found, and reports where that does not fit either', () => {
    const inventory = associated(POD_TRUST);
    const named = (name: string): Inventory => ({ ...inventory, cluster: { issuer: 'https://x', name } });
    for (const name of ['test', CLUSTER_ARN]) {
      expect(awsLinks(named(name)).map((link) => link.state)).toEqual(['wired']);
      expect(awsLinkGaps(named(name))).toEqual([]);
    }
    expect(awsLinks(named('my-context'))).toEqual([]);
    expect(awsLinkGaps(named('my-context')).map((gap) => gap.what)).toEqual(['pod identity associations of this cluster']);
  });

  it('takes the credentials from an annotation on the same service account, whose trust still works', () => {
    const both = role(API, { trust: [{ ...POD_TRUST }, trusts(sub('StringEquals', 'system:serviceaccount:shop:api'))] });
    const inventory = world({
      roles: [both],
      serviceAccounts: [annotated('shop/api', API)],
      podIdentityAssociations: [association('shop/api', API)],
    });
    expect(brief(inventory)).toEqual([
      `shop/api api irsa ${STS} possible pod-identity-wins`,
      'shop/api api pod-identity pods.eks.amazonaws.com wired ok',
    ]);
  });

  it.each([
    ['eks-pod-identity-agent', 'wired ok'],
    ['kube-proxy', 'conditional agent-not-found'],
  ])('with the DaemonSet %s is %s', (name, expected) => {
    const inventory = associated(POD_TRUST);
    const [link] = awsLinks({ ...inventory, kubernetes: { ...inventory.kubernetes, workloads: [daemonSet(name)] } });
    expect(`${link?.state} ${link?.code}`).toBe(expected);
  });
});

describe('links to target roles', () => {
  const principal = { ArnEquals: { 'aws:PrincipalArn': API } };
  it.each([
    ['trust of the account and the role', {}, target(principal), 'wired ok', 'wired ok'],
    ['fitting transitive tags', {}, target({ StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'shop' } }), 'wired ok', 'wired ok'],
    [
      'fitting tags of the first session',
      {},
      target({ StringEquals: { 'aws:PrincipalTag/kubernetes-namespace': 'shop' } }),
      'wired ok',
      'wired ok',
    ],
    [
      'other tags',
      {},
      target({ StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'x' } }),
      'wired target-tag-mismatch',
      'broken target-tag-mismatch',
    ],
    [
      'another role',
      {},
      target({ ArnEquals: { 'aws:PrincipalArn': roleArn('x') } }),
      'wired target-principal-arn',
      'broken target-principal-arn',
    ],
    ['no tagging', {}, target(principal, ['sts:AssumeRole']), 'wired target-action-not-allowed', 'broken target-action-not-allowed'],
    ['no tagging, tags off', { disableSessionTags: true }, target(principal, ['sts:AssumeRole']), 'wired ok', 'wired ok'],
    [
      'external id, tags off',
      { disableSessionTags: true },
      target({ StringEquals: { 'sts:ExternalId': `eu-central-1/${ACCOUNT}/test/shop/api` } }),
      'wired ok',
      'wired ok',
    ],
    [
      'another external id',
      { disableSessionTags: true },
      target({ StringEquals: { 'sts:ExternalId': 'x' } }),
      'wired target-external-id',
      'broken target-external-id',
    ],
    ['missing target', {}, undefined, 'wired target-role-missing', 'broken target-role-missing'],
  ])('%s', (_name, more, targetRole, first, second) => {
    const links = awsLinks(associated(POD_TRUST, { targetRoleArn: TARGET, ...more }, targetRole === undefined ? [] : [targetRole]));
    expect(links.map((link) => `${link.identity} ${link.state} ${link.code}`)).toEqual([`${API} ${first}`, `${TARGET} ${second}`]);
  });

  it('is broken where no policy of the first role allows the second', () => {
    const inventory = associated(POD_TRUST, { targetRoleArn: TARGET }, [target(principal)]);
    const roles = inventory.aws.roles.map((one) => ({ ...one, inlinePolicies: [] }));
    expect(awsLinks({ ...inventory, aws: { ...inventory.aws, roles } }).map((link) => `${link.state} ${link.code}`)).toEqual([
      'wired target-no-identity-allow',
      'broken target-no-identity-allow',
    ]);
  });
});
