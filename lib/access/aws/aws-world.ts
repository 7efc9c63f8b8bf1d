import type { AwsInventory, AwsRole, AwsUser, EksCluster } from '../../inventory/aws.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { splitArn } from '../../inventory/normalise/aws-arn.ts';
import { type AwsIndex, indexAws } from './aws-index.ts';
import { type AwsPrincipal, type HeldStatements, heldStatements } from './principal-statements.ts';

/** The account data of one inventory with what questions about moving on from a principal need, each worked out once. */
export interface AwsWorld {
  readonly index: AwsIndex;
  readonly aws: AwsInventory;
  /** The EKS cluster that the inventory's Kubernetes half is; undefined where that is not known. */
  readonly cluster?: EksCluster;
  /** Where the cluster is, or the first region that the data names: where an attacker would create things. */
  readonly region: string;
  /** Roles and users by ARN. */
  readonly principals: ReadonlyMap<string, AwsPrincipal>;
  readonly rolesByAccount: ReadonlyMap<string, readonly AwsRole[]>;
  readonly usersByAccount: ReadonlyMap<string, readonly AwsUser[]>;
  /** ARNs of roles that are in an instance profile. */
  readonly rolesWithProfile: ReadonlySet<string>;
  /** Accounts of which an instance profile was read, so that a missing one is missing. */
  readonly accountsWithProfiles: ReadonlySet<string>;
  readonly held: (principal: AwsPrincipal) => HeldStatements;
  /** Whoever is administrator of an account: nothing but service control policies limits it. */
  readonly administratorOf: (account: string) => AwsRole;
}

/** No role can have this name, so that no policy names it by accident. */
const ANY_ADMINISTRATOR = '(any administrator)';

function administrator(account: string, partition: string): AwsRole {
  const everything = { index: 0, effect: 'Allow', actions: ['*'], resources: ['*'], conditions: [] } as const;
  return {
    arn: `arn:${partition}:iam::${account}:role/${ANY_ADMINISTRATOR}`,
    account,
    name: ANY_ADMINISTRATOR,
    path: '/',
    trust: { statements: [] },
    inlinePolicies: [{ name: 'everything', document: { version: '2012-10-17', statements: [everything] } }],
    attachedPolicies: [],
    tags: new Map(),
  };
}

const byAccount = <T extends { readonly account: string }>(items: readonly T[]): Map<string, T[]> =>
  Map.groupBy(items, ({ account }) => account);

/** Remembers what `make` says of each key. */
function once<K, V>(make: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = make(key);
      known.set(key, value);
    }
    return value;
  };
}

/** Indexes the accounts; costs a pass over roles, users and clusters. */
export function awsWorld(inventory: Pick<Inventory, 'aws' | 'cluster'>): AwsWorld {
  const { aws } = inventory;
  const index = indexAws(inventory);
  const cluster = aws.eksClusters.find(({ arn }) => arn === inventory.cluster.eksClusterArn);
  const rolesByAccount = byAccount(aws.roles);
  const partitionOf = (account: string): string => splitArn(rolesByAccount.get(account)?.[0]?.arn ?? '')?.partition ?? 'aws';
  return {
    index,
    aws,
    ...(cluster === undefined ? {} : { cluster }),
    region: cluster?.region ?? index.region ?? 'us-east-1',
    principals: new Map<string, AwsPrincipal>([...aws.users, ...aws.roles].map((principal) => [principal.arn, principal])),
    rolesByAccount,
    usersByAccount: byAccount(aws.users),
    rolesWithProfile: new Set(aws.instanceProfiles.flatMap(({ roleArns }) => roleArns)),
    accountsWithProfiles: new Set(aws.instanceProfiles.map(({ account }) => account)),
    held: once((principal: AwsPrincipal) => heldStatements(principal, index)),
    administratorOf: once((account: string) => administrator(account, partitionOf(account))),
  };
}

/** Whether two actions, resources and statements aside, nothing but service control policies limits the principal. */
export function isUnlimited(world: AwsWorld, principal: AwsPrincipal): boolean {
  const { allows, denies } = world.held(principal);
  if (principal.permissionsBoundary !== undefined || denies.length > 0) return false;
  return allows.some(
    ({ statement }) =>
      statement.conditions.length === 0 &&
      statement.actions?.some((action) => action === '*' || action === '*:*') === true &&
      statement.resources?.includes('*') === true,
  );
}
