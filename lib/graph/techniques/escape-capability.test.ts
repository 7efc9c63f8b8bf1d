import { describe, expect, it } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { ANYWHERE, beside, context, MAYBE, nodeWith, pod } from '../testing/escapes.ts';

const SECURITY = { securityContext: { capabilities: { add: ['SYS_ADMIN'] } } };
const capabilities = (add: string[], drop: string[] = [], more: object = {}) => context({ capabilities: { add, drop }, ...more });
const none = { runAsUser: 1000, allowPrivilegeEscalation: false };

describe('escape-capability', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['SYS_ADMIN', capabilities(['SYS_ADMIN']), MAYBE],
    ['a name with its prefix', capabilities(['CAP_SYS_ADMIN']), MAYBE],
    ['a name in small letters', capabilities(['sys_admin']), MAYBE],
    ['ALL', capabilities(['ALL']), MAYBE],
    ['drop ALL and add one: how careful people write it', capabilities(['SYS_ADMIN'], ['ALL']), MAYBE],
    ['ALL without another', capabilities(['ALL'], ['NET_ADMIN']), MAYBE],
    ['a sidecar', beside('initContainers', { ...SECURITY, restartPolicy: 'Always' }), MAYBE],
    ['an ephemeral container', beside('ephemeralContainers', SECURITY), MAYBE],
    [
      "with the runtime's seccomp profile, which follows the capability",
      capabilities(['SYS_ADMIN'], [], { seccompProfile: { type: 'RuntimeDefault' } }),
      MAYBE,
    ],
    ['a user other than root, who may find a setuid program', capabilities(['SYS_ADMIN'], [], { runAsUser: 1000 }), MAYBE],
    ['a user namespace of its own', pod({ container: SECURITY, spec: { hostUsers: false } }), MAYBE],
    ['a pod that no node has taken', pod({ node: '', phase: 'Pending', container: SECURITY }), ANYWHERE],
    ['a plain manifest', pod({ node: '', metadata: { uid: undefined }, container: SECURITY }), ANYWHERE],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'escape-capability')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['no capability added', pod({})],
    ['the capability dropped', capabilities(['SYS_ADMIN'], ['SYS_ADMIN'])],
    ['the capability dropped by its other name', capabilities(['SYS_ADMIN'], ['cap_sys_admin'])],
    ['dropped alone', capabilities([], ['SYS_ADMIN'])],
    ['ALL added and dropped', capabilities(['ALL'], ['ALL'])],
    ['ALL but this one', capabilities(['ALL'], ['SYS_ADMIN'])],
    ['capabilities that are other techniques', capabilities(['SYS_MODULE', 'DAC_READ_SEARCH', 'NET_ADMIN', 'SYS_PTRACE'])],
    ['a name that only begins so', capabilities(['SYS_ADMINS'])],
    ['a name that only contains it', capabilities(['XSYS_ADMIN', 'CAP_CAP_SYS_ADMIN'])],
    ['a user who cannot become root', capabilities(['SYS_ADMIN'], [], none)],
    ['a privileged container, which is another technique', capabilities(['SYS_ADMIN'], [], { privileged: true })],
    ['a plain init container that has ended', beside('initContainers', SECURITY)],
    ['a pod of Windows', pod({ container: SECURITY, spec: { os: { name: 'windows' } } })],
    ['a node of Windows', nodeWith({ operatingSystem: 'windows' }).pod('a/web', { container: SECURITY })],
    ['a pod that ended well', pod({ phase: 'Succeeded', container: SECURITY })],
    ['a pod that failed', pod({ phase: 'Failed', container: SECURITY })],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'escape-capability')).toEqual([]);
  });

  it('points at the list of additions, and closes with it', () => {
    const world = capabilities(['SYS_ADMIN']).inventory();
    expect(evidenceOf(world, 'escape-capability')).toEqual(['Pod a/web /spec/containers/0/securityContext/capabilities/add']);
    expect(changesOfEdges(world, 'escape-capability')).toEqual([
      `${MAYBE[0]?.replace(' (conditional)', '')}: capabilities: template of pod:a/web`,
    ]);
  });
});
