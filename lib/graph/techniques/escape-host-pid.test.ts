import { describe, expect, it } from 'vitest';
import { type ClusterFixture, cluster, type PodOptions } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

const base = () => cluster().serviceAccount('a/default').node('n1').node('n2');
const pod = (options: PodOptions) => base().pod('a/web', options);
const NODE = ['pod:a/web → node:n1'];
const MAYBE = ['pod:a/web → node:n1 (conditional)'];
interface Parts {
  readonly hostPID?: boolean;
  readonly add?: string[];
  readonly context?: object;
  readonly version?: string;
  readonly options?: PodOptions;
}
const inject = ({ hostPID = true, add = ['SYS_PTRACE', 'SYS_ADMIN'], context = {}, version = 'v1.36.2', options = {} }: Parts = {}) =>
  base()
    .about({ version })
    .pod('a/web', { spec: { hostPID }, container: { securityContext: { capabilities: { add }, ...context } }, ...options });
const UNCONFINED = { appArmorProfile: { type: 'Unconfined' } };
const enter = (more: object = {}, options: PodOptions = {}) =>
  pod({ spec: { hostPID: true, ...more }, container: { securityContext: { privileged: true } }, ...options });

describe('escape-host-pid', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['a privileged container', enter(), NODE],
    ['SYS_PTRACE and SYS_ADMIN without AppArmor', inject({ context: UNCONFINED }), NODE],
    ["without AppArmor by the pod's word", inject({ options: { spec: { hostPID: true, securityContext: UNCONFINED } } }), NODE],
    ['a cluster before 1.31', inject({ version: 'v1.30.9' }), NODE],
    ['1.31, where AppArmor may stand in between', inject({ version: 'v1.31.0' }), MAYBE],
    [
      'a version that nobody knows',
      base()
        .about({})
        .pod('a/web', { spec: { hostPID: true }, container: { securityContext: { capabilities: { add: ['SYS_PTRACE', 'SYS_ADMIN'] } } } }),
      MAYBE,
    ],
    [
      "a profile of the container before the pod's",
      inject({ context: { appArmorProfile: { type: 'RuntimeDefault' } }, options: {} }),
      MAYBE,
    ],
    ['SYS_PTRACE alone', inject({ add: ['SYS_PTRACE'], context: UNCONFINED }), MAYBE],
    ['ALL', inject({ add: ['all'], context: UNCONFINED }), NODE],
    ['a user other than root', inject({ context: { ...UNCONFINED, runAsUser: 1000 } }), MAYBE],
    [
      'a privileged sidecar',
      pod({
        spec: {
          hostPID: true,
          initContainers: [{ name: 's', image: 'x', restartPolicy: 'Always', securityContext: { privileged: true } }],
        },
      }),
      NODE,
    ],
    [
      'a pod that no node has taken: it may come to any',
      enter({}, { node: '', phase: 'Pending' }),
      ['pod:a/web → all-nodes:* (conditional)'],
    ],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'escape-host-pid')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['hostPID alone', pod({ spec: { hostPID: true } })],
    ['a privileged container in a namespace of its own', enter({ hostPID: false })],
    ['no word about hostPID', pod({ container: { securityContext: { privileged: true } } })],
    ['SYS_PTRACE and SYS_ADMIN in a namespace of its own', inject({ hostPID: false, context: UNCONFINED })],
    ['SYS_ADMIN without SYS_PTRACE', inject({ add: ['SYS_ADMIN'], context: UNCONFINED })],
    ['SYS_PTRACE dropped', inject({ context: { capabilities: { add: ['SYS_PTRACE', 'SYS_ADMIN'], drop: ['SYS_PTRACE'] } } })],
    [
      'the processes of the pod shared',
      pod({ spec: { shareProcessNamespace: true }, container: { securityContext: { privileged: true } } }),
    ],
    [
      "the node's network and IPC",
      pod({ spec: { hostNetwork: true, hostIPC: true }, container: { securityContext: { privileged: true } } }),
    ],
    [
      'the capabilities split over two containers',
      pod({
        spec: {
          hostPID: true,
          containers: ['SYS_ADMIN', 'NET_ADMIN'].map((add) => ({
            name: add.toLowerCase().replace('_', '-'),
            image: 'x',
            securityContext: { capabilities: { add: [add] } },
          })),
        },
      }),
    ],
    [
      'a privileged init container that has ended',
      pod({ spec: { hostPID: true, initContainers: [{ name: 's', image: 'x', securityContext: { privileged: true } }] } }),
    ],
    ['a pod that ended well', enter({}, { phase: 'Succeeded' })],
    ['a pod that failed', enter({}, { phase: 'Failed' })],
    [
      'a template',
      base().workload('DaemonSet', 'a/web', { spec: { hostPID: true }, container: { securityContext: { privileged: true } } }),
    ],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'escape-host-pid')).toEqual([]);
  });

  it.each<[string, ClusterFixture, string]>([
    ['a privileged container', enter(), 'privileged'],
    ['capabilities', inject(), 'capabilities/add'],
  ])('points at both parts of the precondition: %s', (_name, world, field) => {
    expect(evidenceOf(world.inventory(), 'escape-host-pid')).toEqual([
      'Pod a/web /spec/hostPID',
      `Pod a/web /spec/containers/0/securityContext/${field}`,
    ]);
  });
});
