import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../graph/build.ts';
import { readSnapshot } from '../sources/snapshot/read.ts';
import { exposedPods } from './exposure.ts';
import { Walker } from './walk.ts';
import { podsByWorkload } from './workloads.ts';

const PROD = join(process.env.CORPUS_DIR ?? resolve(import.meta.dirname, '../../../shared/corpus'), 'prod-eu');

/** Counted by hand in the recorded services, Ingress and policies: no load balancer has an address there, as it was recorded on laptops. */
const REACHED = [
  'boutique/deployment/frontend internet',
  'ingress-nginx/deployment/ingress-nginx-controller internet',
  'legacy/deployment/jenkins network',
  'monitoring/daemonset/node-exporter network',
  'payments/deployment/api internet',
  'production/deployment/web-frontend internet',
  'shop/deployment/api internet',
];

describe.skipIf(!existsSync(PROD))('a recorded cluster', () => {
  it('is reached from outside where its services and its Ingress say, and nowhere else', async () => {
    const graph = buildGraph(await readSnapshot(PROD));
    const exposed = exposedPods(graph, new Walker(graph));
    const found = [...podsByWorkload(graph)].flatMap(([workload, pods]) =>
      pods.slice(0, 1).flatMap((pod) => {
        const one = exposed.get(pod);
        return one === undefined ? [] : [`${String(graph.nodes.ids[workload]).replace('workload:', '')} ${one.from}`];
      }),
    );
    expect(found.sort()).toEqual(REACHED);
    expect([...exposed.values()].filter(({ from, surely }) => from === 'internet' && surely)).toEqual([]);
  });
});
