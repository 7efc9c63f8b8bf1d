import { expect, test } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import type { TechniqueId } from '../kinds.ts';
import { changesOfEdges, evidenceOf } from './edges.ts';
import { ANYWHERE, beside, context, MAYBE, nodeWith, pod } from './escapes.ts';
import { type Finds, type Silent, tables } from './tables.ts';

/** The pod with capabilities of its one container. */
export const capabilities = (add: readonly string[], drop: readonly string[] = [], more: object = {}): ClusterFixture =>
  context({ capabilities: { add, drop }, ...more });

interface CapabilityTables {
  readonly technique: TechniqueId;
  /** `SYS_ADMIN` */
  readonly capability: string;
  /** What a pod on a node gives. */
  readonly edges: string[];
  /** Capabilities that are other techniques. */
  readonly others: readonly string[];
  /** Rows that this technique alone has. */
  readonly finds?: Finds;
  readonly silent?: Silent;
}

/** The tables of a technique that one capability gives, and its evidence. */
export function capabilityTables({ technique, capability, edges, others, finds = [], silent = [] }: CapabilityTables): void {
  const security = { securityContext: { capabilities: { add: [capability] } } };
  const small = capability.toLowerCase();
  const cannotBecomeRoot = { runAsUser: 1000, allowPrivilegeEscalation: false };
  const confined = { seccompProfile: { type: 'RuntimeDefault' } };

  tables(technique, {
    finds: [
      ['the capability', capabilities([capability]), edges],
      ['a name with its prefix', capabilities([`CAP_${capability}`]), edges],
      ['a name in small letters', capabilities([small]), edges],
      ['ALL', capabilities(['ALL']), edges],
      ['drop ALL and add one: how careful people write it', capabilities([capability], ['ALL']), edges],
      ['ALL without another', capabilities(['ALL'], ['NET_ADMIN']), edges],
      ['a sidecar', beside('initContainers', { ...security, restartPolicy: 'Always' }), edges],
      ['an ephemeral container', beside('ephemeralContainers', security), edges],
      ["with the runtime's seccomp profile, which follows the capability", capabilities([capability], [], confined), edges],
      ['a user other than root, who may find a setuid program', capabilities([capability], [], { runAsUser: 1000 }), MAYBE],
      ['a user namespace of its own', pod({ container: security, spec: { hostUsers: false } }), MAYBE],
      ['a pod that no node has taken', pod({ node: '', phase: 'Pending', container: security }), ANYWHERE],
      ['a plain manifest', pod({ node: '', metadata: { uid: undefined }, container: security }), ANYWHERE],
      ...finds,
    ],
    silent: [
      ['no capability added', pod({})],
      ['the capability dropped', capabilities([capability], [capability])],
      ['the capability dropped by its other name', capabilities([capability], [`cap_${small}`])],
      ['dropped alone', capabilities([], [capability])],
      ['ALL added and dropped', capabilities(['ALL'], ['ALL'])],
      ['capabilities that are other techniques', capabilities(others)],
      ['a name that only begins so', capabilities([`${capability}S`])],
      ['a name that only contains it', capabilities([`X${capability}`, `CAP_CAP_${capability}`])],
      ['a user who cannot become root', capabilities([capability], [], cannotBecomeRoot)],
      ['a privileged container, which is another technique', capabilities([capability], [], { privileged: true })],
      ['a plain init container that has ended', beside('initContainers', security)],
      ['a pod of Windows', pod({ container: security, spec: { os: { name: 'windows' } } })],
      ['a node of Windows', nodeWith({ operatingSystem: 'windows' }).pod('a/web', { container: security })],
      ['a pod that ended well', pod({ phase: 'Succeeded', container: security })],
      ['a pod that failed', pod({ phase: 'Failed', container: security })],
      ...silent,
    ],
  });

  test('points at the list of additions, and closes with it', () => {
    const world = capabilities([capability]).inventory();
    expect(evidenceOf(world, technique)).toEqual(['Pod a/web /spec/containers/0/securityContext/capabilities/add']);
    expect(changesOfEdges(world, technique)).toEqual([`${edges[0]?.replace(' (conditional)', '')}: capabilities: template of pod:a/web`]);
  });
}
