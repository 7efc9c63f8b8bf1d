import { describe, expect, it } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { ANYWHERE, beside, context, MAYBE, nodeWith, pod } from '../testing/escapes.ts';

const SECURITY = { securityContext: { capabilities: { add: ['DAC_READ_SEARCH'] } } };
const capabilities = (add: string[], drop: string[] = [], more: object = {}) => context({ capabilities: { add, drop }, ...more });
const none = { runAsUser: 1000, allowPrivilegeEscalation: false };

describe('open-by-handle', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['DAC_READ_SEARCH', capabilities(['DAC_READ_SEARCH']), MAYBE],
    ['a name with its prefix', capabilities(['CAP_DAC_READ_SEARCH']), MAYBE],
    ['a name in small letters', capabilities(['dac_read_search']), MAYBE],
    ['ALL', capabilities(['ALL']), MAYBE],
    ['drop ALL and add one: how careful people write it', capabilities(['DAC_READ_SEARCH'], ['ALL']), MAYBE],
    ['ALL without another', capabilities(['ALL'], ['NET_ADMIN']), MAYBE],
    ['a sidecar', beside('initContainers', { ...SECURITY, restartPolicy: 'Always' }), MAYBE],
    ['an ephemeral container', beside('ephemeralContainers', SECURITY), MAYBE],
    [
      "with the runtime's seccomp profile, which follows the capability",
      capabilities(['DAC_READ_SEARCH'], [], { seccompProfile: { type: 'RuntimeDefault' } }),
      MAYBE,
    ],
    ['a user other than root, who may find a setuid program', capabilities(['DAC_READ_SEARCH'], [], { runAsUser: 1000 }), MAYBE],
    ['a user namespace of its own', pod({ container: SECURITY, spec: { hostUsers: false } }), MAYBE],
    ['a pod that no node has taken', pod({ node: '', phase: 'Pending', container: SECURITY }), ANYWHERE],
    ['a plain manifest', pod({ node: '', metadata: { uid: undefined }, container: SECURITY }), ANYWHERE],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'open-by-handle')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['no capability added', pod({})],
    ['the capability dropped', capabilities(['DAC_READ_SEARCH'], ['DAC_READ_SEARCH'])],
    ['the capability dropped by its other name', capabilities(['DAC_READ_SEARCH'], ['cap_dac_read_search'])],
    ['dropped alone', capabilities([], ['DAC_READ_SEARCH'])],
    ['ALL added and dropped', capabilities(['ALL'], ['ALL'])],
    ['ALL but this one', capabilities(['ALL'], ['DAC_READ_SEARCH'])],
    ['capabilities that are other techniques', capabilities(['SYS_ADMIN', 'SYS_MODULE', 'DAC_OVERRIDE', 'SYS_PTRACE'])],
    ['a name that only begins so', capabilities(['DAC_READ_SEARCHS'])],
    ['a name that only contains it', capabilities(['XDAC_READ_SEARCH', 'CAP_CAP_DAC_READ_SEARCH'])],
    ['a user who cannot become root', capabilities(['DAC_READ_SEARCH'], [], none)],
    ['a privileged container, which is another technique', capabilities(['DAC_READ_SEARCH'], [], { privileged: true })],
    ['a plain init container that has ended', beside('initContainers', SECURITY)],
    ['a pod of Windows', pod({ container: SECURITY, spec: { os: { name: 'windows' } } })],
    ['a node of Windows', nodeWith({ operatingSystem: 'windows' }).pod('a/web', { container: SECURITY })],
    ['a pod that ended well', pod({ phase: 'Succeeded', container: SECURITY })],
    ['a pod that failed', pod({ phase: 'Failed', container: SECURITY })],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'open-by-handle')).toEqual([]);
  });

  it('points at the list of additions, and closes with it', () => {
    const world = capabilities(['DAC_READ_SEARCH']).inventory();
    expect(evidenceOf(world, 'open-by-handle')).toEqual(['Pod a/web /spec/containers/0/securityContext/capabilities/add']);
    expect(changesOfEdges(world, 'open-by-handle')).toEqual([
      `${MAYBE[0]?.replace(' (conditional)', '')}: capabilities: template of pod:a/web`,
    ]);
  });
});
