import { portsOf, type Target, targetsOf, targetsOfSlice } from '../../access/exposure/endpoints.ts';
import { type ConnectionAnswer, networkOf, type PolicyPlace } from '../../access/network/connection.ts';
import type { EndpointSlice, Service } from '../../inventory/exposure.ts';
import type { Pod, PodSpec, StringMap } from '../../inventory/kubernetes.ts';
import { exposureOf } from './exposure.ts';
import { admitted, type Channel, podEnd } from './exposure-traffic.ts';
import type { Facts } from './facts.ts';

/** Ports of a pod that traffic to a service comes to, and what NetworkPolicies make of it. */
export interface Arrival {
  readonly service: Service;
  readonly targets: readonly Target[];
  readonly channels: readonly string[];
  readonly because: readonly string[];
  /** Rules of policies that let it in, or that may; none: no policy isolates the pod. */
  readonly policies: readonly PolicyPlace[];
  /** Where somebody else than the service's selector says so, with the endpoint's place. */
  readonly slice?: { readonly slice: EndpointSlice; readonly index: number };
}

export interface Endpoint {
  readonly from: number;
  readonly place: number;
  readonly arrival: Arrival;
}

interface Asked {
  readonly service: Service;
  readonly channels: readonly Channel[];
  readonly pod: Pod;
}

type PortOf = (channel: Channel) => readonly Target[];

/** Traffic that is let in to at least one port, by any channel; undefined: policies let none in. */
function arrivalOf(network: ReturnType<typeof networkOf>, { service, channels, pod }: Asked, targetsFor: PortOf): Arrival | undefined {
  const end = podEnd(pod);
  const admittedAt: { readonly target: Target; readonly channel: Channel; readonly answer: ConnectionAnswer }[] = [];
  for (const channel of channels) {
    for (const target of targetsFor(channel)) {
      const answer = admitted(network, channel, { pod: end, port: target.port, protocol: target.protocol });
      if (answer.state !== 'blocked') admittedAt.push({ target, channel, answer });
    }
  }
  if (admittedAt.length === 0) return undefined;
  const targets = new Map(admittedAt.map(({ target }) => [`${target.index} ${target.port}`, target]));
  const policies = new Map(admittedAt.flatMap(({ answer }) => answer.policies.map((one) => [`${one.policy.name} ${one.pointer}`, one])));
  const isOpen = admittedAt.some(({ answer }) => answer.state === 'open');
  return {
    service,
    targets: [...targets.values()],
    channels: [...new Set(admittedAt.map(({ channel }) => channel.says))],
    because: isOpen ? [] : [...new Set(admittedAt.flatMap(({ answer }) => answer.because))],
    policies: [...policies.values()],
  };
}

/** Copies of a template with the same labels get the same answer, but where a proxy shares the node of some of them. */
function remembered(decide: (pod: Pod) => Arrival | undefined): (pod: Pod) => Arrival | undefined {
  const answers = new Map<PodSpec, Map<StringMap, Arrival | undefined>>();
  return (pod) => {
    let byLabels = answers.get(pod.spec);
    if (byLabels === undefined) {
      byLabels = new Map();
      answers.set(pod.spec, byLabels);
    }
    if (!byLabels.has(pod.labels)) byLabels.set(pod.labels, decide(pod));
    return byLabels.get(pod.labels);
  };
}

/** Live pods of the namespace by name and by address; an address of the host's network is that of many. */
function podsOfNamespace({ pods }: Facts, namespace: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const place of pods.byNamespace.get(namespace) ?? []) {
    if (pods.live[place] === 0) continue;
    const { name, podIP, spec } = pods.pods[place] as Pod;
    found.set(`pod ${name}`, place);
    if (podIP !== undefined && !spec.hostNetwork) found.set(`address ${podIP}`, place);
  }
  return found;
}

type Exposed = Omit<Asked, 'pod'>;

class Endpoints {
  readonly #facts: Facts;
  readonly #network: ReturnType<typeof networkOf>;
  readonly #slices = new Map<string, EndpointSlice[]>();
  readonly #podsByName = new Map<string, ReadonlyMap<string, number>>();

  constructor(facts: Facts) {
    this.#facts = facts;
    this.#network = networkOf(facts.inventory.kubernetes);
    for (const slice of facts.inventory.kubernetes.endpointSlices) {
      if (slice.service === undefined) continue;
      const key = `${slice.namespace}/${slice.service}`;
      const list = this.#slices.get(key);
      if (list === undefined) this.#slices.set(key, [slice]);
      else list.push(slice);
    }
  }

  bySelector(from: number, { service, channels }: Exposed, selector: StringMap): Endpoint[] {
    const decide = (pod: Pod): Arrival | undefined =>
      arrivalOf(this.#network, { service, channels, pod }, (channel) => targetsOf(portsOf(service, channel.ports), pod.spec));
    const isSame = channels.every(({ nodes }) => nodes === undefined);
    const answer = isSame ? remembered(decide) : decide;
    const { podsByLabel } = exposureOf(this.#facts);
    return podsByLabel.withLabels(service.namespace, selector).flatMap((place): Endpoint[] => {
      const arrival = answer(this.#podAt(place));
      return arrival === undefined ? [] : [{ from, place, arrival }];
    });
  }

  bySlices(from: number, exposed: Exposed): Endpoint[] {
    const { namespace, name } = exposed.service;
    const found = new Map<number, Endpoint>();
    for (const slice of this.#slices.get(`${namespace}/${name}`) ?? []) {
      for (const [index, { pod, addresses }] of slice.endpoints.entries()) {
        const places = this.#placesOf(namespace, pod === undefined ? addresses.map((one) => `address ${one}`) : [`pod ${pod}`]);
        for (const place of places.filter((one) => !found.has(one))) {
          const asked = { ...exposed, pod: this.#podAt(place) };
          const arrival = arrivalOf(this.#network, asked, (channel) => targetsOfSlice(portsOf(exposed.service, channel.ports), slice));
          if (arrival !== undefined) found.set(place, { from, place, arrival: { ...arrival, slice: { slice, index } } });
        }
      }
    }
    return [...found.values()];
  }

  #podAt(place: number): Pod {
    return this.#facts.pods.pods[place] as Pod;
  }

  #placesOf(namespace: string, names: readonly string[]): readonly number[] {
    let pods = this.#podsByName.get(namespace);
    if (pods === undefined) {
      pods = podsOfNamespace(this.#facts, namespace);
      this.#podsByName.set(namespace, pods);
    }
    return names.flatMap((one) => pods.get(one) ?? []);
  }
}

/**
 * Every pod behind an exposed service that policies let traffic in to: by the service's selector, or by EndpointSlices where it has none.
 * Linear in the endpoints. Source: https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors
 */
export function exposedEndpoints(facts: Facts): readonly Endpoint[] {
  const endpoints = new Endpoints(facts);
  return [...exposureOf(facts).services].flatMap(([from, exposed]) => {
    const { selector, type } = exposed.service;
    if (type === 'ExternalName') return [];
    return selector === undefined ? endpoints.bySlices(from, exposed) : endpoints.bySelector(from, exposed, selector);
  });
}
