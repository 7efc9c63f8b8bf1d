import { nodeEvidence, objectEvidence } from '../evidence/objects.ts';
import { proven } from '../evidence/proven.ts';
import { askingIn } from '../facts/asking.ts';
import type { Facts } from '../facts/facts.ts';
import { proofOf } from '../facts/rbac-edges.ts';
import { type AnyOf, covers } from '../facts/rights.ts';
import { allTraffic } from '../facts/traffic.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique } from './technique.ts';

const RIGHT: AnyOf = [{ verbs: ['update', 'patch'], apiGroup: '', resource: 'configmaps' }];
const NAMESPACE = 'kube-system';

/**
 * ConfigMaps that DNS servers of the cluster read, with the beginning of the name of the controller that runs them. Sources: kubeadm
 * (coredns), https://cloud.google.com/kubernetes-engine/docs/how-to/kube-dns, https://learn.microsoft.com/azure/aks/coredns-custom,
 * https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/, https://docs.rke2.io/networking/networking_services.
 */
const SERVERS = [
  { configMap: 'coredns', server: 'coredns' },
  { configMap: 'coredns-custom', server: 'coredns' },
  { configMap: 'kube-dns', server: 'kube-dns' },
  { configMap: 'node-local-dns', server: 'node-local-dns' },
  { configMap: 'rke2-coredns-rke2-coredns', server: 'rke2-coredns-rke2-coredns' },
] as const;

const HANGS_ON =
  'the server taking the new configuration (the `reload` plugin, as it is installed, or a restart), and no add-on manager writing the ConfigMap back first';

/** The DNS servers that run, by the ConfigMap that they read. */
function serversOf(facts: Facts): ReadonlyMap<string, Evidence> {
  const controllers = facts.workloadsByNamespace.get(NAMESPACE) ?? [];
  const pods = facts.pods.byNamespace.get(NAMESPACE) ?? [];
  const found = new Map<string, Evidence>();
  for (const { configMap, server } of SERVERS) {
    const says = `answers names for the whole cluster, and reads ConfigMap ${configMap}`;
    const workload = controllers.find(({ name, kind }) => name === server && kind !== 'ReplicaSet');
    const place =
      workload === undefined ? pods.find((one) => facts.pods.live[one] === 1 && startsWith(facts, one, `${server}-`)) : undefined;
    if (workload !== undefined) found.set(configMap, objectEvidence(workload.kind, workload, '/metadata/name', says));
    else if (place !== undefined)
      found.set(configMap, nodeEvidence(facts.nodes, facts.pods.node[place] as number, { kind: 'Pod', pointer: '/metadata/name', says }));
  }
  return found;
}

const startsWith = ({ pods }: Facts, place: number, start: string): boolean => pods.pods[place]?.name.startsWith(start) === true;

export const dnsTakeover = defineTechnique({
  id: 'dns-takeover',
  title: "Answers the cluster's names",
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-traffic'],
  action: "Writes its own answers into the configuration of the cluster's DNS server, and pods send to it what they mean for others.",
  precondition:
    '`update` or `patch` on configmaps in kube-system, unnamed or naming that of the DNS server (coredns, coredns-custom, kube-dns, node-local-dns), which runs there.',
  remediation: 'Name the ConfigMaps that the subject needs in `resourceNames`, and never that of the DNS server.',
  coverage: {
    level: 'partial',
    misses:
      "DNS servers in other namespaces, as OpenShift's, whose operator writes the ConfigMap; names in connections whose certificate is checked",
  },
  attck: ['T1557'],
  references: ['https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/', 'https://coredns.io/plugins/reload/'],
  find(facts, emit) {
    const servers = serversOf(facts);
    const [first] = servers.values();
    if (first === undefined) return;
    facts.eachHolding(RIGHT, ({ node }, holding) => {
      const server = holding.name === undefined ? first : servers.get(holding.name);
      if (server === undefined || !covers(holding, NAMESPACE)) return;
      emit(
        node,
        allTraffic(facts, ''),
        facts.keep({ parts: [{ rights: RIGHT, by: holding.by }], also: [server], hangsOn: HANGS_ON }),
        'conditional',
      );
    });
  },
  ...proven,
  asks: (facts, { detail }) => askingIn(facts, NAMESPACE, proofOf(facts, detail).parts),
});
