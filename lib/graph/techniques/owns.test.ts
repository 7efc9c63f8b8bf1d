import { describe, expect, it } from 'vitest';
import { type ClusterFixture, cluster, type PodOptions } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

const owner = (kind: string, name: string, more: object = {}) => ({
  apiVersion: kind === 'ReplicationController' ? 'v1' : kind === 'Job' || kind === 'CronJob' ? 'batch/v1' : 'apps/v1',
  kind,
  name,
  uid: `uid-of-a/${name}`,
  controller: true,
  ...more,
});
const by = (...ownerReferences: object[]): PodOptions => ({ metadata: { ownerReferences } });
const base = () => cluster().serviceAccount('a/default').node('n1');
const owned = (kind: string, more: object = {}) =>
  base()
    .workload(kind, 'a/web')
    .pod('a/web-1', by(owner(kind, 'web', more)));
const line = (kind: string) => [`workload:a/${kind}/web → pod:a/web-1`];

describe('owns', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['a DaemonSet', owned('DaemonSet'), line('daemonset')],
    ['a StatefulSet', owned('StatefulSet'), line('statefulset')],
    ['a Job', owned('Job'), line('job')],
    ['a ReplicaSet on its own', owned('ReplicaSet'), line('replicaset')],
    ['a ReplicationController', owned('ReplicationController'), line('replicationcontroller')],
    [
      'a Deployment through its ReplicaSet',
      base()
        .workload('Deployment', 'a/web')
        .workload('ReplicaSet', 'a/web-rs', by(owner('Deployment', 'web')))
        .pod('a/web-1', by(owner('ReplicaSet', 'web-rs'))),
      line('deployment'),
    ],
    [
      'a CronJob through its Job',
      base()
        .workload('CronJob', 'a/web')
        .workload('Job', 'a/web-job', by(owner('CronJob', 'web')))
        .pod('a/web-1', by(owner('Job', 'web-job'))),
      line('cronjob'),
    ],
    [
      'the controller among several owners',
      base()
        .workload('Job', 'a/web')
        .workload('StatefulSet', 'a/other')
        .pod('a/web-1', by(owner('StatefulSet', 'other', { controller: false }), owner('Job', 'web'))),
      line('job'),
    ],
    ['an owner that was not read', base().pod('a/web-1', by(owner('StatefulSet', 'web'))), line('statefulset')],
    [
      'the owner of its own namespace where another has one of that name',
      base()
        .workload('StatefulSet', 'b/web')
        .pod('a/web-1', by(owner('StatefulSet', 'web'))),
      line('statefulset'),
    ],
    [
      'a kind that Kubernetes does not have itself',
      base().pod('a/web-1', by(owner('Rollout', 'web', { apiVersion: 'argoproj.io/v1alpha1' }))),
      line('rollout'),
    ],
    [
      "no StatefulSet of apps where it is somebody else's",
      owned('StatefulSet', { apiVersion: 'apps.kruise.io/v1beta1' }),
      line('statefulset.apps.kruise.io'),
    ],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'owns')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['an owner that does not control', owned('StatefulSet', { controller: false })],
    ['an owner of which nobody says that it controls', owned('StatefulSet', { controller: undefined })],
    [
      'a pod that failed',
      base()
        .workload('Job', 'a/web')
        .pod('a/web-1', { ...by(owner('Job', 'web')), phase: 'Failed' }),
    ],
    [
      'a Deployment and the ReplicaSet that it controls, without pods',
      base()
        .workload('Deployment', 'a/web')
        .workload('ReplicaSet', 'a/web-1', by(owner('Deployment', 'web'))),
    ],
    [
      'a node, which owns its mirror pods',
      base().pod('a/web-1', by({ apiVersion: 'v1', kind: 'Node', name: 'n1', uid: 'u', controller: true })),
    ],
    [
      'a pod with the labels of a workload and no owner',
      base()
        .workload('StatefulSet', 'a/web')
        .pod('a/web-1', { metadata: { labels: { app: 'web' } } }),
    ],
    ['a workload without pods', base().workload('Deployment', 'a/web')],
    [
      'a pod that ended well',
      base()
        .workload('Job', 'a/web')
        .pod('a/web-1', { ...by(owner('Job', 'web')), phase: 'Succeeded' }),
    ],
    ['a pod without owner beside a workload of its name', base().workload('StatefulSet', 'a/web-1').pod('a/web-1')],
    [
      'a template of the same image',
      base()
        .workload('Deployment', 'a/web', { spec: { serviceAccountName: 'default' } })
        .pod('a/web-1'),
    ],
    ['an empty list of owners', base().workload('StatefulSet', 'a/web').pod('a/web-1', by())],
    [
      'a selector that fits',
      base()
        .add({ apiVersion: 'v1', kind: 'Service', metadata: { namespace: 'a', name: 'web' }, spec: { selector: { app: 'web' } } })
        .pod('a/web-1'),
    ],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'owns')).toEqual([]);
  });

  it('points at the owner reference', () => {
    expect(evidenceOf(owned('StatefulSet').inventory(), 'owns')).toContain('Pod a/web-1 /metadata/ownerReferences');
  });
});
