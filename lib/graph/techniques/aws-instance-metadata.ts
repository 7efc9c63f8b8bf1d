import { type EgressAnswer, egressToAddress } from '../../access/network/egress.ts';
import { PolicyIndex } from '../../access/network/policy-index.ts';
import { command } from '../../access/shell.ts';
import type { Pod } from '../../inventory/kubernetes.ts';
import type { NetworkPolicy } from '../../inventory/network-policy.ts';
import { objectEvidence, podEvidence } from '../evidence/objects.ts';
import { type NodeRoleFacts, nodeRoleOf, roleWithoutPath } from '../facts/aws-nodes.ts';
import type { Facts } from '../facts/facts.ts';
import type { Certainty } from '../kinds.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique } from './technique.ts';

/** Address and port of the instance metadata service. Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html */
const METADATA = { address: '169.254.169.254', port: 80 };

/** The node of a role, by the record where it was read: a role named without its path is the one that has it. */
function roleNode(facts: Facts, arn: string): number {
  const role = facts.inventory.aws.roles.length === 0 ? undefined : roleWithoutPath(facts, arn);
  return facts.nodes.intern('aws-role', role?.arn ?? arn, '', role);
}

/** What stands between a pod and the metadata service; undefined: it surely does not reach it. */
function pathOf(pod: Pod, role: NodeRoleFacts, egress: EgressAnswer): { readonly hangsOn: readonly string[] } | undefined {
  const hangsOn = role.hangsOn === undefined ? [] : [role.hangsOn];
  // A pod on the host's network is no hop away, and network policies do not hold for it.
  if (pod.spec.hostNetwork) return role.instance?.httpEndpoint === 'disabled' ? undefined : { hangsOn };
  if (role.reach.answer === 'no') return undefined;
  if (role.reach.answer === 'conditional') hangsOn.push(role.reach.because);
  if (egress.state === 'blocked') {
    const names = egress.policies.map(({ name }) => name).join(', ');
    hangsOn.push(`the network plugin not enforcing NetworkPolicy ${pod.namespace}/${names}, which blocks ${METADATA.address}`);
  }
  return { hangsOn };
}

const remembered = new WeakMap<Facts, (pod: Pod) => EgressAnswer>();

/** What policies make of a pod's way to the service; pods of one namespace with the same labels are asked once. */
function egressOf(facts: Facts): (pod: Pod) => EgressAnswer {
  const known = remembered.get(facts) ?? askingPolicies(facts);
  remembered.set(facts, known);
  return known;
}

function askingPolicies(facts: Facts): (pod: Pod) => EgressAnswer {
  const index = new PolicyIndex(facts.inventory.kubernetes.networkPolicies);
  const known = new WeakMap<readonly NetworkPolicy[], EgressAnswer>();
  return (pod) => {
    const policies = index.selecting(pod);
    const answer = known.get(policies) ?? egressToAddress(policies, pod, METADATA);
    known.set(policies, answer);
    return answer;
  };
}

const certaintyOf = (hangsOn: readonly string[]): Certainty => (hangsOn.length === 0 ? 'certain' : 'conditional');

function podEvidences(pod: Pod, role: NodeRoleFacts, egress: EgressAnswer): Evidence[] {
  const runs = podEvidence(pod, '/spec/nodeName', `runs on ${pod.nodeName}, whose instance is ${role.instanceId}`);
  if (pod.spec.hostNetwork)
    return [podEvidence(pod, '/spec/hostNetwork', "is on the node's network, no hop away from the metadata service"), runs];
  return [
    runs,
    ...(role.instance === undefined
      ? []
      : [objectEvidence('AwsInstance', { name: role.instance.id }, '/MetadataOptions', role.reach.because)]),
    ...(egress.state === 'open' ? [] : egress.policies).map((policy) =>
      objectEvidence('NetworkPolicy', policy, '/spec/podSelector', `selects the pod and lets nothing out to ${METADATA.address}`),
    ),
  ];
}

export const awsInstanceMetadata = defineTechnique({
  id: 'aws-instance-metadata',
  title: "Gets the node's AWS role from the metadata service",
  class: 'cloud',
  walked: true,
  from: ['node', 'pod'],
  to: ['aws-role'],
  action: "Asks the instance metadata service at 169.254.169.254 for the credentials of the node's role.",
  precondition:
    'The node is an EC2 instance with a role; a pod reaches the service from the host network, by IMDSv1, or with a hop limit of 2 or more, unless a NetworkPolicy that is enforced blocks the address.',
  remediation: 'Require IMDSv2 with a hop limit of 1, and give workloads roles of their own by Pod Identity or IRSA.',
  coverage: {
    level: 'partial',
    misses: 'rules of iptables or a host firewall on the node, and network policies of kinds other than NetworkPolicy',
  },
  attck: ['T1552.005'],
  references: [
    'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html',
  ],
  find(facts, emit) {
    const { nodes, pods } = facts;
    const egress = egressOf(facts);
    for (let node = 0, { count } = nodes; node < count; node += 1) {
      const role = nodeRoleOf(facts, node);
      if (role === undefined || role.instance?.httpEndpoint === 'disabled') continue;
      const to = roleNode(facts, role.roleArn);
      emit(node, to, 0, role.hangsOn === undefined ? 'certain' : 'conditional');
      for (const place of pods.byNode.get(node) ?? []) {
        const pod = pods.pods[place] as Pod;
        const path = pods.live[place] === 1 ? pathOf(pod, role, egress(pod)) : undefined;
        if (path !== undefined) emit(pods.node[place] as number, to, 0, certaintyOf(path.hangsOn));
      }
    }
  },
  changes({ pods, nodes, workloadOf }, { from }) {
    const place = pods.placeOf.get(from);
    if (place === undefined) return [`instance role of ${nodes.ids[from]}`];
    const pod = pods.pods[place] as Pod;
    const workload = workloadOf[place] as number;
    return pod.spec.hostNetwork
      ? [`template of ${nodes.ids[workload >= 0 ? workload : from]}`]
      : [`metadata options of node:${pod.nodeName}`];
  },
  explain(facts, { from }) {
    const { pods } = facts;
    const place = pods.placeOf.get(from);
    const role = nodeRoleOf(facts, place === undefined ? from : (pods.scheduledOn[place] as number));
    if (role === undefined) throw new Error(`aws-instance-metadata: no role behind ${facts.nodes.ids[from]}`);
    const ofNode: Evidence[] = [role.evidence, objectEvidence('Node', role.record, '/spec/providerID', `is instance ${role.instanceId}`)];
    const options = ['--http-tokens=required', '--http-put-response-hop-limit=1'];
    const narrow = {
      says: 'require IMDSv2 with a hop limit of 1; in the launch template as well, for the instances to come',
      command: command(
        'aws',
        'ec2',
        'modify-instance-metadata-options',
        `--instance-id=${role.instanceId}`,
        ...options,
        `--region=${role.region}`,
      ),
      sideEffect: 'pods that use the role of the node by the metadata service lose it',
    };
    if (place === undefined) {
      const fix = { ...narrow, says: 'keep little in the role of nodes: whoever is on a node has it' };
      return { evidence: ofNode as [Evidence, ...Evidence[]], ...(role.hangsOn === undefined ? {} : { hangsOn: role.hangsOn }), fix };
    }
    const pod = pods.pods[place] as Pod;
    const answer = egressOf(facts)(pod);
    const hangsOn = pathOf(pod, role, answer)?.hangsOn ?? [];
    return {
      evidence: [...podEvidences(pod, role, answer), ...ofNode] as [Evidence, ...Evidence[]],
      ...(hangsOn.length === 0 ? {} : { hangsOn: hangsOn.join('; ') }),
      fix: pod.spec.hostNetwork ? { says: 'take hostNetwork out of the template, or keep little in the role of the node' } : narrow,
    };
  },
});
