import { publicAddressOf } from '../../access/exposure/ways-in.ts';
import { command } from '../../access/shell.ts';
import type { Pod } from '../../inventory/kubernetes.ts';
import { canBeIsolated, explained, isolation, isolationFix, policyEvidence, unreadPolicies } from '../evidence/exposure.ts';
import { objectEvidence, podEvidence } from '../evidence/objects.ts';
import { templateChange } from '../evidence/template-change.ts';
import { outsideNode } from '../facts/exposure.ts';
import type { Facts } from '../facts/facts.ts';
import { type HostPortWay, hostPortWays } from '../facts/host-ports.ts';
import type { Fix } from '../model.ts';
import { defineTechnique } from './technique.ts';

const known = new WeakMap<Facts, readonly HostPortWay[]>();

function waysOf(facts: Facts): readonly HostPortWay[] {
  let ways = known.get(facts);
  if (ways === undefined) {
    ways = hostPortWays(facts);
    known.set(facts, ways);
  }
  return ways;
}

const wayOf = (facts: Facts, detail: number): HostPortWay => waysOf(facts)[detail] as HostPortWay;
const podOf = ({ pods }: Facts, { place }: HostPortWay): Pod => pods.pods[place] as Pod;

/** The key of taking the ports of the node, or the node's network, out of the template. */
const templateKey = (facts: Facts, pod: Pod, node: number): string =>
  `${pod.spec.hostNetwork ? 'hostNetwork' : 'hostPort'}: ${templateChange(facts, node)[0]}`;

const PATCHED = new Set(['deployment', 'daemonset', 'statefulset', 'replicaset']);

function templateFix(facts: Facts, way: HostPortWay): Fix {
  const pod = podOf(facts, way);
  const workload = facts.workloadOf[way.place] as number;
  const kind = workload < 0 ? undefined : facts.nodes.ids[workload]?.split('/')[1];
  const [owner, what] = [
    facts.nodes.names[workload] ?? pod.name,
    pod.spec.hostNetwork ? 'set `hostNetwork: false`' : 'take `hostPort` out of its ports',
  ];
  const says = `${what} in ${kind === undefined ? `pod ${pod.name}` : `the template of ${kind} ${owner}`}`;
  const sideEffect = 'its pods are made anew and listen on the node no more; put a Service in front of those that have to be reached';
  if (kind === undefined || !PATCHED.has(kind)) return { says, sideEffect };
  const patch = pod.spec.hostNetwork
    ? ['--type=merge', JSON.stringify({ spec: { template: { spec: { hostNetwork: false } } } })]
    : ['--type=json', JSON.stringify(way.ports.map(({ pointer }) => ({ op: 'remove', path: `/spec/template${pointer}/hostPort` })))];
  return {
    says,
    sideEffect,
    command: command('kubectl', 'patch', kind, owner, patch[0] as string, '-p', patch[1] as string, '-n', pod.namespace),
  };
}

export const hostPort = defineTechnique({
  id: 'host-port',
  title: 'Exploits what listens on a port of a node',
  class: 'exposure',
  walked: true,
  from: ['internet', 'node-network'],
  to: ['pod'],
  action: 'Exploits a flaw in what a pod has listening on a port of its node.',
  precondition:
    "A running container has a `hostPort` that is not bound to the loopback address, or declares a port on the host's network; from the internet, the node has a public address.",
  remediation: 'Use a Service in front of the pod, and keep the host network to agents of the node.',
  coverage: {
    level: 'partial',
    misses:
      "ports that containers on the host's network listen on and do not declare, firewalls and security groups of the nodes, and whether anything listens and has a flaw",
  },
  attck: ['T1190'],
  references: [
    'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports',
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  ],
  find(facts, emit) {
    for (const [index, { place, to }] of waysOf(facts).entries())
      emit(outsideNode(facts, to), facts.pods.node[place] as number, index, 'conditional');
  },
  changes(facts, { detail, to }) {
    const way = wayOf(facts, detail);
    const pod = podOf(facts, way);
    return [templateKey(facts, pod, to), ...(canBeIsolated(pod, way.policies) ? [isolation(facts, to)] : [])];
  },
  fix(facts, { detail, to }, change) {
    const way = wayOf(facts, detail);
    if (change === isolation(facts, to)) return isolationFix(facts, way.place);
    return change === templateKey(facts, podOf(facts, way), to) ? templateFix(facts, way) : undefined;
  },
  explain(facts, { detail }) {
    const way = wayOf(facts, detail);
    const pod = podOf(facts, way);
    const ports = way.ports.slice(0, 5);
    const list = ports.map(({ protocol, port }) => `${protocol} ${port}`).join(', ');
    const address = way.node === undefined ? undefined : publicAddressOf(way.node);
    const evidence = [
      ...(pod.spec.hostNetwork ? [podEvidence(pod, '/spec/hostNetwork', "is on the node's network")] : []),
      ...ports.map(({ pointer, port, protocol }) =>
        podEvidence(pod, pointer, `listens on port ${port} of ${protocol} of node ${pod.nodeName}`),
      ),
      ...(way.node === undefined || address === undefined
        ? []
        : [objectEvidence('Node', way.node, address.pointer, `has ${address.address}, an address on the internet`)]),
      ...policyEvidence(way.policies),
    ];
    const firewall = way.to === 'internet' ? [`no firewall in front of node ${pod.nodeName} stopping it`] : [];
    return explained(
      evidence,
      [`something exploitable listening on ${list}`, ...firewall, ...way.because, ...unreadPolicies(facts, pod)],
      templateFix(facts, way),
    );
  },
});
