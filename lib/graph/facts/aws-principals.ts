import { isAdministrator } from '../../access/aws/administrator.ts';
import { type AwsWorld, awsWorld, isUnlimited } from '../../access/aws/aws-world.ts';
import { type AwsPrincipal, type HeldStatement, isUser } from '../../access/aws/principal-statements.ts';
import { type Right, statementsBehind } from '../../access/aws/right.ts';
import { command } from '../../access/shell.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { allOf, anyOf, type Closing, isMet, NEVER } from '../closing.ts';
import type { NodeKind } from '../kinds.ts';
import type { Evidence, Fix } from '../model.ts';
import type { NodeTableBuilder } from '../table-builder.ts';
import type { Facts } from './facts.ts';

const remembered = new WeakMap<Inventory, AwsWorld>();

/** The accounts of the inventory, indexed once. */
export function worldOf({ inventory }: Pick<Facts, 'inventory'>): AwsWorld {
  let world = remembered.get(inventory);
  if (world === undefined) {
    world = awsWorld(inventory);
    remembered.set(inventory, world);
  }
  return world;
}

/** Kinds of node that can move on in AWS. */
export const AWS_PRINCIPALS: readonly NodeKind[] = ['aws-role', 'aws-user', 'aws-admin'];

/** The node of a role or user. */
export const principalNode = (nodes: NodeTableBuilder, principal: AwsPrincipal): number =>
  nodes.intern(isUser(principal) ? 'aws-user' : 'aws-role', principal.arn, '', principal);

/** Who acts where an edge begins: the role or user of the node, or any administrator of the account. */
export function principalAt(facts: Pick<Facts, 'inventory' | 'nodes'>, node: number): AwsPrincipal {
  const world = worldOf(facts);
  const name = facts.nodes.names[node] as string;
  const principal = facts.nodes.kinds[node] === 'aws-admin' ? world.administratorOf(name) : world.principals.get(name);
  if (principal === undefined) throw new Error(`no AWS principal ${facts.nodes.ids[node]}`);
  return principal;
}

/**
 * Whoever moves on by rights of its own: every user and role but those that nothing limits, and once for each account its administrator,
 * to whom those lead. So what an administrator may do is told once and not again of each.
 */
export function* actors(facts: Pick<Facts, 'inventory' | 'nodes'>): Generator<{ readonly node: number; readonly principal: AwsPrincipal }> {
  const world = worldOf(facts);
  const { nodes } = facts;
  for (const principal of world.principals.values()) {
    if (!leadsToAdministrator(facts, principal)) yield { node: principalNode(nodes, principal), principal };
  }
  for (const account of administered(facts)) yield { node: nodes.intern('aws-admin', account), principal: world.administratorOf(account) };
}

/** A role with a sure edge to its account's administrator and no limit of its own can do what that can, no more and no less. */
function leadsToAdministrator(facts: Pick<Facts, 'inventory'>, principal: AwsPrincipal): boolean {
  const world = worldOf(facts);
  return isUnlimited(world, principal) && isAdministrator(world.index, principal).answer === 'yes';
}

/** Accounts whose administrator somebody is or may become. */
function administered({ nodes }: Pick<Facts, 'nodes'>): string[] {
  return nodes.kinds.flatMap((kind, node) => (kind === 'aws-admin' ? [nodes.names[node] as string] : []));
}

/** The statements behind rights; of an account's administrator none, as it stands for all. */
export function rightsEvidence(facts: Pick<Facts, 'inventory'>, principal: AwsPrincipal, rights: readonly Right[]): Evidence[] {
  const world = worldOf(facts);
  if (!world.principals.has(principal.arn)) return [];
  const found = new Map<string, Evidence>();
  for (const right of rights) {
    for (const held of statementsBehind(world, principal, right)) {
      const { object, pointer } = held;
      const key = `${object.name}${pointer}`;
      const before = found.get(key)?.says;
      const says = before === undefined ? `allows ${right.action}` : before.includes(right.action) ? before : `${before}, ${right.action}`;
      found.set(key, { kind: object.kind, name: object.name, pointer, says });
    }
  }
  return [...found.values()];
}

/** Takes the statement that gives the first right away. */
export function fixOfRights(facts: Pick<Facts, 'inventory'>, principal: AwsPrincipal, rights: readonly Right[]): Fix {
  const world = worldOf(facts);
  const actions = [...new Set(rights.map(({ action }) => action))];
  const [first] = rights;
  const held = first === undefined ? undefined : statementsBehind(world, principal, first)[0];
  if (held === undefined || !world.principals.has(principal.arn)) return { says: 'let fewer principals be administrator of the account' };
  return fixOf(held, principal, actions.join(' or '));
}

const fixOf = (held: HeldStatement, principal: AwsPrincipal, what: string): Fix => ({
  says: `take ${what} out of policy \`${held.policy}\`, or limit it to what the workload uses`,
  command: takeAway(held, principal),
  sideEffect: 'what the same statement or policy allows besides may be lost as well',
});

/** How to make one of the changes that `closingOfWays` names. */
export function fixOfChange(facts: Pick<Facts, 'inventory'>, principal: AwsPrincipal, change: string): Fix | undefined {
  const held = worldOf(facts)
    .held(principal)
    .allows.find((one) => changeKey(one, principal) === change);
  return held === undefined ? undefined : fixOf(held, principal, `statement ${held.statement.sid ?? held.statement.index}`);
}

function takeAway({ object, policy }: HeldStatement, principal: AwsPrincipal): string {
  const document = ['--policy-document', 'file://policy.json'];
  const name = object.name.slice(object.name.lastIndexOf('/') + 1);
  if (object.kind === 'AwsRole')
    return command('aws', 'iam', 'put-role-policy', `--role-name=${name}`, `--policy-name=${policy}`, ...document);
  if (object.kind === 'AwsUser')
    return command('aws', 'iam', 'put-user-policy', `--user-name=${name}`, `--policy-name=${policy}`, ...document);
  if (object.kind === 'AwsGroup')
    return command('aws', 'iam', 'put-group-policy', `--group-name=${name}`, `--policy-name=${policy}`, ...document);
  const [operation, option] = isUser(principal) ? ['detach-user-policy', '--user-name'] : ['detach-role-policy', '--role-name'];
  return command('aws', 'iam', operation, `${option}=${principal.name}`, `--policy-arn=${policy}`);
}

const changeKey = ({ object, pointer }: HeldStatement, principal: AwsPrincipal): string =>
  `statement: ${object.name}${pointer} of ${principal.arn}`;

/**
 * What takes rights away: every statement that gives one of them, for each of the ways that they open. What an administrator of the account
 * may do is closed by nothing here: it is closed where somebody becomes one.
 */
export function closingOfWays(
  facts: Pick<Facts, 'inventory'>,
  principal: AwsPrincipal,
  ways: readonly (readonly Pick<Right, 'action' | 'resource'>[])[],
): Closing {
  const world = worldOf(facts);
  if (!world.principals.has(principal.arn)) return NEVER;
  const ofRight = (right: Pick<Right, 'action' | 'resource'>): Closing =>
    allOf([...new Set(statementsBehind(world, principal, right).map((held) => changeKey(held, principal)))].map((change) => ({ change })));
  return allOf(ways.map((rights) => anyOf(rights.map(ofRight))));
}

/** Single statements each of which closes every way by itself. */
export function changesOfWays(
  facts: Pick<Facts, 'inventory'>,
  principal: AwsPrincipal,
  ways: readonly (readonly Pick<Right, 'action' | 'resource'>[])[],
): readonly string[] {
  const closing = closingOfWays(facts, principal, ways);
  const named = new Set<string>();
  const collect = (one: Closing): void => {
    if ('change' in one) named.add(one.change);
    else for (const part of 'any' in one ? one.any : one.all) collect(part);
  };
  collect(closing);
  return [...named].filter((change) => isMet(closing, (made) => made === change));
}
