import type { Pod } from '../../../inventory/kubernetes.ts';
import { hasPodIdentityAgent } from '../../aws/pod-identity-links.ts';
import { command, kubectl } from '../../shell.ts';
import { type ChainFacts, counted, podsEvidence } from './chain-facts.ts';
import type { Finding } from './diagnosis.ts';

const AGENT = 'eks-pod-identity-agent';

/**
 * The agent that hands Pod Identity credentials out: installed, and running on the nodes of these pods. Fargate has none.
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html, …/pod-identities.html (considerations)
 */
export function agentFinding(facts: ChainFacts): Finding {
  const { world, pods } = facts;
  const { kubernetes } = world.inventory;
  const fargate = pods.filter((pod) => onFargate(facts, pod));
  if (fargate.length > 0)
    return {
      status: 'failed',
      says: `${counted(fargate.length, 'pod')} ${fargate.length === 1 ? 'runs' : 'run'} on Fargate, where no Pod Identity agent can run.`,
      evidence: podsEvidence(fargate, '/spec/nodeName', 'is a Fargate node'),
      fix: { says: 'use an annotation (IAM roles for service accounts) for pods on Fargate', command: annotateInstead(facts) },
    };
  const installed = hasPodIdentityAgent(world.inventory);
  if (installed === false)
    return {
      status: 'failed',
      says: `There is no DaemonSet ${AGENT}: nothing hands the credentials to the pods.`,
      evidence: [],
      fix: { says: 'install the add-on', command: installCommand(facts) },
    };
  if (installed !== true)
    return {
      status: 'unknown',
      says: 'Whether the Pod Identity agent is there is not known: no DaemonSets were read.',
      evidence: [],
      fix: { says: 'look for it', command: kubectl('kube-system', 'get', 'daemonset', AGENT) },
    };
  const lonely =
    world.agentNodes.size === 0 ? [] : pods.filter(({ nodeName }) => nodeName !== undefined && !world.agentNodes.has(nodeName));
  if (lonely.length > 0) return notOnNode(lonely);
  const auto = !kubernetes.workloads.some(({ kind, name }) => kind === 'DaemonSet' && name === AGENT);
  return {
    status: 'ok',
    says: auto
      ? 'EKS Auto Mode has the Pod Identity agent built in.'
      : `The Pod Identity agent is installed${world.agentNodes.size === 0 ? '; whether it runs on each node is not in the data' : ' and runs on the nodes of its pods'}.`,
    evidence: auto
      ? []
      : [{ kind: 'DaemonSet', namespace: 'kube-system', name: AGENT, pointer: '/metadata/name', says: 'is the Pod Identity agent' }],
  };
}

function onFargate({ world }: ChainFacts, { nodeName }: Pod): boolean {
  if (nodeName === undefined) return false;
  return nodeName.startsWith('fargate-') || world.nodes.get(nodeName)?.labels.get('eks.amazonaws.com/compute-type') === 'fargate';
}

function notOnNode(pods: readonly Pod[]): Finding {
  const [first] = pods as [Pod];
  return {
    status: 'failed',
    says: `No Pod Identity agent runs on \`${first.nodeName ?? ''}\`, where ${counted(pods.length, 'pod')} of it ${pods.length === 1 ? 'waits' : 'wait'} for credentials.`,
    evidence: podsEvidence(pods, '/spec/nodeName', 'is a node without a running agent'),
    fix: {
      says: 'see why the agent does not run there',
      command: kubectl('kube-system', 'get', 'pods', `--field-selector=spec.nodeName=${first.nodeName ?? ''}`),
    },
  };
}

const installCommand = ({ world }: ChainFacts): string =>
  command('aws', 'eks', 'create-addon', `--cluster-name=${world.inventory.cluster.name ?? 'CLUSTER'}`, `--addon-name=${AGENT}`);

const annotateInstead = ({ link, namespace, name }: ChainFacts): string =>
  kubectl(namespace, 'annotate', '--overwrite', 'serviceaccount', name, `eks.amazonaws.com/role-arn=${link.identity}`);
