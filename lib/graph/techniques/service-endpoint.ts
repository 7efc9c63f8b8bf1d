import type { Pod } from '../../inventory/kubernetes.ts';
import {
  canBeIsolated,
  deletion,
  deletionFix,
  explained,
  isolation,
  isolationFix,
  policyEvidence,
  unreadPolicies,
} from '../evidence/exposure.ts';
import { objectEvidence, podEvidence } from '../evidence/objects.ts';
import { type Endpoint, exposedEndpoints } from '../facts/exposed-endpoints.ts';
import type { Facts } from '../facts/facts.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique } from './technique.ts';

const found = new WeakMap<Facts, readonly Endpoint[]>();

function endpointsOf(facts: Facts): readonly Endpoint[] {
  let endpoints = found.get(facts);
  if (endpoints === undefined) {
    endpoints = exposedEndpoints(facts);
    found.set(facts, endpoints);
  }
  return endpoints;
}

const endpointOf = (facts: Facts, detail: number): Endpoint => endpointsOf(facts)[detail] as Endpoint;
const podOf = (facts: Facts, { place }: Endpoint): Pod => facts.pods.pods[place] as Pod;

function reachesPod({ arrival: { service, slice, targets } }: Endpoint, pod: Pod): Evidence[] {
  const ports = targets
    .slice(0, 5)
    .map(({ index, port, protocol }) =>
      objectEvidence('Service', service, `/spec/ports/${index}`, `leads to port ${port} of ${protocol} in the pod`),
    );
  if (slice !== undefined)
    return [
      objectEvidence('EndpointSlice', slice.slice, `/endpoints/${slice.index}`, `is endpoint ${pod.name} of service ${service.name}`),
      ...ports,
    ];
  const asked = [...(service.selector ?? [])].slice(0, 3).map(([key, value]) => `${key}=${value}`);
  return [
    objectEvidence('Service', service, '/spec/selector', `sends to pods labelled ${asked.join(', ')}`),
    podEvidence(pod, '/metadata/labels', 'has these labels'),
    ...ports,
  ];
}

export const serviceEndpoint = defineTechnique({
  id: 'service-endpoint',
  title: 'Exploits what listens behind a service',
  class: 'exposure',
  walked: true,
  from: ['service'],
  to: ['pod'],
  action: 'Exploits a flaw in what listens in the pod behind the service.',
  precondition: "The service's selector or an EndpointSlice leads to the pod, the pod has the target port, and no NetworkPolicy blocks it.",
  remediation: 'Let in those alone who have to connect by a NetworkPolicy, and patch what listens.',
  coverage: {
    level: 'partial',
    misses:
      'whether anything listens and has a flaw, authentication of the application, endpoints that are not ready, policies of service meshes, and whether the network plugin enforces NetworkPolicies',
  },
  attck: ['T1190'],
  references: [
    'https://kubernetes.io/docs/concepts/services-networking/service/',
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
    'https://kubernetes.io/docs/tutorials/services/source-ip/',
  ],
  find(facts, emit) {
    for (const [index, { from, place }] of endpointsOf(facts).entries()) emit(from, facts.pods.node[place] as number, index, 'conditional');
  },
  changes(facts, { detail, to }) {
    const endpoint = endpointOf(facts, detail);
    const { service, policies } = endpoint.arrival;
    const isolate = canBeIsolated(podOf(facts, endpoint), policies) ? [isolation(facts, to)] : [];
    return [...isolate, deletion('Service', service)];
  },
  fix(facts, { detail, to }, change) {
    const endpoint = endpointOf(facts, detail);
    const { service } = endpoint.arrival;
    if (change === isolation(facts, to)) return isolationFix(facts, endpoint.place);
    return change === deletion('Service', service)
      ? deletionFix('Service', service, 'whoever uses the service by its name loses it')
      : undefined;
  },
  explain(facts, { detail }) {
    const endpoint = endpointOf(facts, detail);
    const pod = podOf(facts, endpoint);
    const { service, targets, because, policies, channels } = endpoint.arrival;
    const ports = [...new Set(targets.map(({ protocol, port }) => `${protocol} ${port}`))];
    const listens = `something exploitable listening on ${ports.slice(0, 5).join(', ')}, which ${channels.slice(0, 3).join(', ')} ${channels.length === 1 ? 'leads' : 'lead'} to`;
    const fix = canBeIsolated(pod, policies)
      ? isolationFix(facts, endpoint.place)
      : deletionFix('Service', service, 'whoever uses the service by its name loses it');
    return explained(
      [...reachesPod(endpoint, pod), ...policyEvidence(policies)],
      [listens, ...because, ...unreadPolicies(facts, pod)],
      fix,
    );
  },
});
