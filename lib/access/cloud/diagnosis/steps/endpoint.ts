import type { Pod } from '../../../../inventory/kubernetes.ts';
import type { NetworkPolicy } from '../../../../inventory/network-policy.ts';
import { type EgressAnswer, egressToAddress } from '../../../network/egress.ts';
import { runningContainers } from '../../../pod/security-context.ts';
import { command, kubectl } from '../../../shell.ts';
import { type ChainFacts, counted, wasRead } from '../chain-facts.ts';
import type { Finding } from '../diagnosis.ts';

interface Endpoint {
  readonly what: string;
  /** Undefined: an address outside of the cluster that only its name tells. */
  readonly address: string | undefined;
  readonly port: number;
}

/** Stands for an address that only a name tells (RFC 5737): a policy lets out to it by covering every address. */
const ANY_ADDRESS = '203.0.113.1';

/** `maybe`: some rule lets the pod go to addresses that may be the endpoint's. */
interface Egress extends Pick<EgressAnswer, 'policies'> {
  readonly answer: 'open' | 'blocked' | 'maybe';
}

function egressOf(policies: readonly NetworkPolicy[], pod: Pod, { address, port }: Endpoint): Egress {
  const { state, policies: found } = egressToAddress(policies, pod, { address: address ?? ANY_ADDRESS, port });
  if (state === 'open' || address !== undefined) return { answer: state, policies: found };
  const somewhere = found.some(({ egress }) => egress.some(({ peers }) => peers.some(({ ipBlock }) => ipBlock !== undefined)));
  return { answer: somewhere ? 'maybe' : 'blocked', policies: found };
}

/**
 * Where credentials come from. Sources: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html (169.254.170.23),
 * https://docs.cloud.google.com/kubernetes-engine/docs/how-to/workload-identity (169.254.169.254, network policies), and the token
 * services of AWS and Entra.
 */
const ENDPOINTS = {
  irsa: { what: 'the Security Token Service', address: undefined, port: 443 },
  'pod-identity': { what: 'the Pod Identity agent at 169.254.170.23', address: '169.254.170.23', port: 80 },
  gke: { what: "GKE's metadata server at 169.254.169.254", address: '169.254.169.254', port: 80 },
  aks: { what: 'login.microsoftonline.com', address: undefined, port: 443 },
  federation: { what: "the cloud's token service", address: undefined, port: 443 },
} as const satisfies Record<string, Endpoint>;

const PROXIES = ['HTTPS_PROXY', 'https_proxy'];

/** Can the pods reach what gives them credentials: no NetworkPolicy in the way, and a way out of a private cluster? */
export function endpointStep(facts: ChainFacts): Finding {
  const { link, pods, world, namespace } = facts;
  if (pods.length === 0) return { status: 'skipped', says: 'No pod runs as it, so nothing has to be reached.', evidence: [] };
  const endpoint: Endpoint = ENDPOINTS[link.method];
  const policies = world.networkPolicies.get(namespace) ?? [];
  const asked = firstPerShape(pods).map((pod) => ({ pod, egress: egressOf(policies, pod, endpoint) }));
  const blocked = asked.filter(({ egress }) => egress.answer === 'blocked');
  const proxied = blocked.filter(({ pod }) => endpoint.address === undefined && usesProxy(pod));
  if (blocked.length > proxied.length) return blockedFinding(facts, endpoint, blocked);
  const maybe = proxied[0] ?? asked.find(({ egress }) => egress.answer === 'maybe');
  if (maybe !== undefined) return maybeFinding(facts, endpoint, maybe);
  if (!wasRead(facts, 'networkpolicies')) return unreadFinding(facts, endpoint);
  return privateCluster(facts) ?? { status: 'ok', says: `No NetworkPolicy keeps its pods from ${endpoint.what}.`, evidence: [] };
}

/** Pods with the same spec and labels are told apart by nothing here. */
function firstPerShape(pods: readonly Pod[]): Pod[] {
  const seen = new Map<string, Pod>();
  for (const pod of pods) {
    if (pod.spec.hostNetwork) continue;
    const key = JSON.stringify([...pod.labels].filter(([name]) => name !== 'pod-template-hash').sort());
    if (!seen.has(key)) seen.set(key, pod);
  }
  return [...seen.values()];
}

const usesProxy = ({ spec }: Pod): boolean =>
  runningContainers(spec).some(({ envNames }) => PROXIES.some((name) => envNames.includes(name)));

const policyEvidence = ({ policies }: Egress, says: string): Finding['evidence'] =>
  policies.slice(0, 3).map(({ namespace, name }) => ({ kind: 'NetworkPolicy', namespace, name, pointer: '/spec/egress', says }));

interface Asked {
  readonly pod: Pod;
  readonly egress: Egress;
}

function blockedFinding({ namespace }: ChainFacts, endpoint: Endpoint, blocked: readonly Asked[]): Finding {
  const [first] = blocked as [Asked];
  const names = first.egress.policies.map(({ name }) => name);
  const to = endpoint.address === undefined ? [] : [{ ipBlock: { cidr: `${endpoint.address}/32` } }];
  const rule = { ports: [{ protocol: 'TCP', port: endpoint.port }], ...(to.length === 0 ? {} : { to }) };
  const patch = JSON.stringify([{ op: 'add', path: '/spec/egress/-', value: rule }]);
  const policy = first.egress.policies[0];
  const command =
    policy === undefined || policy.egress.length === 0
      ? ['edit', 'networkpolicy', names[0] ?? '']
      : ['patch', 'networkpolicy', names[0] ?? '', '--type=json', `--patch=${patch}`];
  return {
    status: 'failed',
    says: `${counted(names.length, 'NetworkPolicy').replace('Policys', 'Policies')} (${names.slice(0, 3).join(', ')}) ${names.length === 1 ? 'keeps' : 'keep'} ${first.pod.namespace}/${first.pod.name} from ${endpoint.what}, port ${endpoint.port}, if the network plugin enforces it.`,
    evidence: policyEvidence(first.egress, `has no rule for ${endpoint.address ?? endpoint.what} at port ${endpoint.port}`),
    fix: { says: `allow egress to ${endpoint.address ?? 'it'} at port ${endpoint.port}`, command: kubectl(namespace, ...command) },
  };
}

function maybeFinding({ namespace }: ChainFacts, endpoint: Endpoint, { egress, pod }: Asked): Finding {
  const says = usesProxy(pod)
    ? `NetworkPolicies let ${pod.namespace}/${pod.name} reach ${endpoint.what} only through its proxy, if at all.`
    : `Whether the addresses that NetworkPolicies allow ${pod.namespace}/${pod.name} are those of ${endpoint.what} is not known.`;
  return {
    status: 'unknown',
    says,
    evidence: policyEvidence(egress, 'limits where the pod may go'),
    fix: { says: 'look at the rules', command: kubectl(namespace, 'describe', 'networkpolicy', egress.policies[0]?.name ?? '') },
  };
}

function unreadFinding({ namespace }: ChainFacts, endpoint: Endpoint): Finding {
  return {
    status: 'unknown',
    says: `No NetworkPolicies were read, so whether one keeps its pods from ${endpoint.what} is not known.`,
    evidence: [],
    fix: { says: 'look for some, or add them to the data', command: kubectl(namespace, 'get', 'networkpolicies', '-o', 'json') },
  };
}

/** A private cluster needs a NAT gateway or an endpoint in its network for the token service, which no data here tells. */
function privateCluster({ link, world }: ChainFacts): Finding | undefined {
  const { aws, azure, cluster } = world.inventory;
  const eks = aws.eksClusters.find(({ arn }) => arn === cluster.eksClusterArn);
  if (link.provider === 'aws' && eks?.endpointPublicAccess === false) {
    const service = `com.amazonaws.${eks.region}.${link.method === 'pod-identity' ? 'eks-auth' : 'sts'}`;
    const says = `The cluster is private: without a NAT gateway its network needs the interface endpoint \`${service}\`, which the data does not tell.`;
    const filter = `--filters=Name=service-name,Values=${service}`;
    const look = command('aws', 'ec2', 'describe-vpc-endpoints', `--region=${eks.region}`, filter);
    const evidence = [{ kind: 'EksCluster', name: eks.arn, pointer: '/cluster/resourcesVpcConfig/endpointPublicAccess', says: 'is false' }];
    return { status: 'unknown', says, evidence, fix: { says: 'look whether the endpoint is there', command: look } };
  }
  const aks = azure.clusters.find(({ id }) => id === cluster.aksClusterId);
  if (link.provider !== 'azure' || aks?.privateCluster !== true) return undefined;
  const evidence = [
    { kind: 'AksCluster', name: aks.id, pointer: '/properties/apiServerAccessProfile/enablePrivateCluster', says: 'is true' },
  ];
  const says = 'The cluster is private: its network must let pods out to login.microsoftonline.com, which the data does not tell.';
  return { status: 'unknown', says, evidence };
}
