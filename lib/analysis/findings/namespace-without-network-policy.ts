import { objectEvidence } from '../../graph/evidence/objects.ts';
import { creation, fixBy } from '../finding-facts/fix-steps.ts';
import { namespaces } from '../finding-facts/populations.ts';
import { kyverno } from '../finding-facts/prevention.ts';
import { counted } from '../finding-facts/words.ts';
import { defineFinding } from './finding.ts';

/** Engines with network policies of their own, which are named and not evaluated. */
const ENGINES = new Set(['cilium.io', 'crd.projectcalico.org', 'projectcalico.org', 'policy.networking.k8s.io']);

const SYSTEM = 'kube-system';

export const namespaceWithoutNetworkPolicy = defineFinding({
  id: 'namespace-without-network-policy',
  title: 'Namespaces without any NetworkPolicy',
  severity: 'low',
  class: 'exposure',
  why: 'Every pod can talk to every other one and to the metadata service of its node. A break-in in one is a place to scan the others from.',
  remediation: 'Deny what comes in by default, then allow what is needed; deny the way out to 169.254.169.254.',
  misses:
    'policies that select nothing or allow everything; policies of Cilium, Calico and the like are named and not evaluated; whether the network plugin enforces any',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies'],
  prevention: kyverno({
    name: 'default-deny-ingress',
    says: 'gives every new namespace a NetworkPolicy that lets nothing in',
    rules: [
      {
        name: 'default-deny-ingress',
        match: { any: [{ resources: { kinds: ['Namespace'], operations: ['CREATE'] } }] },
        exclude: { any: [{ resources: { names: ['kube-*', 'default'] } }] },
        generate: {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          name: 'default-deny-ingress',
          namespace: '{{request.object.metadata.name}}',
          synchronize: false,
          data: { spec: { podSelector: {}, policyTypes: ['Ingress'] } },
        },
      },
    ],
  }),
  population: namespaces,
  *find(world) {
    const { kubernetes } = world.inventory;
    if (world.isUnread('networkpolicies')) return;
    const engines = kubernetes.enginePolicies.filter(({ apiGroup }) => ENGINES.has(apiGroup));
    // One that holds for the whole cluster may hold here; what it says is not evaluated.
    if (engines.some(({ namespace }) => namespace === undefined)) return;
    const covered = new Set([...kubernetes.networkPolicies, ...engines].map(({ namespace }) => namespace));
    const none = kubernetes.networkPolicies.length === 0 && engines.length === 0;
    const unseen = none ? '; no NetworkPolicy was read at all, so see to it that the data has them' : '';
    const pods = new Map<string, number>();
    for (const workload of world.workloads) {
      const plain = workload.pods.filter(({ spec }) => !spec.hostNetwork).length;
      if (plain > 0 && !covered.has(workload.namespace)) pods.set(workload.namespace, (pods.get(workload.namespace) ?? 0) + plain);
    }
    for (const [name, count] of pods) {
      const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', namespace: name, name: 'default-deny-ingress' };
      const record = world.namespace(name) ?? { name };
      yield {
        subject: { kind: 'Namespace', name },
        whyHere: `${counted(count, 'pod has', 'pods have')} no policy in front of ${count === 1 ? 'it' : 'them'}${unseen}`,
        evidence: [objectEvidence('Namespace', record, '/metadata/name', 'has no NetworkPolicy')],
        // Everybody asks the DNS of kube-system, and the API server its webhooks: a policy that is pasted would stop the cluster.
        fix:
          name === SYSTEM
            ? {
                says: 'write down who asks what is here (DNS, metrics, webhooks: often everybody), allow that, then deny what else comes in',
                lacks: 'a policy that is pasted here would stop the DNS of the whole cluster, so none is written out',
              }
            : fixBy('deny what comes in, and allow what is needed in policies beside it; all traffic into the namespace stops until then', [
                creation(policy, { spec: { podSelector: {}, policyTypes: ['Ingress'] } }),
              ]),
      };
    }
  },
});
