import { describe, expect, it } from 'vitest';
import { type ClusterFixture, cluster, type PodOptions } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

const base = () => cluster().serviceAccount('a/default').node('n1').node('n2');
const pod = (options: PodOptions) => base().pod('a/web', options);
const NODE = ['pod:a/web → node:n1'];
const MAYBE = ['pod:a/web → node:n1 (conditional)'];
const capabilities = (add: string[], drop: string[] = [], more: object = {}) =>
  pod({ container: { securityContext: { capabilities: { add, drop }, ...more } } });
const SECURITY = { securityContext: { capabilities: { add: ['SYS_MODULE'] } } };

/** A second container in another list. */
const beside = (list: string, more: object) => pod({ spec: { [list]: [{ name: 'side', image: 'x', ...SECURITY, ...more }] } });

describe('escape-capability', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['SYS_MODULE', capabilities(['SYS_MODULE']), NODE],
    ['SYS_ADMIN, which AppArmor or cgroup v2 may stop', capabilities(['SYS_ADMIN']), MAYBE],
    ['DAC_READ_SEARCH, which needs a file system in common', capabilities(['DAC_READ_SEARCH']), MAYBE],
    ['a name with its prefix', capabilities(['CAP_SYS_MODULE']), NODE],
    ['a name in small letters', capabilities(['sys_module']), NODE],
    ['ALL', capabilities(['ALL']), NODE],
    ['all', capabilities(['all']), NODE],
    ['drop ALL and add one: how careful people write it', capabilities(['SYS_MODULE'], ['ALL']), NODE],
    ['ALL without another', capabilities(['ALL'], ['NET_ADMIN']), NODE],
    ['a sidecar', beside('initContainers', { restartPolicy: 'Always' }), NODE],
    ['an ephemeral container', beside('ephemeralContainers', {}), NODE],
    [
      'a user other than root, who has the capability in his bounding set alone',
      capabilities(['SYS_MODULE'], [], { runAsUser: 1000 }),
      MAYBE,
    ],
    ['the surest of several as one edge', capabilities(['SYS_ADMIN', 'SYS_MODULE']), NODE],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'escape-capability')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['no capability added', pod({})],
    ['the capability dropped', capabilities(['SYS_MODULE'], ['SYS_MODULE'])],
    ['the capability dropped by its other name', capabilities(['SYS_MODULE'], ['cap_sys_module'])],
    ['dropped alone', capabilities([], ['SYS_MODULE'])],
    ['ALL added and dropped', capabilities(['ALL'], ['ALL'])],
    ['ALL but those that open the node', capabilities(['ALL'], ['SYS_MODULE', 'SYS_ADMIN', 'DAC_READ_SEARCH'])],
    ['capabilities that only weaken the node', capabilities(['NET_ADMIN', 'NET_RAW', 'SYS_RAWIO', 'SYS_PTRACE', 'SYS_TIME'])],
    ['a name that only begins so', capabilities(['SYS_MODULES', 'SYS_ADMINISTRATOR'])],
    ['a name that only contains it', capabilities(['XSYS_MODULE', 'CAP_CAP_SYS_MODULE'])],
    [
      'a privileged container, which is another technique',
      pod({ container: { securityContext: { privileged: true, capabilities: { add: ['SYS_MODULE'] } } } }),
    ],
    ['a plain init container that has ended', beside('initContainers', {})],
    ['a pod that no node has taken', pod({ node: '', phase: 'Pending', container: SECURITY })],
    ['a pod that ended well', pod({ phase: 'Succeeded', container: SECURITY })],
    ['a pod that failed', pod({ phase: 'Failed', container: SECURITY })],
    ['a template', base().workload('DaemonSet', 'a/web', { container: SECURITY })],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'escape-capability')).toEqual([]);
  });

  it('points at the list of additions', () => {
    expect(evidenceOf(capabilities(['SYS_MODULE']).inventory(), 'escape-capability')).toEqual([
      'Pod a/web /spec/containers/0/securityContext/capabilities/add',
    ]);
  });
});
