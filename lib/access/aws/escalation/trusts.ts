import type { AwsRole } from '../../../inventory/aws.ts';
import { splitArn } from '../../../inventory/normalise/aws-arn.ts';
import type { AwsWorld } from '../aws-world.ts';
import { type CompiledPolicy, evaluatePolicy, type PolicyAnswer } from '../policy.ts';

/** A role that a service may be given, and what that hangs on. */
export interface PassableRole {
  readonly role: AwsRole;
  readonly dependsOn: readonly string[];
}

/** Services never let a service-linked role be passed or its trust be changed. */
export const isServiceLinked = (role: AwsRole): boolean => role.path.startsWith('/aws-service-role/');

const remembered = new WeakMap<AwsWorld, Map<string, readonly PassableRole[]>>();

/** Whom the trust policy names at all, so that each service asks only the roles that could answer. */
function namesService(trust: CompiledPolicy, service: string): boolean {
  return trust.statements.some(
    ({ source }) =>
      source.effect === 'Allow' &&
      (source.principals === undefined ||
        source.principals.some(({ type, value }) => type === '*' || (type === 'Service' && (value === service || value === '*')))),
  );
}

/**
 * Roles of an account whose trust policy lets the service assume them. What the service sends along (aws:SourceArn and the like) is
 * the attacker's resource, so a condition on it makes the role depend on it. Each account and service is asked once.
 */
export function rolesTrusting(world: AwsWorld, account: string, service: string): readonly PassableRole[] {
  let byKey = remembered.get(world);
  if (byKey === undefined) {
    byKey = new Map();
    remembered.set(world, byKey);
  }
  const key = `${account} ${service}`;
  let roles = byKey.get(key);
  if (roles === undefined) {
    roles = (world.rolesByAccount.get(account) ?? []).flatMap((role) => passable(world, role, service));
    byKey.set(key, roles);
  }
  return roles;
}

/** In China some services have a name of their own. Source: https://docs.amazonaws.cn/en_us/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export const serviceNames = (arn: string, service: string): readonly string[] =>
  splitArn(arn)?.partition === 'aws-cn' ? [service, `${service}.cn`] : [service];

function passable(world: AwsWorld, role: AwsRole, service: string): PassableRole[] {
  const trust = world.index.trust.get(role.arn);
  if (trust === undefined || isServiceLinked(role)) return [];
  const answers = serviceNames(role.arn, service)
    .filter((name) => namesService(trust, name))
    .map((name) => trustOf(trust, role, name));
  if (answers.some(({ verdict }) => verdict === 'Allowed')) return [{ role, dependsOn: [] }];
  const open = answers.find(({ verdict }) => verdict === 'Conditional');
  return open === undefined ? [] : [{ role, dependsOn: open.dependsOn.map((item) => `${item} of what ${service} sends`) }];
}

function trustOf(trust: CompiledPolicy, role: AwsRole, service: string): PolicyAnswer {
  const values = new Map([
    ['aws:sourceaccount', [role.account]],
    ['aws:principalisawsservice', ['true']],
    ['aws:principalservicename', [service]],
  ]);
  const context = { values, isAbsent: () => false };
  return evaluatePolicy(trust, { principal: { type: 'Service', value: service }, action: 'sts:AssumeRole', context });
}

/** OIDC providers of the role's own account that its trust policy names and that are not there, where providers were listed. */
export function missingProviders(world: AwsWorld, role: AwsRole): readonly string[] {
  const { accountsWithProviders, providers } = world.index;
  if (!accountsWithProviders.has(role.account) || isServiceLinked(role)) return [];
  return role.trust.statements.flatMap(({ effect, principals }) =>
    effect === 'Allow'
      ? (principals ?? [])
          .filter(({ type, value }) => type === 'Federated' && isProviderOf(role, value) && !providers.has(value))
          .map(({ value }) => value)
      : [],
  );
}

function isProviderOf(role: AwsRole, value: string): boolean {
  const arn = splitArn(value);
  return arn?.account === role.account && arn.resource.startsWith('oidc-provider/');
}
