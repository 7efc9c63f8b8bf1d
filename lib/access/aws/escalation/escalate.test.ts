import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AwsInstanceProfile, AwsUser } from '../../../inventory/aws.ts';
import { readSnapshot } from '../../../sources/snapshot/read.ts';
import { isAdministrator } from '../administrator.ts';
import { type AwsWorld, awsWorld } from '../aws-world.ts';
import type { AwsPrincipal } from '../principal-statements.ts';
import { roleChains } from '../role-chains.ts';
import { ACCOUNT, role, roleArn, world as worldWith } from '../testing/world.ts';
import { escalationsFrom } from './escalate.ts';
import { ESCALATION_ROWS, type EscalationRow } from './rows.ts';

const CORPUS = process.env.CORPUS_DIR ?? resolve(import.meta.dirname, '../../../../../shared/corpus');

const user = (name: string): AwsUser => ({
  arn: `arn:aws:iam::${ACCOUNT}:user/${name}`,
  account: ACCOUNT,
  name,
  path: '/',
  inlinePolicies: [],
  attachedPolicies: [],
  groups: [],
  tags: new Map(),
});

/** An account in which the row's own actions are all that the principal has, and everything that the row needs is there. */
function worldFor(row: EscalationRow, actions: readonly string[]): { world: AwsWorld; self: AwsPrincipal } {
  const statement = [{ Effect: 'Allow', Action: actions, Resource: '*' }];
  const policy = { arn: `arn:aws:iam::${ACCOUNT}:policy/p`, name: 'p', document: { statements: [] } };
  const self = role(roleArn('self'), {
    trust: [],
    inline: { own: statement },
    attached: row.needs.some(({ on }) => on === 'own-policy') ? [policy.arn] : [],
  });
  const service = row.target?.trusts;
  const missing = `arn:aws:iam::${ACCOUNT}:oidc-provider/gone.example.com`;
  const named =
    service !== undefined ? { Service: service } : row.target?.provider === 'missing' ? { Federated: missing } : { AWS: self.arn };
  const trust = [{ Effect: 'Allow', Principal: named, Action: 'Federated' in named ? 'sts:AssumeRoleWithWebIdentity' : 'sts:AssumeRole' }];
  const target = role(roleArn('target'), { trust, attached: row.needs.some(({ on }) => on === 'target-policy') ? [policy.arn] : [] });
  const asUser: AwsUser = {
    ...user('self'),
    inlinePolicies: self.inlinePolicies,
    groups: row.needs.some(({ on }) => on === 'own-group') ? ['g'] : [],
  };
  const everything = { statements: [{ index: 0, effect: 'Allow', actions: ['*'], resources: ['*'], conditions: [] }] } as const;
  const inlinePolicies = row.needs.some(({ on }) => on === 'admin-group') ? [{ name: 'all', document: everything }] : [];
  const profile: AwsInstanceProfile = {
    arn: `arn:aws:iam::${ACCOUNT}:instance-profile/t`,
    account: ACCOUNT,
    name: 't',
    roleArns: [target.arn],
  };
  const inventory = worldWith({
    roles: [self, target],
    users: row.by === 'user' ? [asUser] : row.target?.kind === 'user' ? [user('target')] : [],
    groups: [{ arn: `arn:aws:iam::${ACCOUNT}:group/g`, account: ACCOUNT, name: 'g', inlinePolicies, attachedPolicies: [] }],
    managedPolicies: [policy],
    instanceProfiles: [profile],
  });
  return { world: awsWorld(inventory), self: row.by === 'user' ? asUser : self };
}

const actionsOf = (row: EscalationRow): string[] => [...new Set(row.needs.map(({ action }) => action))];

describe('every row of the table', () => {
  it('has an id of its own, and lists its actions as IAM writes them', () => {
    expect(new Set(ESCALATION_ROWS.map(({ id }) => id)).size).toBe(ESCALATION_ROWS.length);
    expect(ESCALATION_ROWS.flatMap(actionsOf).filter((action) => !/^[a-z0-9-]+:[A-Z][A-Za-z]+$/.test(action))).toEqual([]);
    expect(ESCALATION_ROWS.filter(({ gives, target }) => gives === 'target' && target === undefined)).toEqual([]);
  });

  it.each(ESCALATION_ROWS.map((row) => [row.id, row] as const))('%s holds with its actions, and says what else it needs', (_id, row) => {
    const { world, self } = worldFor(row, actionsOf(row));
    const found = escalationsFrom(world, self).flatMap(({ to, steps }) => steps.map((step) => ({ to, step })));
    const own = found.find(({ step }) => step.row === row);
    expect(own).toBeDefined();
    expect(own?.to === 'admin' ? 'admin' : 'target').toBe(row.gives);
    expect(own?.step.dependsOn).toEqual(row.hangsOn === undefined ? [] : [row.hangsOn]);
    expect(own?.step.rights.map(({ action }) => action)).toEqual(row.needs.map(({ action }) => action));
  });

  it.each(
    ESCALATION_ROWS.flatMap((row) =>
      actionsOf(row)
        .filter((action) => action !== 'sts:AssumeRole')
        .map((action) => [row.id, action, row] as const),
    ),
  )('%s does not hold without %s', (_id, action, row) => {
    const { world, self } = worldFor(
      row,
      actionsOf(row).filter((one) => one !== action),
    );
    expect(
      escalationsFrom(world, self)
        .flatMap(({ steps }) => steps)
        .filter((step) => step.row === row),
    ).toEqual([]);
  });
});

interface Expected {
  readonly role: string;
  readonly reaches: string | null;
  readonly by: readonly string[];
}

/** The ways on that surely work, `*` for administrator of the own account: that before administrators of others, and those before the rest. */
function sureWays(world: AwsWorld, principal: AwsPrincipal): { readonly reaches: string; readonly by: readonly string[] }[] {
  const escalations = escalationsFrom(world, principal)
    .filter(({ steps: [best] }) => best.dependsOn.length === 0)
    .map(({ to, steps: [best] }) => ({ reaches: to === 'admin' ? '*' : to.arn, by: best.row.needs.map(({ action }) => action) }));
  const chains = [...roleChains(world, principal)]
    .filter(({ answer }) => answer.dependsOn.length === 0)
    .map(({ to }) => ({ reaches: to.arn, by: ['sts:AssumeRole'] }));
  const rank = ({ reaches }: { readonly reaches: string }): number => {
    const target = world.principals.get(reaches);
    if (target === undefined) return 0;
    return isAdministrator(world.index, target).answer === 'yes' ? 1 : 2;
  };
  return [...escalations, ...chains].sort((one, other) => rank(one) - rank(other));
}

describe.skipIf(!existsSync(CORPUS))('the account of prod-eu', () => {
  let world: AwsWorld;
  beforeAll(async () => {
    world = awsWorld(await readSnapshot(join(CORPUS, 'prod-eu')));
  });

  it('agrees with every expected escalation', () => {
    const { escalations } = JSON.parse(readFileSync(join(CORPUS, 'expected/aws.json'), 'utf8')) as { escalations: readonly Expected[] };
    const sure = escalations.map(({ role: name }) => {
      const principal = world.principals.get(`arn:aws:iam::111122223333:role/${name}`) as AwsPrincipal;
      const [best] = sureWays(world, principal);
      return { role: name, reaches: best?.reaches ?? null, by: best?.by ?? [] };
    });
    expect(sure).toEqual(escalations.map(({ role: name, reaches, by }) => ({ role: name, reaches, by })));
    expect(sure.length).toBeGreaterThan(0);
  });

  it('finds nothing for roles that only read and write their own data', () => {
    for (const name of ['shop-api-irsa', 'pod-id-checkout', 'kms-decrypt-irsa', 'tagged-ec2-irsa', 'any-ns-deployer-irsa']) {
      const principal = world.principals.get(`arn:aws:iam::111122223333:role/${name}`) as AwsPrincipal;
      expect([...escalationsFrom(world, principal), ...roleChains(world, principal)], name).toEqual([]);
    }
  });
});
