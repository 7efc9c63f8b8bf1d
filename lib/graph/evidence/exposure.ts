import type { PolicyPlace } from '../../access/network/connection.ts';
import { command, kubectl } from '../../access/shell.ts';
import type { Pod, Workload } from '../../inventory/kubernetes.ts';
import { isUnread } from '../../inventory/unread-list.ts';
import type { Facts } from '../facts/facts.ts';
import type { Evidence, Explanation, Fix } from '../model.ts';
import { objectEvidence } from './objects.ts';
import { templateChange } from './template-change.ts';

interface Named {
  readonly namespace: string;
  readonly name: string;
}

const keyOf = (kind: string, { namespace, name }: Named): string => `${kind}/${namespace}/${name}`;

/** The key of deleting an object, as bindings have it too. */
export const deletion = (kind: string, object: Named): string => `delete ${keyOf(kind, object)}`;

const RESOURCES = new Map([
  ['Service', 'service'],
  ['Ingress', 'ingress'],
  ['Gateway', 'gateways.gateway.networking.k8s.io'],
  ['ReferenceGrant', 'referencegrants.gateway.networking.k8s.io'],
]);

export const deletionFix = (kind: string, object: Named, sideEffect: string): Fix => ({
  says: `delete ${kind} ${object.namespace}/${object.name}`,
  command: kubectl(object.namespace, 'delete', RESOURCES.get(kind) ?? `${kind.toLowerCase()}s.gateway.networking.k8s.io`, object.name),
  sideEffect,
});

/** The key of keeping a service to the cluster: neither a load balancer nor ports of the nodes lead to it then. */
export const clusterOnly = (service: Named): string => `type ClusterIP of ${keyOf('Service', service)}`;

const patched = (service: Named, spec: object): string =>
  kubectl(service.namespace, 'patch', 'service', service.name, '--type=merge', '-p', JSON.stringify({ spec }));

export const clusterOnlyFix = (service: Named): Fix => ({
  says: `give Service ${service.namespace}/${service.name} type ClusterIP, which takes its load balancer and the ports of the nodes away`,
  command: patched(service, { type: 'ClusterIP' }),
  sideEffect: 'nobody outside of the cluster reaches it but by an Ingress or a Gateway',
});

export const externalIPs = (service: Named): string => `externalIPs of ${keyOf('Service', service)}`;

export const externalIPsFix = (service: Named): Fix => ({
  says: `take the externalIPs out of Service ${service.namespace}/${service.name}`,
  command: patched(service, { externalIPs: null }),
  sideEffect: 'nobody reaches it at these addresses',
});

/** Labels that a controller gives copies of one template, each another value or anew with each version. Source: https://kubernetes.io/docs/reference/labels-annotations-taints/ */
const OF_COPIES = new Set([
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'controller-uid',
  'job-name',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'batch.kubernetes.io/job-completion-index',
]);

/** The key of a NetworkPolicy that lets nothing in to the pods of a template. */
export const isolation = (facts: Facts, pod: number): string => `isolate ${templateChange(facts, pod)[0]}`;

/** Whether such a policy would close the way: policies add up, so that it changes nothing where another one lets traffic in. */
export const canBeIsolated = ({ spec }: Pod, policies: readonly PolicyPlace[]): boolean => !spec.hostNetwork && policies.length === 0;

/** Labels of the template, as those of a pod include what differs between copies or is added when it is admitted. */
function labelsOf({ nodes, workloadOf, pods }: Facts, place: number): readonly (readonly [string, string])[] {
  const workload = nodes.records[workloadOf[place] as number] as Workload | undefined;
  const template = workload?.template.labels;
  if (template !== undefined && template.size > 0) return [...template];
  return [...(pods.pods[place] as Pod).labels].filter(([key]) => !OF_COPIES.has(key) && !key.startsWith('topology.kubernetes.io/'));
}

export function isolationFix(facts: Facts, place: number): Fix {
  const pod = facts.pods.pods[place] as Pod;
  const owner = facts.nodes.names[facts.workloadOf[place] as number];
  const labels = labelsOf(facts, place);
  const says = `isolate ${owner === undefined ? `pod ${pod.name}` : `the pods of ${owner}`} by a NetworkPolicy that lets nothing in, then let in whom you mean`;
  const sideEffect = 'nobody reaches them by the network any more, from inside of the cluster neither';
  if (labels.length === 0) return { says, sideEffect };
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace: pod.namespace, name: `${owner ?? pod.name}-lets-nothing-in` },
    spec: { podSelector: { matchLabels: Object.fromEntries(labels) }, policyTypes: ['Ingress'] },
  };
  return { says, command: `${command('printf', '%s', JSON.stringify(policy))} | kubectl create -f -`, sideEffect };
}

/** Evidence in the policies that have a say. */
export const policyEvidence = (policies: readonly PolicyPlace[]): readonly Evidence[] =>
  policies.slice(0, 5).map(({ policy, pointer }) => {
    const says = pointer === '/spec/podSelector' ? 'selects the pod' : 'isolates the pod, and this rule lets the traffic in or may';
    return objectEvidence('NetworkPolicy', policy, pointer, says);
  });

/** What it hangs on where policies could not be read: there may be one that lets nothing in. */
export const unreadPolicies = ({ inventory }: Facts, { spec }: Pod): readonly string[] =>
  !spec.hostNetwork && isUnread(inventory, 'networkpolicies') ? ['NetworkPolicies, which were not read, letting it in'] : [];

/** An explanation whose edge hangs on these; none: it is certain. */
export const explained = (evidence: readonly Evidence[], hangsOn: readonly string[], fix: Fix): Explanation => ({
  evidence: evidence as [Evidence, ...Evidence[]],
  ...(hangsOn.length === 0 ? {} : { hangsOn: hangsOn.join('; ') }),
  fix,
});
