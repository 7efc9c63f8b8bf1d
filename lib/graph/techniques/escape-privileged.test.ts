import { describe, expect, it } from 'vitest';
import { type ClusterFixture, cluster, type PodOptions } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

const base = () => cluster().serviceAccount('a/default').node('n1').node('n2');
const pod = (options: PodOptions) => base().pod('a/web', options);
const NODE = ['pod:a/web → node:n1'];
const context = (securityContext: object, more: PodOptions = {}) => pod({ ...more, container: { securityContext } });
const SECURITY = { securityContext: { privileged: true } };

/** A second container in another list. */
const beside = (list: string, more: object) => pod({ spec: { [list]: [{ name: 'side', image: 'x', ...SECURITY, ...more }] } });

describe('escape-privileged', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['a privileged container', context({ privileged: true }), NODE],
    ['a privileged sidecar', beside('initContainers', { restartPolicy: 'Always' }), NODE],
    ['a privileged ephemeral container', beside('ephemeralContainers', {}), NODE],
    [
      'a second container',
      pod({
        spec: {
          containers: [
            { name: 'main', image: 'x' },
            { name: 'side', image: 'x', ...SECURITY },
          ],
        },
      }),
      NODE,
    ],
    [
      'two privileged containers as one edge',
      pod({
        spec: {
          containers: [
            { name: 'a', image: 'x', ...SECURITY },
            { name: 'b', image: 'x', ...SECURITY },
          ],
        },
      }),
      NODE,
    ],
    ['another user, who may find a setuid program', context({ privileged: true, runAsUser: 1000 }), ['pod:a/web → node:n1 (conditional)']],
    [
      'a manifest that fits one node alone',
      context({ privileged: true }, { node: '', spec: { nodeSelector: { disk: 'ssd' } } }).node('n3', { disk: 'ssd' }),
      ['pod:a/web → node:n3 (conditional)'],
    ],
    [
      'a manifest in a world without nodes',
      cluster().pod('a/web', { node: '', metadata: { uid: undefined }, container: SECURITY }),
      ['pod:a/web → all-nodes:* (conditional)'],
    ],
    ['the node that the pod is on', context({ privileged: true }, { node: 'n2' }), ['pod:a/web → node:n2']],
    ['all capabilities dropped: privileged gives them anyway', context({ privileged: true, capabilities: { drop: ['ALL'] } }), NODE],
    [
      'a pod that no node has taken: it may come to any',
      context({ privileged: true }, { node: '', phase: 'Pending' }),
      ['pod:a/web → all-nodes:* (conditional)'],
    ],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'escape-privileged')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['privileged: false', context({ privileged: false })],
    ['no word about it', pod({})],
    ['a plain init container that has ended', beside('initContainers', {})],
    ["the word in the pod's context, where the API has no such field", pod({ spec: { securityContext: { privileged: true } } })],
    ['the word as text, which the API refuses', context({ privileged: 'true' })],
    ['a HostProcess container of Windows, which is another technique', context({ windowsOptions: { hostProcess: true } })],
    ['a privileged container of Windows', context({ privileged: true }, { spec: { os: { name: 'windows' } } })],
    ['a manifest that fits no node', context({ privileged: true }, { node: '', spec: { nodeSelector: { disk: 'ssd' } } })],
    [
      'a HostProcess pod whose container says no',
      pod({
        spec: { securityContext: { windowsOptions: { hostProcess: true } } },
        container: { securityContext: { windowsOptions: { hostProcess: false } } },
      }),
    ],
    ['privilege escalation allowed: that is inside the container', context({ allowPrivilegeEscalation: true, runAsUser: 0 })],
    ['the network of the node alone', pod({ spec: { hostNetwork: true } })],
    ['the IPC of the node alone', pod({ spec: { hostIPC: true } })],
    ['a pod that ended well', context({ privileged: true }, { phase: 'Succeeded' })],
    ['a pod that failed', context({ privileged: true }, { phase: 'Failed' })],
    ['a template', base().workload('DaemonSet', 'a/web', { container: SECURITY })],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'escape-privileged')).toEqual([]);
  });

  it("points at the container's field", () => {
    expect(evidenceOf(beside('ephemeralContainers', {}).inventory(), 'escape-privileged')).toEqual([
      'Pod a/web /spec/ephemeralContainers/0/securityContext/privileged',
    ]);
  });
});
