import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSnapshot } from '../sources/snapshot/read.ts';
import { buildGraph } from './build.ts';
import { techniqueAt } from './read.ts';
import { techniques } from './techniques/index.ts';
import type { Technique } from './techniques/technique.ts';

const CORPUS = process.env.CORPUS_DIR ?? resolve(import.meta.dirname, '../../../shared/corpus');
const WORLD = join(CORPUS, 'prod-eu');

/** Of each workload, the ways out of its pods: `technique` or `technique?` where it is conditional. As a person reads them off the specs. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  // hostNetwork, NET_ADMIN, writes /opt/cni/bin; not privileged.
  'kube-system/daemonset/aws-node': ['escape-host-path', 'host-network', 'weak-capability?'],
  // Privileged; writes all of /var/lib/kubelet; EKS keeps no certificate of the kubelet there.
  'kube-system/daemonset/ebs-csi-node': ['escape-host-path', 'escape-privileged', 'host-path-read?', 'kubelet-volumes'],
  // hostNetwork and a harmless capability.
  'kube-system/daemonset/eks-pod-identity-agent': ['host-network'],
  // Privileged, hostNetwork, writes /var/log; everybody may read logs here (everyone-can-discover-pods).
  'kube-system/daemonset/kube-proxy': ['escape-privileged', 'host-network', 'log-symlink?'],
  // The node's containerd has no Docker beside it, as far as the node says.
  'legacy/deployment/jenkins': ['runtime-socket?'],
  // Privileged; reads /etc, /boot and /proc, writes its own folder.
  'longhorn-system/daemonset/longhorn-manager': ['escape-privileged', 'host-path-read?'],
  // hostPID and / read-only, as user 65534 who cannot become root: what files are open to him. SYS_TIME is of no use to him.
  'monitoring/daemonset/node-exporter': ['host-network', 'host-path-read?', 'kubelet-volumes?', 'runtime-socket?'],
  // Privileged with hostPID.
  'production/deployment/node-debugger': ['escape-host-pid', 'escape-privileged'],
};

describe.skipIf(!existsSync(WORLD))('the pods of prod-eu', () => {
  test('have the ways out that their specs give them, and no others have any', async () => {
    const graph = buildGraph(await readSnapshot(WORLD));
    const owner = new Map<number, string>();
    const found = new Map<string, Set<string>>();
    const numbers = [...Array(graph.edges.count).keys()];
    for (const edge of numbers)
      if (techniqueAt(graph, edge) === 'owns')
        owner.set(graph.edges.to[edge] as number, graph.nodes.ids[graph.edges.from[edge] as number] as string);
    for (const edge of numbers) {
      const { id, class: kind, from }: Technique = techniques[techniqueAt(graph, edge)];
      if ((kind !== 'escape' && id !== 'kubelet-volumes') || !from.includes('pod')) continue;
      const pod = graph.edges.from[edge] as number;
      const workload = (owner.get(pod) ?? (graph.nodes.ids[pod] as string)).replace(/^workload:/, '');
      const ways = found.get(workload) ?? new Set();
      ways.add(graph.explain(edge).hangsOn === undefined ? id : `${id}?`);
      found.set(workload, ways);
    }
    expect(Object.fromEntries([...found].map(([workload, ways]) => [workload, [...ways].sort()]))).toEqual(EXPECTED);
  });
});
