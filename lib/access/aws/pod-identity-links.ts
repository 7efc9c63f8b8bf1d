import type { PodIdentityAssociation, PolicyStatement } from '../../inventory/aws.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { isUnread } from '../../inventory/unread-list.ts';
import type { AwsIndex } from './aws-index.ts';
import { type AwsLink, type AwsLinkEvidence, pointedState } from './link.ts';
import { clusterArnOf, evaluateAssociation, type PodIdentityAnswer } from './pod-identity.ts';
import type { RoleChainAnswer } from './role-chain.ts';
import { statementPointer } from './statement.ts';
import type { Truth } from './truth.ts';

/** Audience of the token that the Pod Identity agent is shown. */
const AUDIENCE = 'pods.eks.amazonaws.com';

/**
 * Associations that are of this cluster: by the ARN of its EKS cluster, else by its name, which kubeconfigs of EKS may give
 * as an ARN. Where neither fits none is, as another cluster's association says nothing about this one's pods.
 */
export function associationsOf(inventory: Inventory): readonly PodIdentityAssociation[] {
  const { eksClusterArn, name } = inventory.cluster;
  return inventory.aws.podIdentityAssociations.filter((association) => {
    const arn = clusterArnOf(association);
    return eksClusterArn === undefined ? arn === name || association.clusterName === name : arn === eksClusterArn;
  });
}

/**
 * Whether something hands out Pod Identity credentials: the add-on's DaemonSet, or EKS Auto Mode, which has it built in.
 * `unknown` where no DaemonSet was read at all, or not all of them.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html
 */
export function hasPodIdentityAgent(inventory: Inventory): Truth {
  const { kubernetes } = inventory;
  if (kubernetes.nodes.some((node) => node.labels.get('eks.amazonaws.com/compute-type') === 'auto')) return true;
  const daemonSets = kubernetes.workloads.filter((workload) => workload.kind === 'DaemonSet');
  return (
    daemonSets.some((workload) => workload.name === 'eks-pod-identity-agent') ||
    (daemonSets.length === 0 || isUnread(inventory, 'daemonsets') ? 'unknown' : false)
  );
}

/** What an association needs of the cluster: its service account (`unknown`: those were not read), and an agent. */
export interface AssociationPlace {
  readonly exists: Truth;
  readonly agent: Truth;
}

/** The link of an association, and with a target role a second one to that role, whose credentials the pod is given. */
export function associationLinks(index: AwsIndex, association: PodIdentityAssociation, { exists, agent }: AssociationPlace): AwsLink[] {
  const answer = withAccount(association, withAgent(evaluateAssociation(index, association), agent), exists);
  const links = [linkTo(index, association, { answer, exists })];
  const { targetRoleArn } = association;
  if (targetRoleArn === undefined) return links;
  const onward = answer.target === undefined ? answer : onwardAnswer(answer, answer.target);
  links.push(linkTo(index, association, { answer: onward, exists, targetRoleArn }));
  return links;
}

/** A target that works is as sure as the first role; one that does not says itself why. */
function onwardAnswer(first: PodIdentityAnswer, target: RoleChainAnswer): PodIdentityAnswer {
  if (target.canAssume !== true) return { ...target, dependsOn: [...first.dependsOn, ...target.dependsOn] };
  return { ...(first.canAssume === true ? target : first), statements: target.statements };
}

/** An agent that was not found may still run under another name, so that does not break the link. */
function withAgent(answer: PodIdentityAnswer, agent: Truth): PodIdentityAnswer {
  if (agent !== false || answer.canAssume === false) return answer;
  const reason = `${answer.reason} No DaemonSet eks-pod-identity-agent was found, which hands the credentials to the pods.`;
  const dependsOn = [...answer.dependsOn, 'the Pod Identity agent'];
  return { ...answer, canAssume: 'conditional', code: answer.code === 'ok' ? 'agent-not-found' : answer.code, reason, dependsOn };
}

/** A service account that was not read breaks nothing either: EKS keeps associations of accounts that are not there yet. */
function withAccount({ namespace, serviceAccount }: PodIdentityAssociation, answer: PodIdentityAnswer, exists: Truth): PodIdentityAnswer {
  if (exists !== 'unknown' || answer.canAssume === false) return answer;
  const reason = `${answer.reason} Whether there is a service account ${namespace}/${serviceAccount} was not read.`;
  const dependsOn = [...answer.dependsOn, `the service account ${namespace}/${serviceAccount}`];
  return { ...answer, canAssume: 'conditional', code: answer.code === 'ok' ? 'service-account-unread' : answer.code, reason, dependsOn };
}

interface Outcome {
  readonly answer: PodIdentityAnswer;
  readonly exists: Truth;
  readonly targetRoleArn?: string;
}

function linkTo(index: AwsIndex, association: PodIdentityAssociation, outcome: Outcome): AwsLink {
  const { answer, exists, targetRoleArn } = outcome;
  const { namespace, serviceAccount: name } = association;
  const identity = targetRoleArn ?? association.roleArn;
  const role = index.roles.get(identity);
  const lonely = exists === false && answer.canAssume !== false;
  return {
    serviceAccount: `${namespace}/${name}`,
    provider: 'aws',
    identity,
    ...(role === undefined ? {} : { principal: role }),
    method: 'pod-identity',
    audience: AUDIENCE,
    state: exists === false ? 'broken' : pointedState(answer.canAssume),
    code: lonely ? 'service-account-missing' : answer.code,
    reason: lonely
      ? `The association names the service account ${namespace}/${name}, which does not exist.`
      : reasonOf(association, answer),
    evidence: evidenceOf(association, { ...outcome, roleExists: role !== undefined }),
    ...(answer.dependsOn.length === 0 ? {} : { dependsOn: answer.dependsOn }),
  };
}

function reasonOf(association: PodIdentityAssociation, answer: PodIdentityAnswer): string {
  if (answer.canAssume === false || association.policy === undefined) return answer.reason;
  return `${answer.reason} The association's session policy narrows what the role may do.`;
}

function evidenceOf(association: PodIdentityAssociation, outcome: Outcome & { readonly roleExists: boolean }): AwsLinkEvidence[] {
  const { answer, targetRoleArn, roleExists } = outcome;
  const says = `gives ${association.namespace}/${association.serviceAccount} the role \`${association.roleArn}\``;
  const evidence: AwsLinkEvidence[] = [{ kind: 'PodIdentityAssociation', name: association.arn, pointer: '/association/roleArn', says }];
  if (targetRoleArn !== undefined) {
    const onward = `and goes on to the target role \`${targetRoleArn}\``;
    evidence.push({ kind: 'PodIdentityAssociation', name: association.arn, pointer: '/association/targetRoleArn', says: onward });
  }
  if (!roleExists) return evidence;
  // A target's answer also rests on statements of the first role's own policies, which name no principal.
  const trusting = answer.statements.filter(
    (statement: PolicyStatement) => statement.principals !== undefined || statement.notPrincipals !== undefined,
  );
  const pointers = trusting.map((statement) => `/AssumeRolePolicyDocument${statementPointer(statement)}`);
  for (const pointer of pointers.length === 0 ? ['/AssumeRolePolicyDocument'] : pointers) {
    evidence.push({ kind: 'AwsRole', name: targetRoleArn ?? association.roleArn, pointer, says: answer.reason });
  }
  return evidence;
}
