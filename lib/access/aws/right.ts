import { splitArn } from '../../inventory/normalise/aws-arn.ts';
import { evaluateAccess } from './access.ts';
import type { AwsWorld } from './aws-world.ts';
import type { RequestContext } from './context.ts';
import type { AwsPrincipal, HeldStatement } from './principal-statements.ts';
import { actionApplies, statementApplies } from './statement.ts';

/** That a principal may do something, surely or depending on something. */
export interface Right {
  readonly action: string;
  /** The resource that was asked about: one that the attacker would choose, where it is not given. */
  readonly resource: string;
  readonly sure: boolean;
  readonly dependsOn: readonly string[];
}

/** What is asked: an action on a resource, with the condition keys that the action itself fixes (lower case). */
export interface Wish {
  readonly action: string;
  readonly resource: string;
  readonly keys?: ReadonlyMap<string, readonly string[]>;
}

const NO_KEYS: ReadonlyMap<string, readonly string[]> = new Map();

/** Keys that are given are known; of everything else nobody knows. */
const contextOf = (values: ReadonlyMap<string, readonly string[]>): RequestContext => ({ values, isAbsent: () => false });

/**
 * Whether any Allow statement of the principal names the action at all: a cheap no before the whole evaluation. A policy that was not
 * read is a gap of its own: it could name anything, and an edge to everything would say nothing.
 */
export function mayHave(world: AwsWorld, principal: AwsPrincipal, action: string): boolean {
  const { allows, services } = world.held(principal);
  if (services !== undefined && !services.has(action.slice(0, action.indexOf(':')).toLowerCase())) return false;
  return allows.some(({ compiled }) => actionApplies(compiled, action));
}

/**
 * Whether the principal may do it, by every policy that limits it. Where that hangs on the region of the request, the cluster's region
 * is taken: whoever asks may choose it. Undefined: it may not, or nothing but policies that were not read could allow it.
 */
export function rightTo(world: AwsWorld, principal: AwsPrincipal, wish: Wish): Right | undefined {
  const { action, resource, keys = NO_KEYS } = wish;
  const { index } = world;
  if (!mayHave(world, principal, action)) return undefined;
  let answer = evaluateAccess(index, { principal, action, resource, context: contextOf(keys) });
  if (answer.verdict === 'Conditional' && answer.dependsOn.some((item) => /requestedregion/i.test(item))) {
    const there = new Map([...keys, ['aws:requestedregion', [world.region]] as const]);
    const narrower = evaluateAccess(index, { principal, action, resource, context: contextOf(there) });
    if (narrower.verdict === 'Allowed' || narrower.verdict === 'Conditional') answer = narrower;
  }
  if (answer.verdict !== 'Allowed' && answer.verdict !== 'Conditional') return undefined;
  return { action, resource, sure: answer.verdict === 'Allowed', dependsOn: answer.verdict === 'Allowed' ? [] : answer.dependsOn };
}

/** Of one principal and action no more patterns are tried: who has that many is hardly told apart by the next. */
const MOST_PATTERNS = 250;

/** An ARN that fits a pattern, with the region and account where they are open; undefined for what is no whole ARN. */
export function fittingArn(pattern: string, world: AwsWorld, account: string): string | undefined {
  const fields = pattern.split(':', 6);
  if (fields.length < 6) return undefined;
  const rest = pattern.slice(fields.slice(0, 5).join(':').length + 1);
  const [prefix, partition, service, region, owner] = fields as [string, string, string, string, string];
  const filled = [
    prefix,
    partition === '*' ? (splitArn(world.cluster?.arn ?? '')?.partition ?? 'aws') : partition,
    service,
    region === '*' ? world.region : region,
    owner === '*' ? account : owner,
  ];
  return `${filled.join(':')}:${rest}`.replace(/\*+/g, 'any').replace(/\?/g, 'x');
}

/** ARNs that the Allow statements for an action speak of, each as one that fits its pattern; the first is what a bare `*` stands for. */
export function fittingResources(world: AwsWorld, principal: AwsPrincipal, wish: Wish): string[] {
  const found = new Set([wish.resource]);
  for (const { compiled, statement } of world.held(principal).allows) {
    if (statement.resources === undefined || !actionApplies(compiled, wish.action)) continue;
    for (const pattern of statement.resources) {
      const arn = fittingArn(pattern, world, principal.account);
      if (arn !== undefined && found.size < MOST_PATTERNS) found.add(arn);
    }
  }
  return [...found];
}

/** The same where the attacker chooses the resource: the best answer over what the principal's own statements speak of. */
export function rightSomewhere(world: AwsWorld, principal: AwsPrincipal, wish: Wish): Right | undefined {
  let best: Right | undefined;
  for (const resource of fittingResources(world, principal, wish)) {
    const right = rightTo(world, principal, { ...wish, resource });
    if (right?.sure === true) return right;
    best ??= right;
  }
  return best;
}

/** The principal's Allow statements that speak of the action and resource: the evidence of a right. */
export function statementsBehind(world: AwsWorld, principal: AwsPrincipal, { action, resource }: Wish): readonly HeldStatement[] {
  const request = { action, resource, context: contextOf(NO_KEYS) };
  return world.held(principal).allows.filter(({ compiled }) => statementApplies(compiled, request) !== false);
}

/** What an action creates or acts on, by the service of the action: the type is what policies and SCPs tell resources apart by. */
const RESOURCE_OF_SERVICE: ReadonlyMap<string, string> = new Map([
  ['lambda', 'function:any'],
  ['ec2', 'instance/any'],
  ['cloudformation', 'stack/any/any'],
  ['codebuild', 'project/any'],
  ['glue', 'job/any'],
  ['sagemaker', 'notebook-instance/any'],
  ['ecs', 'task-definition/any:1'],
  ['apprunner', 'service/any/any'],
  ['ssm', 'document/any'],
  ['autoscaling', 'autoScalingGroup:any:autoScalingGroupName/any'],
  ['iam', 'role/any'],
]);

/** Actions whose resource is not what their service's actions mostly are about: `service/type`. */
const RESOURCE_OF_ACTION: ReadonlyMap<string, string> = new Map([
  ['iam:CreateInstanceProfile', 'iam/instance-profile/any'],
  ['iam:AddRoleToInstanceProfile', 'iam/instance-profile/any'],
  ['ssm:StartSession', 'ec2/instance/any'],
  ['ssm:SendCommand', 'ec2/instance/any'],
  ['ec2-instance-connect:SendSSHPublicKey', 'ec2/instance/any'],
  ['ec2:CreateLaunchTemplateVersion', 'ec2/launch-template/any'],
  ['ec2:ModifyLaunchTemplate', 'ec2/launch-template/any'],
  ['lambda:CreateEventSourceMapping', 'lambda/event-source-mapping:any'],
  ['cloudformation:CreateStackSet', 'cloudformation/stackset/any:any'],
  ['cloudformation:UpdateStackSet', 'cloudformation/stackset/any:any'],
  ['cloudformation:CreateStackInstances', 'cloudformation/stackset/any:any'],
  ['ecs:CreateCluster', 'ecs/cluster/any'],
  ['ecs:CreateService', 'ecs/service/any/any'],
  ['glue:CreateDevEndpoint', 'glue/devEndpoint/any'],
  ['glue:UpdateDevEndpoint', 'glue/devEndpoint/any'],
  ['glue:CreateTrigger', 'glue/trigger/any'],
  ['sagemaker:CreateTrainingJob', 'sagemaker/training-job/any'],
  ['sagemaker:CreateProcessingJob', 'sagemaker/processing-job/any'],
  ['eks:CreatePodIdentityAssociation', 'eks/cluster/any'],
  ['eks:UpdatePodIdentityAssociation', 'eks/podidentityassociation/any/a-any'],
]);

/** The ARN of a resource that does not exist yet, in the principal's account. Types: the Service Authorization Reference. */
export function anyResource(world: AwsWorld, principal: AwsPrincipal, action: string): string {
  const [service, ...type] = (RESOURCE_OF_ACTION.get(action) ?? '').split('/');
  const own = action.slice(0, action.indexOf(':'));
  const of = service === undefined || service === '' ? own : service;
  const partition = splitArn(principal.arn)?.partition ?? 'aws';
  const region = of === 'iam' ? '' : world.region;
  const resource = type.length === 0 ? (RESOURCE_OF_SERVICE.get(own) ?? 'any') : type.join('/');
  return `arn:${partition}:${of}:${region}:${principal.account}:${resource}`;
}
