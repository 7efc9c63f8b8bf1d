import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { Walker } from '../analysis/walk.ts';
import { readSnapshot } from '../sources/snapshot/read.ts';
import { emptyLists } from '../sources/snapshot/testing/empty-lists.ts';
import { buildGraph } from './build.ts';
import { TECHNIQUE_IDS } from './kinds.ts';
import type { Graph } from './model.ts';
import { edgeAt } from './read.ts';
import { allEdges } from './testing/edges.ts';

/**
 * Whole small clusters, read from files as a user's are: one for each technique, in which it is at work, and worlds of their own.
 * `edges.txt` is every edge of the graph with its reason. A change of it is read line by line in a review:
 * UPDATE_GOLDEN=1 writes the files anew and still fails; it gives a world that lacks lists a file of empty ones.
 */
const WORLDS = join(import.meta.dirname, 'testdata');
const folders = readdirSync(WORLDS).sort();
const UPDATES = process.env.UPDATE_GOLDEN === '1';

const expectations = z.strictObject({
  /** What this world shows, in a sentence. */
  about: z.string().min(20),
  /** Edges that have to be there, as `technique  from → to`. */
  expect: z.array(z.string()),
  /** Edges that must not be there whatever their technique, as `from → to`. */
  deny: z.array(z.string()).default([]),
  /** All techniques at work, no more and no fewer. */
  techniques: z.array(z.enum(TECHNIQUE_IDS)),
  /** Nodes along a way that has to be walked in this order. */
  chain: z.array(z.string()).default([]),
});

const numbers = (graph: Graph): number[] => [...Array(graph.edges.count).keys()];

/** Whether each node of the chain is reached from the one before it. */
function brokenLinkOf(graph: Graph, chain: readonly string[]): string | undefined {
  const walker = new Walker(graph);
  for (const [place, id] of chain.entries()) {
    const node = graph.nodes.indexOf(id);
    if (node === undefined) return `there is no ${id}`;
    const before = place === 0 ? undefined : graph.nodes.indexOf(chain[place - 1] as string);
    if (before !== undefined && ![...walker.walk([before]).order].includes(node)) return `${chain[place - 1]} does not reach ${id}`;
  }
  return undefined;
}

describe.each(folders)('the world %s', (folder) => {
  const at = join(WORLDS, folder);

  test('is whole: what its files do not have the cluster does not have', async () => {
    const missesLists = async (): Promise<boolean> => {
      const { gaps } = await readSnapshot(join(at, 'world'));
      return gaps.some(({ source, resources, file }) => source === 'snapshot' && resources !== undefined && file === undefined);
    };
    const isMended = UPDATES && (await missesLists());
    if (isMended) writeFileSync(join(at, 'world', 'empty-lists.json'), emptyLists());
    expect(isMended, 'empty lists written').toBe(false);
    expect(await missesLists()).toBe(false);
  });

  test('has exactly its edges, each with its reason', async () => {
    const graph = buildGraph(await readSnapshot(join(at, 'world')));
    const file = join(at, 'edges.txt');
    const text = `${allEdges(graph).join('\n')}\n`;
    const isNew = UPDATES && (!existsSync(file) || readFileSync(file, 'utf8') !== text);
    if (isNew) writeFileSync(file, text);
    expect(isNew, 'written anew: read the difference').toBe(false);
    expect(text.split('\n')).toEqual(readFileSync(file, 'utf8').split('\n'));
  });

  test('shows what it is made to show, and nothing besides', async () => {
    const graph = buildGraph(await readSnapshot(join(at, 'world')));
    const told = expectations.parse(JSON.parse(readFileSync(join(at, 'expect.json'), 'utf8')));
    const edges = numbers(graph).map((edge) => edgeAt(graph, edge));
    const lines = new Set(edges.map(({ technique, from, to }) => `${technique}  ${from} → ${to}`));
    const pairs = new Set(edges.map(({ from, to }) => `${from} → ${to}`));
    expect(told.expect.filter((line) => !lines.has(line))).toEqual([]);
    expect(told.deny.filter((pair) => pairs.has(pair))).toEqual([]);
    expect([...new Set(edges.map(({ technique }) => technique))].sort()).toEqual([...told.techniques].sort());
    expect(brokenLinkOf(graph, told.chain)).toBeUndefined();
    if (TECHNIQUE_IDS.some((id) => id === folder))
      expect(told.expect.filter((line) => line.startsWith(`${folder}  `)).length, 'edges of its own technique').toBeGreaterThan(0);
  });
});

it('has a world for every technique', () => {
  expect(TECHNIQUE_IDS.filter((id) => !folders.includes(id))).toEqual([]);
});
