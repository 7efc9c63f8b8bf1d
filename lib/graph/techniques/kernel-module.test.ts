import { describe, expect, it } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { ANYWHERE, beside, context, MAYBE, NODE, nodeWith, pod } from '../testing/escapes.ts';

const SECURITY = { securityContext: { capabilities: { add: ['SYS_MODULE'] } } };
const capabilities = (add: string[], drop: string[] = [], more: object = {}) => context({ capabilities: { add, drop }, ...more });
const none = { runAsUser: 1000, allowPrivilegeEscalation: false };

describe('kernel-module', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['SYS_MODULE', capabilities(['SYS_MODULE']), NODE],
    ['a name with its prefix', capabilities(['CAP_SYS_MODULE']), NODE],
    ['a name in small letters', capabilities(['sys_module']), NODE],
    ['ALL', capabilities(['ALL']), NODE],
    ['drop ALL and add one: how careful people write it', capabilities(['SYS_MODULE'], ['ALL']), NODE],
    ['ALL without another', capabilities(['ALL'], ['NET_ADMIN']), NODE],
    ['a sidecar', beside('initContainers', { ...SECURITY, restartPolicy: 'Always' }), NODE],
    ['an ephemeral container', beside('ephemeralContainers', SECURITY), NODE],
    [
      "with the runtime's seccomp profile, which follows the capability",
      capabilities(['SYS_MODULE'], [], { seccompProfile: { type: 'RuntimeDefault' } }),
      NODE,
    ],
    ['a user other than root, who may find a setuid program', capabilities(['SYS_MODULE'], [], { runAsUser: 1000 }), MAYBE],
    ['a user namespace of its own', pod({ container: SECURITY, spec: { hostUsers: false } }), MAYBE],
    ['a pod that no node has taken', pod({ node: '', phase: 'Pending', container: SECURITY }), ANYWHERE],
    ['a plain manifest', pod({ node: '', metadata: { uid: undefined }, container: SECURITY }), ANYWHERE],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'kernel-module')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['no capability added', pod({})],
    ['the capability dropped', capabilities(['SYS_MODULE'], ['SYS_MODULE'])],
    ['the capability dropped by its other name', capabilities(['SYS_MODULE'], ['cap_sys_module'])],
    ['dropped alone', capabilities([], ['SYS_MODULE'])],
    ['ALL added and dropped', capabilities(['ALL'], ['ALL'])],
    ['ALL but this one', capabilities(['ALL'], ['SYS_MODULE'])],
    ['capabilities that are other techniques', capabilities(['SYS_ADMIN', 'DAC_READ_SEARCH', 'NET_ADMIN', 'SYS_PTRACE'])],
    ['a name that only begins so', capabilities(['SYS_MODULES'])],
    ['a name that only contains it', capabilities(['XSYS_MODULE', 'CAP_CAP_SYS_MODULE'])],
    ['a user who cannot become root', capabilities(['SYS_MODULE'], [], none)],
    ['a privileged container, which is another technique', capabilities(['SYS_MODULE'], [], { privileged: true })],
    ['a plain init container that has ended', beside('initContainers', SECURITY)],
    ['a pod of Windows', pod({ container: SECURITY, spec: { os: { name: 'windows' } } })],
    ['a node of Windows', nodeWith({ operatingSystem: 'windows' }).pod('a/web', { container: SECURITY })],
    ['a pod that ended well', pod({ phase: 'Succeeded', container: SECURITY })],
    ['a pod that failed', pod({ phase: 'Failed', container: SECURITY })],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'kernel-module')).toEqual([]);
  });

  it('points at the list of additions, and closes with it', () => {
    const world = capabilities(['SYS_MODULE']).inventory();
    expect(evidenceOf(world, 'kernel-module')).toEqual(['Pod a/web /spec/containers/0/securityContext/capabilities/add']);
    expect(changesOfEdges(world, 'kernel-module')).toEqual([
      `${NODE[0]?.replace(' (conditional)', '')}: capabilities: template of pod:a/web`,
    ]);
  });
});
