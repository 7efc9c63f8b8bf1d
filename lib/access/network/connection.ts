import type { EnginePolicy } from '../../inventory/admission.ts';
import type { KubernetesInventory } from '../../inventory/inventory.ts';
import type { StringMap } from '../../inventory/kubernetes.ts';
import type { NetworkPolicy } from '../../inventory/network-policy.ts';
import { isNetworkPolicyOfEngine } from './engine-policy.ts';
import { PolicyIndex } from './policy-index.ts';
import { anyFits, type Direction, type End, type Fit, fitOfAddresses, isolates, type PodEnd, peersFit, portFits } from './policy-rules.ts';

/** NetworkPolicies and what else decides about connections, indexed once. */
export interface Network {
  readonly policies: PolicyIndex;
  readonly namespaceLabels: ReadonlyMap<string, StringMap>;
  /** Of other engines, by the namespace that they are about; the empty one: every namespace. */
  readonly enginePolicies: ReadonlyMap<string, readonly EnginePolicy[]>;
}

export interface Connection {
  readonly from: End;
  readonly to: End;
  /** Of the pod or address itself, behind whatever translates ports. */
  readonly port: number;
  /** TCP, UDP or SCTP. */
  readonly protocol: string;
}

/** A policy that has a say, with the place in it: the rule that lets through, or the selector of one that does not. */
export interface PolicyPlace {
  readonly policy: NetworkPolicy;
  readonly direction: Direction;
  readonly pointer: string;
}

/**
 * `open`: no policy isolates either pod, or each side's policies let it through; `blocked`: one side's let nothing through;
 * `unknown`: it hangs on what `because` names. Whether anybody enforces policies is the network plugin's business.
 */
export interface ConnectionAnswer {
  readonly state: 'open' | 'blocked' | 'unknown';
  /** Of `open` the rules that let through, otherwise the policies that isolate. */
  readonly policies: readonly PolicyPlace[];
  readonly because: readonly string[];
}

/** Indexes what decides about connections by namespace, as a policy only ever selects pods of its own. */
export function networkOf(kubernetes: Pick<KubernetesInventory, 'networkPolicies' | 'namespaces' | 'enginePolicies'>): Network {
  return {
    policies: new PolicyIndex(kubernetes.networkPolicies),
    namespaceLabels: new Map(kubernetes.namespaces.map(({ name, labels }) => [name, labels])),
    enginePolicies: Map.groupBy(kubernetes.enginePolicies.filter(isNetworkPolicyOfEngine), ({ namespace }) => namespace ?? ''),
  };
}

interface Side {
  readonly fit: Fit;
  readonly policies: readonly PolicyPlace[];
}

const OPEN: Side = { fit: 'yes', policies: [] };

/** What the policies of one pod make of the other end. Policies add up: one rule that lets it through is enough. */
function sideOf(network: Network, { pod, other, direction }: { pod: PodEnd; other: End; direction: Direction }, asked: Connection): Side {
  const isolating = network.policies.selecting(pod).filter((policy) => isolates(policy, direction));
  if (isolating.length === 0) return OPEN;
  const labelsOf = (namespace: string): StringMap | undefined => network.namespaceLabels.get(namespace);
  const ports = 'pod' in asked.to ? asked.to.pod.ports : [];
  const rules = isolating.flatMap((policy) =>
    policy[direction].flatMap((rule, index) => {
      const isAbout = rule.ports.length === 0 || rule.ports.some((port) => portFits(port, asked, ports));
      if (!isAbout) return [];
      return [
        { rule, fit: peersFit(rule, other, { policy, labelsOf }), at: { policy, direction, pointer: `/spec/${direction}/${index}` } },
      ];
    }),
  );
  // Of several addresses, one rule may let in some and another one the rest.
  const fit =
    'pod' in other || rules.some((one) => one.fit === 'yes')
      ? anyFits(rules.map((one) => one.fit))
      : fitOfAddresses(
          other.addresses,
          rules.flatMap(({ rule }) => rule.peers),
        );
  const through = rules.filter((one) => one.fit !== 'no').map(({ at }) => at);
  return { fit, policies: fit === 'no' ? isolating.map((policy) => ({ policy, direction, pointer: '/spec/podSelector' })) : through };
}

/** Traffic between a pod and its own node is always let through, as is that of a pod with itself. Source: as for `connection`. */
function isNeverBlocked(from: End, to: End): boolean {
  if (!('pod' in from && 'pod' in to)) return false;
  const [one, other] = [from.pod, to.pod];
  if (one.namespace === other.namespace && one.name === other.name) return true;
  return (one.hostNetwork || other.hostNetwork) && one.node !== undefined && one.node === other.node;
}

const nameOf = ({ kind, namespace, name }: EnginePolicy): string => `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;

/** A sentence for each end about the policies of other engines, which are named and not evaluated. */
function engineSentences({ enginePolicies }: Network, pods: readonly PodEnd[]): string[] {
  const scopes = new Set(pods.length === 0 ? [] : ['', ...pods.map(({ namespace }) => namespace)]);
  const found = [...scopes].flatMap((scope) => enginePolicies.get(scope) ?? []);
  if (found.length === 0) return [];
  const more = found.length > 3 ? ` and ${found.length - 3} more` : '';
  return [`${found.slice(0, 3).map(nameOf).join(', ')}${more}, which ${found.length === 1 ? 'is' : 'are'} not evaluated`];
}

const policyNames = (places: readonly PolicyPlace[]): string =>
  [...new Set(places.map(({ policy: { namespace, name } }) => `${namespace}/${name}`))].slice(0, 3).join(', ');

/**
 * What NetworkPolicies make of a connection. The egress policies of the pod that connects and the ingress policies of the pod that is
 * connected to both have to let it through. Pods on the host's network are not subject to policies.
 * Source: https://kubernetes.io/docs/concepts/services-networking/network-policies/ and k8s.io/api/networking/v1/types.go
 */
export function connection(network: Network, asked: Connection): ConnectionAnswer {
  const { from, to } = asked;
  const sides: Side[] = [];
  const subject: PodEnd[] = [];
  if (isNeverBlocked(from, to)) return { state: 'open', policies: [], because: [] };
  if ('pod' in from && !from.pod.hostNetwork) {
    subject.push(from.pod);
    sides.push(sideOf(network, { pod: from.pod, other: to, direction: 'egress' }, asked));
  }
  if ('pod' in to && !to.pod.hostNetwork) {
    subject.push(to.pod);
    sides.push(sideOf(network, { pod: to.pod, other: from, direction: 'ingress' }, asked));
  }
  const because = engineSentences(network, subject);
  const closed = sides.filter(({ fit }) => fit === 'no');
  const open = sides.filter(({ fit }) => fit === 'unknown');
  const policies = (closed.length > 0 ? closed : open.length > 0 ? open : sides).flatMap((side) => side.policies);
  if (closed.length > 0 && because.length === 0) return { state: 'blocked', policies, because };
  if (closed.length > 0)
    return { state: 'unknown', policies, because: [`NetworkPolicy ${policyNames(policies)} letting nothing through`, ...because] };
  if (open.length > 0)
    return { state: 'unknown', policies, because: [`what NetworkPolicy ${policyNames(policies)} lets through`, ...because] };
  return { state: because.length > 0 ? 'unknown' : 'open', policies, because };
}
