import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../inventory/inventory.ts';
import { indexAws } from './aws-index.ts';
import { ISSUER, listedProvider, PROVIDER, provider, providerArn, role, roleArn, STS, sub, trusts, world } from './testing/world.ts';
import { canAssumeWithWebIdentity } from './web-identity.ts';

const ROLE = roleArn('app');
const SUBJECT = 'system:serviceaccount:shop:api';

function ask(inventory: Inventory, audience = STS, arn = ROLE) {
  const { canAssume, code, dependsOn } = canAssumeWithWebIdentity(indexAws(inventory), {
    serviceAccount: 'shop/api',
    roleArn: arn,
    audience,
  });
  return { canAssume, code, ...(dependsOn.length === 0 ? {} : { dependsOn }) };
}

type Trust = Parameters<typeof role>[1]['trust'];

const aud = { StringEquals: { [`${ISSUER}:aud`]: STS } };
const deny = (condition: object) => trusts({ ...condition }, { Effect: 'Deny' });

const ALLOWED: readonly (readonly [name: string, trust: Trust, code: string])[] = [
  ['exact subject', trusts(sub('StringEquals', SUBJECT)), 'exact'],
  ['single statement object', trusts({ StringEquals: { [`${ISSUER}:sub`]: SUBJECT, [`${ISSUER}:aud`]: STS } }), 'exact'],
  ['key name in another case', trusts({ StringEquals: { [`${ISSUER.toUpperCase()}:SUB`]: SUBJECT } }), 'exact'],
  ['list of subjects', trusts(sub('StringEquals', ['x', SUBJECT])), 'exact-list'],
  ['subject in another case, ignoring case', trusts(sub('StringEqualsIgnoreCase', SUBJECT.toUpperCase())), 'ignore-case'],
  ['whole namespace', trusts(sub('StringLike', 'system:serviceaccount:shop:*')), 'namespace-wildcard'],
  ['prefix that crosses the colon', trusts(sub('StringLike', 'system:serviceaccount:sh*')), 'prefix-wildcard'],
  ['name in any namespace', trusts(sub('StringLike', 'system:serviceaccount:*:api')), 'any-namespace-wildcard'],
  ['one character', trusts(sub('StringLike', 'system:serviceaccount:shop:ap?')), 'question-wildcard'],
  ['begin of a name', trusts(sub('StringLike', 'system:serviceaccount:shop:a*')), 'name-wildcard'],
  ['any subject', trusts(sub('StringLike', '*')), 'any-subject'],
  ['any service account', trusts(sub('StringLike', 'system:serviceaccount:*')), 'any-subject'],
  ['any namespace and name', trusts(sub('StringLike', 'system:serviceaccount:*:*')), 'any-subject'],
  ['no condition', trusts(), 'no-condition'],
  ['audience alone', trusts(aud), 'no-sub-condition'],
  ['subject present', trusts({ Null: { [`${ISSUER}:sub`]: 'false' } }), 'sub-not-compared'],
  ['IfExists on a key that is none', trusts({ StringEqualsIfExists: { [`${ISSUER}:subject`]: 'x' } }), 'ifexists-missing-key'],
  [
    'ForAllValues on a key that is none',
    trusts({ 'ForAllValues:StringEquals': { [`${ISSUER}:subject`]: 'x' } }),
    'forallvalues-missing-key',
  ],
  ['negation on a key that is none', trusts({ StringNotEquals: { [`${ISSUER}:subject`]: 'x' } }), 'negated-missing-key'],
  ['all but another', trusts(sub('StringNotEquals', 'system:serviceaccount:default:default')), 'all-but'],
  ['ForAnyValue', trusts(sub('ForAnyValue:StringLike', ['x', 'system:serviceaccount:shop:*'])), 'foranyvalue'],
  ['wildcard action', trusts(sub('StringEquals', SUBJECT), { Action: 'STS:assumerolewith*' }), 'action-wildcard'],
  [
    'NotAction that leaves it out',
    trusts(sub('StringEquals', SUBJECT), { Action: undefined, NotAction: 'sts:AssumeRole' }),
    'action-wildcard',
  ],
  ['everybody as principal', trusts(sub('StringEquals', SUBJECT), { Principal: '*' }), 'exact'],
  [
    'provider in a list',
    trusts(sub('StringEquals', SUBJECT), { Principal: { Federated: ['cognito-identity.amazonaws.com', PROVIDER] } }),
    'exact',
  ],
  ['second of two statements', [trusts(sub('StringEquals', 'x')), trusts(sub('StringEquals', SUBJECT))], 'exact'],
  [
    'federated provider as a condition',
    trusts({ ArnEquals: { 'aws:FederatedProvider': PROVIDER }, ...sub('StringEquals', SUBJECT) }),
    'exact',
  ],
  ['Deny for another', [trusts(sub('StringEquals', SUBJECT)), deny(sub('StringEquals', 'x'))], 'exact'],
  [
    'Deny for another action',
    [trusts(sub('StringEquals', SUBJECT)), trusts(undefined, { Effect: 'Deny', Action: 'sts:AssumeRole' })],
    'exact',
  ],
];

const REFUSED: readonly (readonly [name: string, trust: Trust, code: string])[] = [
  ['another subject', trusts(sub('StringEquals', 'system:serviceaccount:shop:web')), 'subject-mismatch'],
  ['subject in another case', trusts(sub('StringEquals', 'system:serviceaccount:Shop:api')), 'subject-mismatch'],
  ['namespace that only begins alike', trusts(sub('StringLike', 'system:serviceaccount:sho:*')), 'subject-mismatch'],
  ['subject left out', trusts(sub('StringNotLike', '*:api')), 'subject-mismatch'],
  ['wildcard under StringEquals', trusts(sub('StringEquals', 'system:serviceaccount:shop:*')), 'wildcard-in-stringequals'],
  ['a key that is none', trusts({ StringEquals: { [`${ISSUER}:subject`]: SUBJECT } }), 'missing-key'],
  ["another issuer's key", trusts({ StringEquals: { 'other.example.com:sub': SUBJECT } }), 'missing-key'],
  ['another audience', trusts({ StringEquals: { [`${ISSUER}:sub`]: SUBJECT, [`${ISSUER}:aud`]: 'x' } }), 'audience-mismatch'],
  ['another action', trusts(sub('StringEquals', SUBJECT), { Action: 'sts:AssumeRole' }), 'wrong-action'],
  ['NotAction that names it', trusts(undefined, { Action: undefined, NotAction: 'sts:AssumeRoleWith*' }), 'wrong-action'],
  [
    'a service as principal',
    trusts(undefined, { Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }),
    'not-web-identity',
  ],
  ['a SAML provider', trusts(undefined, { Principal: { Federated: 'arn:aws:iam::123456789012:saml-provider/x' } }), 'not-web-identity'],
  [
    'the provider of another account',
    trusts(undefined, { Principal: { Federated: providerArn('210987654321') } }),
    'provider-other-account',
  ],
  [
    'a provider that is gone',
    trusts(undefined, { Principal: { Federated: providerArn(undefined, 'aws', 'gone.example.com') } }),
    'provider-missing',
  ],
  [
    'the provider of another partition',
    trusts(undefined, { Principal: { Federated: providerArn(undefined, 'aws-cn') } }),
    'provider-other-account',
  ],
  ['an explicit Deny', [trusts(), deny(sub('StringLike', '*:shop:*'))], 'explicit-deny'],
  [
    'a Deny of everybody else',
    [trusts(), trusts(undefined, { Effect: 'Deny', Principal: undefined, NotPrincipal: { Federated: 'x' } })],
    'explicit-deny',
  ],
];

const CONDITIONAL: readonly (readonly [name: string, trust: Trust, dependsOn: readonly string[]])[] = [
  ['source address', trusts({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }), ['aws:SourceIp']],
  ['session name, chosen by the caller', trusts({ StringEquals: { 'sts:RoleSessionName': 'x' } }), ['sts:RoleSessionName']],
  ['operator that does not exist', trusts(sub('StringSounds', SUBJECT)), [`${ISSUER}:sub`]],
  ['Deny that may apply', [trusts(), deny({ Bool: { 'aws:MultiFactorAuthPresent': 'false' } })], ['aws:MultiFactorAuthPresent']],
];

describe('canAssumeWithWebIdentity', () => {
  it.each(ALLOWED)('lets in: %s', (_name, trust, code) => {
    expect(ask(world({ roles: [role(ROLE, { trust })] }))).toEqual({ canAssume: true, code });
  });

  it.each(REFUSED)('keeps out: %s', (_name, trust, code) => {
    expect(ask(world({ roles: [role(ROLE, { trust })] }))).toEqual({ canAssume: false, code });
  });

  it.each(CONDITIONAL)('leaves open: %s', (_name, trust, dependsOn) => {
    expect(ask(world({ roles: [role(ROLE, { trust })] }))).toEqual({ canAssume: 'conditional', code: 'condition-unknown', dependsOn });
  });

  it('does not let an unknown condition open what a known one closes', () => {
    const trust = trusts({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' }, ...sub('StringEquals', 'x') });
    expect(ask(world({ roles: [role(ROLE, { trust })] }))).toEqual({ canAssume: false, code: 'subject-mismatch' });
  });
});

describe('providers and roles that were not read', () => {
  const roles = [role(ROLE, { trust: trusts(sub('StringEquals', SUBJECT)) })];
  const china = roleArn('app', '123456789012', 'aws-cn');
  const chinese = role(china, { trust: trusts(undefined, { Principal: { Federated: providerArn(undefined, 'aws-cn') } }) });

  it.each([
    ['issuer registered elsewhere only', world({ roles, oidcProviders: [] }), { canAssume: false, code: 'provider-missing' }],
    [
      'audience not registered',
      world({ roles, oidcProviders: [provider(PROVIDER, ['x'])] }),
      { canAssume: false, code: 'audience-not-registered' },
    ],
    [
      'providers not listed',
      world({ roles, oidcProviders: [], accountsWithProviders: [] }),
      { canAssume: 'conditional', code: 'provider-not-read', dependsOn: ['the OIDC providers of account 123456789012'] },
    ],
    [
      'client ids not read',
      world({ roles, oidcProviders: [listedProvider()] }),
      { canAssume: 'conditional', code: 'client-ids-not-read', dependsOn: ['the client ids of the OIDC provider'] },
    ],
    [
      'issuer not known',
      world({ roles, cluster: {} }),
      { canAssume: 'conditional', code: 'issuer-unknown', dependsOn: ["the cluster's OIDC issuer"] },
    ],
    [
      'unreadable trust policy',
      world({ roles: [role(ROLE, { trust: '{' })] }),
      { canAssume: 'conditional', code: 'trust-unreadable', dependsOn: ['a trust policy that can be read'] },
    ],
    ['role missing', world({ roles: [] }), { canAssume: false, code: 'role-missing' }],
    [
      'account not read',
      world({ roles: [], accounts: [] }),
      { canAssume: 'conditional', code: 'role-not-read', dependsOn: ['the roles of account 123456789012'] },
    ],
  ])('%s', (_name, inventory, expected) => {
    expect(ask(inventory)).toEqual(expected);
  });

  it('looks the provider up in the partition of the role', () => {
    const inventory = world({ roles: [chinese], oidcProviders: [provider(providerArn(undefined, 'aws-cn'))] });
    expect(ask(inventory, STS, china)).toEqual({ canAssume: true, code: 'no-condition' });
    expect(ask(world({ roles: [chinese] }), STS, china)).toEqual({ canAssume: false, code: 'provider-missing' });
  });

  it.each(['', 'app', 'arn:aws:iam:123456789012:role/app', 'arn:aws:iam::123456789012:user/app', 'arn:aws:iam::1234:role/app', `${ROLE} `])(
    'takes `%s` for no role',
    (arn) => {
      expect(ask(world({ roles }), STS, arn)).toEqual({ canAssume: false, code: 'invalid-arn' });
    },
  );
});
