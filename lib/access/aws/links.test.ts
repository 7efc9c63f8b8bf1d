import { describe, expect, it } from 'vitest';
import { awsLinkGaps, awsLinks } from './links.ts';
import { brief } from './testing/brief-links.ts';
import {
  annotated,
  association,
  ISSUER,
  PROVIDER,
  provider,
  role,
  roleArn,
  STS,
  serviceAccount,
  sub,
  trusts,
  world,
} from './testing/world.ts';

const API = roleArn('api');
const OPEN = roleArn('open');
const apiRole = role(API, { trust: trusts(sub('StringEquals', 'system:serviceaccount:shop:api')) });

describe('links of annotations and trust policies', () => {
  it('is wired where annotation and trust policy agree', () => {
    expect(brief(world({ roles: [apiRole], serviceAccounts: [annotated('shop/api', API)] }))).toEqual([
      `shop/api api irsa ${STS} wired exact`,
    ]);
  });

  it('is possible where only the trust policy speaks', () => {
    expect(brief(world({ roles: [apiRole], serviceAccounts: [serviceAccount('shop/api'), serviceAccount('shop/web')] }))).toEqual([
      `shop/api api irsa ${STS} possible exact`,
    ]);
  });

  it('is broken where only the annotation speaks', () => {
    expect(brief(world({ roles: [apiRole], serviceAccounts: [annotated('shop/web', API)] }))).toEqual([
      `shop/web api irsa ${STS} broken subject-mismatch`,
    ]);
  });

  it('says nothing of pairs that nothing connects', () => {
    const roles = [
      apiRole,
      role(roleArn('node'), { trust: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' } }),
    ];
    expect(brief(world({ roles, serviceAccounts: [serviceAccount('shop/web'), annotated('shop/empty', '')] }))).toEqual([]);
  });

  it('links a role that does not look at the subject to every service account, and shares what they have in common', () => {
    const links = awsLinks(
      world({
        roles: [role(OPEN, { trust: trusts() })],
        serviceAccounts: [serviceAccount('a/a'), serviceAccount('b/b'), annotated('c/c', OPEN)],
      }),
    );
    expect(links.map((link) => `${link.serviceAccount} ${link.state} ${link.code}`)).toEqual([
      'a/a possible no-condition',
      'b/b possible no-condition',
      'c/c wired no-condition',
    ]);
    expect(links[0]?.evidence).toBe(links[1]?.evidence);
  });

  it('keeps a Deny for one subject apart in a role that is open to all others', () => {
    const trust = [trusts(), trusts(sub('StringEquals', 'system:serviceaccount:a:a'), { Effect: 'Deny' })];
    expect(brief(world({ roles: [role(OPEN, { trust })], serviceAccounts: [serviceAccount('a/a'), serviceAccount('b/b')] }))).toEqual([
      `b/b open irsa ${STS} possible no-condition`,
    ]);
  });

  it('tries every audience that the provider takes', () => {
    const trust = trusts({ StringEquals: { [`${ISSUER}:aud`]: 'vault' } });
    const parts = { roles: [role(OPEN, { trust })], serviceAccounts: [serviceAccount('a/a')] };
    expect(brief(world({ ...parts, oidcProviders: [provider(PROVIDER, ['vault', STS])] }))).toEqual([
      'a/a open irsa vault possible no-sub-condition',
    ]);
    expect(brief(world(parts))).toEqual([]);
  });

  it('tells an annotation with an audience that does not work from one that would', () => {
    const parts = { roles: [apiRole], serviceAccounts: [annotated('shop/api', API, 'vault')] };
    expect(brief(world(parts))).toEqual([
      `shop/api api irsa ${STS} possible exact`,
      'shop/api api irsa vault broken audience-not-registered',
    ]);
  });

  it('finds candidates of IfExists, lists and several statements', () => {
    const trust = [
      trusts(sub('StringEqualsIfExists', ['system:serviceaccount:a:a', 'system:serviceaccount:x:y:z', 'nonsense'])),
      trusts(sub('ForAnyValue:StringEquals', 'system:serviceaccount:b:b')),
    ];
    const serviceAccounts = ['a/a', 'b/b', 'c/c'].map((path) => serviceAccount(path));
    expect(brief(world({ roles: [role(OPEN, { trust })], serviceAccounts }))).toEqual([
      `a/a open irsa ${STS} possible exact-list`,
      `b/b open irsa ${STS} possible foranyvalue`,
    ]);
  });

  it.each([
    ['an account that was not read', world({ roles: [], accounts: [], serviceAccounts: [annotated('shop/api', API)] }), 'role-not-read'],
    [
      'an issuer that is not known',
      world({ roles: [apiRole], cluster: {}, serviceAccounts: [annotated('shop/api', API)] }),
      'issuer-unknown',
    ],
    [
      'a trust policy that is unreadable',
      world({ roles: [role(API, { trust: '{"Statement":1}' })], serviceAccounts: [annotated('shop/api', API)] }),
      'trust-unreadable',
    ],
  ])('is conditional for %s', (_name, inventory, code) => {
    expect(brief(inventory)).toEqual([`shop/api api irsa ${STS} conditional ${code}`]);
  });

  it('names annotation, statement and provider as evidence', () => {
    const [link] = awsLinks(world({ roles: [apiRole], serviceAccounts: [annotated('shop/api', API)] }));
    expect(link?.evidence.map(({ kind, name, pointer }) => ({ kind, name, pointer }))).toEqual([
      { kind: 'ServiceAccount', name: 'api', pointer: '/metadata/annotations/eks.amazonaws.com~1role-arn' },
      // The role's policy has one statement that is no list.
      { kind: 'AwsRole', name: API, pointer: '/AssumeRolePolicyDocument/Statement' },
      { kind: 'AwsOidcProvider', name: PROVIDER, pointer: '/ClientIDList' },
    ]);
  });
});

describe('awsLinkGaps', () => {
  it('says nothing where issuer and cluster are known', () => {
    expect(
      awsLinkGaps(
        world({ roles: [apiRole], serviceAccounts: [annotated('shop/api', API)], podIdentityAssociations: [association('shop/api', API)] }),
      ),
    ).toEqual([]);
  });

  it('says nothing of an issuer that nobody needs', () => {
    expect(awsLinkGaps(world({ cluster: {}, serviceAccounts: [serviceAccount('shop/api')] }))).toEqual([]);
  });

  it('misses the issuer and the cluster where something hangs on them', () => {
    const inventory = world({
      cluster: {},
      serviceAccounts: [annotated('shop/api', API)],
      podIdentityAssociations: [association('shop/api', API)],
    });
    expect(awsLinkGaps(inventory).map((gap) => gap.what)).toEqual([
      "the cluster's OIDC issuer",
      'pod identity associations of this cluster',
    ]);
  });
});
