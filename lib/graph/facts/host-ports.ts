import { type HostPort, hostPortsOf, isAtPublicAddress } from '../../access/exposure/host-ports.ts';
import { publicAddressOf } from '../../access/exposure/ways-in.ts';
import { type ConnectionAnswer, connection, networkOf, type PolicyPlace } from '../../access/network/connection.ts';
import type { Node, Pod, PodSpec, StringMap } from '../../inventory/kubernetes.ts';
import { hostPortSources, podEnd } from './exposure-traffic.ts';
import type { Facts } from './facts.ts';

/** A pod that is reached by ports of its node. */
export interface HostPortWay {
  readonly place: number;
  readonly to: 'internet' | 'network';
  readonly ports: readonly HostPort[];
  readonly because: readonly string[];
  readonly policies: readonly PolicyPlace[];
  /** The node with an address on the internet. */
  readonly node?: Node;
}

interface Answer {
  readonly ports: readonly HostPort[];
  readonly because: readonly string[];
  readonly policies: readonly PolicyPlace[];
}

const NOTHING: Answer = { ports: [], because: [], policies: [] };

/** Ports at which policies let packets from there in; pods on the host's network are not subject to them. */
function answerFor(
  network: ReturnType<typeof networkOf>,
  { pod, ports, to }: { pod: Pod; ports: readonly HostPort[]; to: HostPortWay['to'] },
): Answer {
  const end = podEnd(pod);
  const [from] = hostPortSources(to, pod.podIP?.includes(':') === true ? 6 : 4);
  if (from === undefined) return NOTHING;
  const asked = ports.map((port): { port: HostPort; answer: ConnectionAnswer } => ({
    port,
    answer: connection(network, { from, to: { pod: end }, port: port.target, protocol: port.protocol }),
  }));
  const open = asked.filter(({ answer }) => answer.state !== 'blocked');
  const isSure = open.some(({ answer }) => answer.state === 'open');
  return {
    ports: open.map(({ port }) => port),
    because: isSure ? [] : [...new Set(open.flatMap(({ answer }) => answer.because))],
    policies: open.flatMap(({ answer }) => answer.policies),
  };
}

/** Every pod that is reached by a port of its node, once for the network of the nodes and once for the internet where the node has an address there. */
export function hostPortWays({ pods, inventory }: Facts): readonly HostPortWay[] {
  const network = networkOf(inventory.kubernetes);
  const publicNodes = new Map(
    inventory.kubernetes.nodes.filter((node) => publicAddressOf(node) !== undefined).map((node) => [node.name, node]),
  );
  const portsOf = pods.perTemplate(({ spec }) => hostPortsOf(spec));
  const answers = new Map<PodSpec, Map<StringMap, Map<string, Answer>>>();
  const answer = (pod: Pod, ports: readonly HostPort[], to: HostPortWay['to']): Answer => {
    const bySpec = answers.get(pod.spec) ?? new Map<StringMap, Map<string, Answer>>();
    answers.set(pod.spec, bySpec);
    const known = bySpec.get(pod.labels) ?? new Map<string, Answer>();
    bySpec.set(pod.labels, known);
    const key = `${to} ${ports.length}`;
    const found = known.get(key) ?? answerFor(network, { pod, ports, to });
    known.set(key, found);
    return found;
  };
  const ways: HostPortWay[] = [];
  for (const [place, pod] of pods.pods.entries()) {
    const ports = pods.live[place] === 1 && (pods.scheduledOn[place] as number) >= 0 ? portsOf(place) : [];
    if (ports.length === 0) continue;
    const near = answer(pod, ports, 'network');
    if (near.ports.length > 0) ways.push({ place, to: 'network', ...near });
    const node = publicNodes.get(pod.nodeName ?? '');
    const outer = ports.filter((port) => isAtPublicAddress(port, node !== undefined));
    const far = outer.length === 0 ? NOTHING : answer(pod, outer, 'internet');
    if (far.ports.length > 0) ways.push({ place, to: 'internet', ...far, ...(node === undefined ? {} : { node }) });
  }
  return ways;
}
