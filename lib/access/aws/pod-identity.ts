import type { AwsRole, PodIdentityAssociation, PolicyStatement } from '../../inventory/aws.ts';
import { splitArn } from '../../inventory/normalise/aws-arn.ts';
import { type AwsIndex, isRoleArn } from './aws-index.ts';
import type { RequestContext } from './context.ts';
import { type CompiledPolicy, evaluatePolicy, type PolicyAnswer } from './policy.ts';
import { canAssumeRole, type RoleChainAnswer } from './role-chain.ts';
import { failingConditions, type PolicyRequest, principalApplies } from './statement.ts';

const SERVICE = 'pods.eks.amazonaws.com';

/** Whether EKS can get the association's role for the pod, and whether it can go on to the target role. */
export interface PodIdentityAnswer {
  readonly canAssume: boolean | 'conditional';
  /** `ok`, or what fails first; a failing target has a code that begins with `target-`. */
  readonly code: string;
  readonly reason: string;
  readonly statements: readonly PolicyStatement[];
  readonly dependsOn: readonly string[];
  /** Only with a target role. */
  readonly target?: RoleChainAnswer;
}

/**
 * Evaluates an association as EKS does: the role is in the cluster's account and trusts pods.eks.amazonaws.com with
 * sts:AssumeRole, and with sts:TagSession unless session tags are off; the six session tags are keys of that request.
 * With a target role EKS goes on from the first role, and the pod is given the target's credentials alone.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html, …/pod-id-abac.html, …/pod-id-assign-target-role.html
 */
export function evaluateAssociation(index: AwsIndex, association: PodIdentityAssociation): PodIdentityAnswer {
  const role = index.roles.get(association.roleArn);
  const unusable = unusableRole(index, association.roleArn, association);
  if (unusable !== undefined) return unusable;
  const trust = role === undefined ? undefined : index.trust.get(role.arn);
  if (role === undefined || trust === undefined)
    return refusal('role-missing', `Account ${association.account} has no role \`${association.roleArn}\`.`);
  const first = evaluateTrust(trust, association);
  if (first.canAssume === false || association.targetRoleArn === undefined) return first;
  const target = evaluateTarget(index, role, { ...association, targetRoleArn: association.targetRoleArn });
  if (target.canAssume === true) return { ...first, target };
  const reason = `EKS gets the first role; then: ${target.reason}`;
  return { ...first, code: target.code, reason, target };
}

function unusableRole(index: AwsIndex, roleArn: string, association: PodIdentityAssociation): PodIdentityAnswer | undefined {
  if (!isRoleArn(roleArn)) return refusal('invalid-arn', `\`${roleArn}\` is no ARN of an IAM role.`);
  const account = splitArn(roleArn)?.account ?? '';
  if (account !== association.account) {
    return refusal(
      'role-other-account',
      `The role is in account ${account}; Pod Identity needs a role of the cluster's account ${association.account}.`,
    );
  }
  if (index.roles.has(roleArn) || index.accounts.has(account)) return undefined;
  return rolesNotRead('role-not-read', account);
}

function evaluateTrust(trust: CompiledPolicy, association: PodIdentityAssociation): PodIdentityAnswer {
  const context = associationContext(association);
  const ask = (action: string): PolicyRequest => ({ principal: { type: 'Service', value: SERVICE }, action, context });
  const requests = [ask('sts:AssumeRole'), ...(association.disableSessionTags ? [] : [ask('sts:TagSession')])];
  const answers = requests.map((request) => evaluatePolicy(trust, request));
  for (const [at, answer] of answers.entries()) {
    const request = requests[at];
    if (request !== undefined && answer.verdict.endsWith('Denied')) return trustRefusal(trust, request, { answer, association });
  }
  const statements = [...new Set(answers.flatMap((answer) => answer.statements))];
  const dependsOn = [...new Set(answers.flatMap((answer) => answer.dependsOn))].sort();
  if (dependsOn.length > 0) {
    const reason = `The trust policy allows ${SERVICE}, depending on ${dependsOn.map((item) => `\`${item}\``).join(', ')}.`;
    return { canAssume: 'conditional', code: 'condition-unknown', reason, statements, dependsOn };
  }
  const reason = `Trusts ${SERVICE} with sts:AssumeRole${association.disableSessionTags ? '; session tags are off' : ' and sts:TagSession'}.`;
  return { canAssume: true, code: 'ok', reason, statements, dependsOn: [] };
}

/** Keys of EKS's request. Tags that it does not send are absent; a pod's name and uid are not known before it runs. */
function associationContext(association: PodIdentityAssociation): RequestContext {
  const values = new Map<string, readonly string[]>([
    ['aws:sourceaccount', [association.account]],
    ['aws:sourcearn', [clusterArnOf(association)]],
    ['aws:principalisawsservice', ['true']],
    ['aws:principalservicename', [SERVICE]],
    ...sessionTags(association),
  ]);
  return { values, isAbsent: (key) => isAbsentTag(association, key) || !/^(?:aws|sts):/.test(key) };
}

function sessionTags(association: PodIdentityAssociation): [string, readonly string[]][] {
  if (association.disableSessionTags) return [];
  const known = [
    ['eks-cluster-arn', clusterArnOf(association)],
    ['eks-cluster-name', association.clusterName],
    ['kubernetes-namespace', association.namespace],
    ['kubernetes-service-account', association.serviceAccount],
  ] as const;
  return [
    ...known.map(([tag, value]): [string, readonly string[]] => [`aws:requesttag/${tag}`, [value]]),
    ['aws:tagkeys', [...known.map(([tag]) => tag), 'kubernetes-pod-name', 'kubernetes-pod-uid']],
  ];
}

function isAbsentTag(association: PodIdentityAssociation, key: string): boolean {
  if (key === 'aws:tagkeys') return association.disableSessionTags;
  if (!key.startsWith('aws:requesttag/')) return false;
  return association.disableSessionTags || !/\/kubernetes-pod-(?:name|uid)$/.test(key);
}

/** The association's ARN has region, account and partition of its cluster. */
export function clusterArnOf(association: PodIdentityAssociation): string {
  const partition = splitArn(association.arn)?.partition ?? 'aws';
  return `arn:${partition}:eks:${association.region}:${association.account}:cluster/${association.clusterName}`;
}

function trustRefusal(
  trust: CompiledPolicy,
  request: PolicyRequest,
  asked: { readonly answer: PolicyAnswer; readonly association: PodIdentityAssociation },
): PodIdentityAnswer {
  if (asked.answer.verdict === 'ExplicitlyDenied') return refusal('explicit-deny', 'A Deny statement of the trust policy applies.');
  const naming = trust.statements.filter(
    (statement) => statement.source.effect === 'Allow' && principalApplies(statement, request) !== false,
  );
  if (naming.length === 0) return refusal('wrong-service', `The trust policy does not name ${SERVICE}.`);
  const failing = failingConditions(naming, request);
  const tag = failing.find((condition) => condition.key.startsWith('aws:requesttag/') || condition.key === 'aws:tagkeys');
  if (tag !== undefined && asked.association.disableSessionTags) {
    return refusal(
      'session-tags-disabled',
      `Session tags are off, so \`${tag.source.key}\` is missing and ${tag.source.operator} is false.`,
    );
  }
  if (tag !== undefined) {
    const is = request.context.values.get(tag.key)?.join(', ') ?? 'absent';
    return refusal(
      'request-tag-mismatch',
      `\`${tag.source.key}\` would be ${is}; the trust policy wants ${tag.source.values.join(' or ')}.`,
    );
  }
  const first = failing[0];
  if (first !== undefined) return refusal('condition-false', `The condition ${first.source.operator} on \`${first.source.key}\` is false.`);
  if (request.action === 'sts:TagSession') {
    return refusal('tag-session-not-allowed', 'Session tags are on by default and the trust policy does not allow sts:TagSession.');
  }
  return refusal('wrong-action', 'The trust policy does not allow sts:AssumeRole.');
}

/** Transitive tags are keys of the second request too. With tags off EKS passes an external id; with tags on that is not documented. */
function evaluateTarget(
  index: AwsIndex,
  from: AwsRole,
  association: PodIdentityAssociation & { readonly targetRoleArn: string },
): RoleChainAnswer {
  const { targetRoleArn, disableSessionTags } = association;
  if (!isRoleArn(targetRoleArn)) return refusal('target-invalid-arn', `\`${targetRoleArn}\` is no ARN of an IAM role.`);
  const to = index.roles.get(targetRoleArn);
  const account = splitArn(targetRoleArn)?.account ?? '';
  if (to === undefined && index.accounts.has(account))
    return refusal('target-role-missing', `Account ${account} has no role \`${targetRoleArn}\`.`);
  if (to === undefined) return rolesNotRead('target-role-not-read', account);
  const context = new Map(sessionTags(association));
  // The tags that the first session was given are its principal's tags from then on.
  for (const [key, values] of sessionTags(association)) context.set(key.replace(/^aws:requesttag\//, 'aws:principaltag/'), values);
  const { region, account: own, clusterName, namespace, serviceAccount } = association;
  const externalId = association.externalId ?? `${region}/${own}/${clusterName}/${namespace}/${serviceAccount}`;
  if (disableSessionTags) context.set('sts:externalid', [externalId]);
  const actions = disableSessionTags ? ['sts:AssumeRole'] : ['sts:AssumeRole', 'sts:TagSession'];
  const isAbsent = (key: string) => isAbsentTag(association, key) || !/^(?:aws|sts):/.test(key);
  const answer = canAssumeRole(index, { from, to, actions, context, isAbsent });
  return answer.canAssume === true ? answer : { ...answer, code: `target-${answer.code}` };
}

function refusal(code: string, reason: string): RoleChainAnswer {
  return { canAssume: false, code, reason, statements: [], dependsOn: [] };
}

function rolesNotRead(code: string, account: string): RoleChainAnswer {
  const reason = `The roles of account ${account} were not read.`;
  return { canAssume: 'conditional', code, reason, statements: [], dependsOn: [`the roles of account ${account}`] };
}
