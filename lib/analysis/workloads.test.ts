import { expect, test } from 'vitest';
import { buildGraph } from '../graph/build.ts';
import { cluster } from '../inventory/testing/cluster.ts';
import { podsByWorkload } from './workloads.ts';

const pod = (name: string, phase?: string, job?: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace: 'shop',
    ...(job !== undefined && { ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: job, uid: job, controller: true }] }),
  },
  spec: { containers: [{ name: 'app', image: 'app' }] },
  ...(phase !== undefined && { status: { phase } }),
});
const job = (name: string) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name, namespace: 'shop', uid: name },
  spec: { template: { spec: { containers: [{ name: 'app', image: 'app' }] } } },
});

test.each([
  ['a pod that runs', [pod('a', 'Running')], { 'pod:shop/a': ['a'] }],
  ['a pod that waits for a node', [pod('a', 'Pending')], { 'pod:shop/a': ['a'] }],
  ['a pod whose node does not answer', [pod('a', 'Unknown')], { 'pod:shop/a': ['a'] }],
  ['a pod that nobody admitted', [pod('a')], { 'pod:shop/a': ['a'] }],
  ['a pod that has done its work', [pod('a', 'Succeeded')], {}],
  ['a pod that failed', [pod('a', 'Failed')], {}],
  ['a job all of whose pods have ended', [job('j'), pod('a', 'Failed', 'j'), pod('b', 'Succeeded', 'j')], {}],
  ['a job one of whose pods runs', [job('j'), pod('a', 'Failed', 'j'), pod('b', 'Running', 'j')], { 'workload:shop/job/j': ['b'] }],
])('%s', (_name, objects, want) => {
  const world = cluster();
  for (const object of objects) world.add(object);
  const { nodes, ...graph } = buildGraph(world.inventory());
  const found = [...podsByWorkload({ nodes, ...graph })].map(([node, pods]) => [nodes.ids[node], pods.map((one) => nodes.names[one])]);
  expect(Object.fromEntries(found)).toEqual(want);
});
