import { describe, expect, it } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { ANYWHERE, beside, context, MAYBE, nodeWith, pod } from '../testing/escapes.ts';

const SECURITY = { securityContext: { capabilities: { add: ['SYS_RAWIO'] } } };
const capabilities = (add: string[], drop: string[] = [], more: object = {}) => context({ capabilities: { add, drop }, ...more });
const none = { runAsUser: 1000, allowPrivilegeEscalation: false };

describe('weak-capability', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['SYS_RAWIO', capabilities(['SYS_RAWIO']), MAYBE],
    ['a name with its prefix', capabilities(['CAP_SYS_RAWIO']), MAYBE],
    ['a name in small letters', capabilities(['sys_rawio']), MAYBE],
    ['ALL', capabilities(['ALL']), MAYBE],
    ['drop ALL and add one: how careful people write it', capabilities(['SYS_RAWIO'], ['ALL']), MAYBE],
    ['ALL without another', capabilities(['ALL'], ['NET_ADMIN']), MAYBE],
    ['NET_ADMIN on the network of the node', context({ capabilities: { add: ['NET_ADMIN'] } }, { spec: { hostNetwork: true } }), MAYBE],
    ['eBPF', capabilities(['BPF', 'PERFMON']), MAYBE],
    ['SYS_PTRACE in the pod', capabilities(['SYS_PTRACE']), MAYBE],
    ['a sidecar', beside('initContainers', { ...SECURITY, restartPolicy: 'Always' }), MAYBE],
    ['an ephemeral container', beside('ephemeralContainers', SECURITY), MAYBE],
    [
      "with the runtime's seccomp profile, which follows the capability",
      capabilities(['SYS_RAWIO'], [], { seccompProfile: { type: 'RuntimeDefault' } }),
      MAYBE,
    ],
    ['a user other than root, who may find a setuid program', capabilities(['SYS_RAWIO'], [], { runAsUser: 1000 }), MAYBE],
    ['a user namespace of its own', pod({ container: SECURITY, spec: { hostUsers: false } }), MAYBE],
    ['a pod that no node has taken', pod({ node: '', phase: 'Pending', container: SECURITY }), ANYWHERE],
    ['a plain manifest', pod({ node: '', metadata: { uid: undefined }, container: SECURITY }), ANYWHERE],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'weak-capability')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    [
      'SYS_PTRACE with hostPID, which is another technique',
      context({ capabilities: { add: ['SYS_PTRACE'] } }, { spec: { hostPID: true } }),
    ],
    ['no capability added', pod({})],
    ['the capability dropped', capabilities(['SYS_RAWIO'], ['SYS_RAWIO'])],
    ['the capability dropped by its other name', capabilities(['SYS_RAWIO'], ['cap_sys_rawio'])],
    ['dropped alone', capabilities([], ['SYS_RAWIO'])],
    ['ALL added and dropped', capabilities(['ALL'], ['ALL'])],
    ['capabilities that are other techniques', capabilities(['SYS_ADMIN', 'SYS_MODULE', 'DAC_READ_SEARCH', 'NET_ADMIN', 'NET_RAW'])],
    ['a name that only begins so', capabilities(['SYS_RAWIOS'])],
    ['a name that only contains it', capabilities(['XSYS_RAWIO', 'CAP_CAP_SYS_RAWIO'])],
    ['a user who cannot become root', capabilities(['SYS_RAWIO'], [], none)],
    ['a privileged container, which is another technique', capabilities(['SYS_RAWIO'], [], { privileged: true })],
    ['a plain init container that has ended', beside('initContainers', SECURITY)],
    ['a pod of Windows', pod({ container: SECURITY, spec: { os: { name: 'windows' } } })],
    ['a node of Windows', nodeWith({ operatingSystem: 'windows' }).pod('a/web', { container: SECURITY })],
    ['a pod that ended well', pod({ phase: 'Succeeded', container: SECURITY })],
    ['a pod that failed', pod({ phase: 'Failed', container: SECURITY })],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'weak-capability')).toEqual([]);
  });

  it('points at the list of additions, and closes with it', () => {
    const world = capabilities(['SYS_RAWIO']).inventory();
    expect(evidenceOf(world, 'weak-capability')).toEqual(['Pod a/web /spec/containers/0/securityContext/capabilities/add']);
    expect(changesOfEdges(world, 'weak-capability')).toEqual([
      `${MAYBE[0]?.replace(' (conditional)', '')}: capabilities: template of pod:a/web`,
    ]);
  });
});
