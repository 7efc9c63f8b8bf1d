import { describe, expect, it } from 'vitest';
import { type ClusterFixture, cluster } from '../../inventory/testing/cluster.ts';
import { buildGraph } from '../build.ts';
import type { TechniqueId } from '../kinds.ts';
import { techniqueAt } from '../read.ts';

/** What the first edge of a technique says. */
function explained(world: Pick<ClusterFixture, 'inventory'>, technique: TechniqueId) {
  const graph = buildGraph(world.inventory());
  const edge = [...Array(graph.edges.count).keys()].find((one) => techniqueAt(graph, one) === technique);
  if (edge === undefined) throw new Error(`no edge of ${technique}`);
  return { ...graph.explain(edge), closing: graph.closing(edge) };
}

const base = () => cluster().serviceAccount('a/default').node('n1');
const owned = (options: object, kind = 'DaemonSet') =>
  base()
    .workload(kind, 'a/agent', options)
    .pod('a/agent-1', {
      ...options,
      metadata: { ownerReferences: [{ apiVersion: 'apps/v1', kind, name: 'agent', uid: 'u', controller: true }] },
    });

describe('what an escape says', () => {
  it('tells the certain way first, and hangs on nothing where there is one', () => {
    const volumes = [
      { name: 'a', hostPath: { path: '/opt/tool' } },
      { name: 'b', hostPath: { path: '/etc/cron.d' } },
    ];
    const mounts = ['a', 'b'].map((name) => ({ name, mountPath: `/${name}` }));
    const { evidence, hangsOn } = explained(base().pod('a/web', { volumes, mounts }), 'escape-host-path');
    expect(evidence.map(({ pointer }) => pointer)).toEqual(['/spec/volumes/1/hostPath', '/spec/volumes/0/hostPath']);
    expect(hangsOn).toBeUndefined();
  });

  it('says that any of several conditions is enough, and that all of one way have to hold', () => {
    const volumes = [
      { name: 'a', hostPath: { path: '/opt/tool' } },
      { name: 'b', hostPath: { path: '/usr/share/x' } },
    ];
    const mounts = ['a', 'b'].map((name) => ({ name, mountPath: `/${name}` }));
    const { hangsOn } = explained(base().pod('a/web', { volumes, mounts, spec: { runtimeClassName: 'gvisor' } }), 'escape-host-path');
    expect(hangsOn?.split('; or ')).toHaveLength(2);
    expect(hangsOn?.split('; or ').every((way) => way.includes('what the node does') && way.includes('gVisor'))).toBe(true);
  });

  it('adds that a pod has to be scheduled first, and on how many nodes it fits', () => {
    const world = base()
      .node('n2', { disk: 'ssd' })
      .pod('a/web', {
        node: '',
        phase: 'Pending',
        spec: { nodeSelector: { disk: 'ssd' } },
        container: { securityContext: { privileged: true } },
      });
    expect(explained(world, 'escape-privileged').hangsOn).toBe(
      'the pod being admitted and scheduled there, as it is on no node yet; 1 of 2 nodes fit',
    );
  });

  it('is told as all nodes where many fit, whatever their number', () => {
    const world = base().pod('a/web', {
      node: '',
      spec: { nodeSelector: { disk: 'ssd' } },
      container: { securityContext: { privileged: true } },
    });
    for (let node = 0; node < 17; node += 1) world.node(`ssd-${node}`, { disk: 'ssd' });
    const graph = buildGraph(world.inventory());
    const edges = [...Array(graph.edges.count).keys()].filter((edge) => techniqueAt(graph, edge) === 'escape-privileged');
    expect(edges.map((edge) => graph.nodes.ids[graph.edges.to[edge] as number])).toEqual(['all-nodes:*']);
    expect(graph.explain(edges[0] as number).hangsOn).toContain('17 of 18 nodes fit');
  });

  it("gives the command for the workload's own template, and none where there is no template to change", () => {
    const { fix } = explained(owned({ spec: { hostPID: true }, container: { securityContext: { privileged: true } } }), 'escape-host-pid');
    expect(fix.says).toBe('set `hostPID: false` in the template of DaemonSet agent');
    expect(fix.command).toBe(
      `kubectl patch daemonset agent --type=json -p '[{"op":"replace","path":"/spec/template/spec/hostPID","value":false}]' -n a`,
    );
    const alone = base().pod('a/web', { container: { securityContext: { privileged: true } } });
    expect(explained(alone, 'escape-privileged').fix.command).toBeUndefined();
  });

  it('names the Deployment whose template it is, not the ReplicaSet between', () => {
    const options = { container: { securityContext: { privileged: true } } };
    const owner = (kind: string, name: string) => ({
      metadata: { ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: name, controller: true }] },
    });
    const world = base()
      .workload('Deployment', 'a/web', options)
      .workload('ReplicaSet', 'a/web-1', { ...options, ...owner('Deployment', 'web') })
      .pod('a/web-1-x', { ...options, ...owner('ReplicaSet', 'web-1') });
    const { fix } = explained(world, 'escape-privileged');
    expect([fix.says, fix.command]).toEqual([
      expect.stringContaining('in the template of Deployment web'),
      expect.stringContaining('kubectl patch deployment web '),
    ]);
  });

  it('closes by both where a privileged container hides a capability', () => {
    const { closing } = explained(
      base().pod('a/web', { container: { securityContext: { privileged: true, capabilities: { add: ['SYS_MODULE'] } } } }),
      'escape-privileged',
    );
    expect(closing).toEqual({ all: [{ change: 'privileged: template of pod:a/web' }, { change: 'capabilities: template of pod:a/web' }] });
  });
});

describe('where nodes were not read', () => {
  const hostPath = (path: string) => ({
    volumes: [{ name: 'a', hostPath: { path } }],
    mounts: [{ name: 'a', mountPath: '/a' }],
  });
  const privileged = { container: { securityContext: { privileged: true } } };
  /** What the way out of a pod hangs on; the gap, if any, is about this list. */
  const hangsOn = (technique: TechniqueId, options: object, unread: string, world = cluster().serviceAccount('a/default')) => {
    const inventory = world.pod('a/web', options).inventory();
    const gaps = [{ id: 'g', source: 'snapshot', what: unread, why: 'it is missing', remedy: 'add it' }] as const;
    return explained({ inventory: () => ({ ...inventory, gaps }) }, technique).hangsOn;
  };

  it.each<[string, TechniqueId, object]>([
    ['the runtime', 'runtime-socket', hostPath('/run/docker.sock')],
    ['who set it up', 'host-path-read', hostPath('/var/lib/kubelet/pki')],
    ['SELinux', 'escape-host-path', hostPath('/etc/cron.d')],
  ])('a way that %s of the node may stop hangs on what it is', (_name, technique, options) => {
    expect(hangsOn(technique, options, 'nodes')).toContain('what the node is, which was not read');
  });

  it.each<[string, TechniqueId, object, string, ClusterFixture?]>([
    ['a privileged container, which nothing of them stops', 'escape-privileged', privileged, 'nodes'],
    ['SELinux, which lets a privileged container pass', 'escape-host-path', { ...hostPath('/etc/cron.d'), ...privileged }, 'nodes'],
    ['a node that is there and says nothing against it', 'runtime-socket', hostPath('/run/docker.sock'), 'nodes', base()],
    ['a node that is gone, where all were read', 'runtime-socket', hostPath('/run/docker.sock'), 'secrets'],
  ])('does not hang on it: %s', (_name, technique, options, unread, world) => {
    expect(hangsOn(technique, options, unread, world)).toBeUndefined();
  });

  it('another condition stands as it is', () => {
    expect(hangsOn('escape-host-path', hostPath('/opt/tool'), 'nodes')).not.toContain('was not read');
  });
});
