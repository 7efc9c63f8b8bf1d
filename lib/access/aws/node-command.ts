import { splitArn } from '../../inventory/normalise/aws-arn.ts';
import type { AwsWorld } from './aws-world.ts';
import type { AwsPrincipal } from './principal-statements.ts';
import { fittingResources, mayHave, type Right, rightTo } from './right.ts';

/** A way to run commands on an EC2 instance by the AWS API. */
export interface NodeCommand {
  readonly rights: readonly Right[];
  readonly dependsOn: readonly string[];
  /** Whether the SSM agent carries the command, which needs rights of the instance's own role. */
  readonly bySsm: boolean;
}

interface Way {
  /** Each on the resources that are named; `instance` is the node's own. */
  readonly needs: readonly { readonly action: string; readonly on: 'instance' | 'document' | 'template' }[];
  readonly hangsOn?: string;
  readonly bySsm?: true;
}

/** The plainest first. Source: reference section 3.5 (EKS rows), pathfinding.cloud ssm-001, ssm-002, ec2-002, ec2-004, ec2instanceconnect-003 */
const WAYS: readonly Way[] = [
  {
    needs: [
      { action: 'ssm:SendCommand', on: 'document' },
      { action: 'ssm:SendCommand', on: 'instance' },
    ],
    bySsm: true,
  },
  { needs: [{ action: 'ssm:StartSession', on: 'instance' }], bySsm: true },
  {
    needs: [
      { action: 'ec2:ModifyInstanceAttribute', on: 'instance' },
      { action: 'ec2:StopInstances', on: 'instance' },
      { action: 'ec2:StartInstances', on: 'instance' },
    ],
    hangsOn: 'the instance being started again rather than replaced by its group, with user data that runs at every start',
  },
  {
    needs: [{ action: 'ec2-instance-connect:SendSSHPublicKey', on: 'instance' }],
    hangsOn: 'EC2 Instance Connect on the instance, and a way to its port 22',
  },
  {
    needs: [
      { action: 'ec2:CreateLaunchTemplateVersion', on: 'template' },
      { action: 'ec2:ModifyLaunchTemplate', on: 'template' },
    ],
    hangsOn: "the node's group following the default version of the launch template, and a new node starting",
  },
];

/** An instance id that no policy names by accident stands for every instance. */
const ANY_INSTANCE = 'i-00000000000000000';

/** ARN of an instance, or of any. */
const instanceArn = (world: AwsWorld, id = ANY_INSTANCE): string => {
  const partition = splitArn(world.cluster?.arn ?? '')?.partition ?? 'aws';
  return `arn:${partition}:ec2:${world.region}:${world.cluster?.account ?? ''}:instance/${id}`;
};

function rightFor(
  world: AwsWorld,
  principal: AwsPrincipal,
  { need, instance }: { need: Way['needs'][number]; instance: string },
): Right | undefined {
  if (need.on === 'instance') return rightTo(world, principal, { action: need.action, resource: instance });
  const arn = splitArn(instance);
  const resource =
    need.on === 'document'
      ? `arn:${arn?.partition}:ssm:${world.region}::document/AWS-RunShellScript`
      : `arn:${arn?.partition}:ec2:${world.region}:${arn?.account}:launch-template/lt-00000000000000000`;
  let best: Right | undefined;
  for (const one of fittingResources(world, principal, { action: need.action, resource })) {
    if (!one.includes(need.on === 'document' ? ':document/' : ':launch-template/')) continue;
    const right = rightTo(world, principal, { action: need.action, resource: one });
    if (right?.sure === true) return right;
    best ??= right;
  }
  return best;
}

/** Ways to run commands on one instance, or (without an id) on whichever; the sure ones first. */
export function nodeCommands(world: AwsWorld, principal: AwsPrincipal, id?: string): readonly NodeCommand[] {
  if (world.cluster === undefined || world.cluster.account !== principal.account) return [];
  const instance = instanceArn(world, id);
  const found = WAYS.flatMap(({ needs, hangsOn, bySsm }): NodeCommand[] => {
    if (!needs.every(({ action }) => mayHave(world, principal, action))) return [];
    const rights: Right[] = [];
    for (const need of needs) {
      const right = rightFor(world, principal, { need, instance });
      if (right === undefined) return [];
      rights.push(right);
    }
    const dependsOn = [...(hangsOn === undefined ? [] : [hangsOn]), ...rights.flatMap((right) => (right.sure ? [] : right.dependsOn))];
    return [{ rights, dependsOn: [...new Set(dependsOn)], bySsm: bySsm === true }];
  });
  return found.sort((one, other) => Number(one.dependsOn.length > 0) - Number(other.dependsOn.length > 0));
}

/** Instances that the principal's statements name one by one. */
export function namedInstances(world: AwsWorld, principal: AwsPrincipal): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { statement } of world.held(principal).allows) {
    for (const resource of statement.resources ?? []) {
      const id = /:instance\/(i-[0-9a-f]{8,40})$/.exec(resource)?.[1];
      if (id !== undefined) ids.add(id);
    }
  }
  return ids;
}

/**
 * What the SSM agent on an instance needs of its role; undefined: the role has it. A role that lacks it may still be managed by the account's
 * default host management. Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html
 */
export function agentHangsOn(world: AwsWorld, roleArn: string | undefined): string | undefined {
  const role = roleArn === undefined ? undefined : world.index.roles.get(roleArn);
  if (role === undefined) return 'the SSM agent on the node, and a role of the node that lets it work (the role was not read)';
  const actions = ['ssmmessages:CreateControlChannel', 'ssm:UpdateInstanceInformation'];
  const missing = actions.filter((action) => rightTo(world, role, { action, resource: '*' })?.sure !== true);
  if (missing.length === 0) return undefined;
  return `Systems Manager's default host management in the account: the node's role ${role.name} is not allowed ${missing.join(' and ')}`;
}
