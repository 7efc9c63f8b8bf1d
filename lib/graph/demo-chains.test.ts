import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { Walker } from '../analysis/walk.ts';
import { readSnapshot } from '../sources/snapshot/read.ts';
import { buildGraph } from './build.ts';
import type { Graph } from './model.ts';

const demo = path.resolve(import.meta.dirname, '../../demo');
const chains: readonly { name: string; from: string; to: string; expect: 'certain' | 'conditional' | 'none' }[] = JSON.parse(
  readFileSync(path.join(demo, 'chains.json'), 'utf8'),
);

describe('the demo cluster', () => {
  let graph: Graph;

  beforeAll(async () => {
    graph = buildGraph(await readSnapshot(demo));
  });

  test('holds as many ways that lead nowhere as ways that lead somewhere', () => {
    expect(chains.filter((chain) => chain.expect === 'none').length).toBeGreaterThanOrEqual(
      chains.filter((chain) => chain.expect !== 'none').length,
    );
    expect(graph.gaps).toEqual([]);
  });

  test.each(chains)('$name: $expect', (chain) => {
    const start = graph.nodes.indexOf(chain.from);
    expect(start, chain.from).toBeDefined();
    const walk = new Walker(graph).walk([start as number]);
    const place = [...walk.order].findIndex((node) => graph.nodes.ids[node] === chain.to);
    expect(place === -1 ? 'none' : walk.sure[place] === 1 ? 'certain' : 'conditional').toBe(chain.expect);
  });
});
