import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { readSnapshot } from '../../sources/snapshot/read.ts';
import { buildGraph } from '../build.ts';
import { NODE_KINDS, type NodeKind, TECHNIQUE_CLASSES, TECHNIQUE_IDS } from '../kinds.ts';
import type { Evidence, Graph } from '../model.ts';
import { techniqueAt } from '../read.ts';
import { isPointer, readOriginals, resolvePointer } from '../testing/originals.ts';
import { techniques } from './index.ts';
import type { Technique } from './technique.ts';

const HERE = import.meta.dirname;
const files = new Set(readdirSync(HERE));
const REGISTRY: readonly Technique[] = Object.values(techniques);
const NOT_TECHNIQUES = ['index.ts', 'technique.ts'];

describe('the registry as data', () => {
  it('has every id of the list once, under its own name', () => {
    expect(Object.keys(techniques).sort()).toEqual([...TECHNIQUE_IDS].sort());
    expect(REGISTRY.map(({ id }) => id)).toEqual(Object.keys(techniques));
    expect(new Set(REGISTRY.map(({ title }) => title)).size).toBe(REGISTRY.length);
  });

  it('has no file that is not registered', () => {
    const sources = [...files].filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !NOT_TECHNIQUES.includes(file));
    expect(sources.sort()).toEqual(TECHNIQUE_IDS.map((id) => `${id}.ts`).sort());
  });

  it('has no test of a technique that is gone', () => {
    const tests = [...files].filter((file) => file.endsWith('.test.ts') && file !== 'registry.test.ts');
    expect(tests.filter((file) => !files.has(file.replace('.test.ts', '.ts')))).toEqual([]);
  });

  describe.each(REGISTRY.map((technique) => [technique.id, technique] as const))('%s', (id, technique) => {
    it('lies in a file of its name, is exported by its name in camel case, is frozen, and has a test beside it', () => {
      const name = id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
      expect(readFileSync(join(HERE, `${id}.ts`), 'utf8')).toContain(`export const ${name} = defineTechnique({\n  id: '${id}',`);
      expect(Object.isFrozen(technique)).toBe(true);
      expect(files.has(`${id}.test.ts`), `${id}.test.ts is missing`).toBe(true);
    });

    it('says what it is, in sentences', () => {
      for (const field of ['action', 'precondition', 'remediation'] as const)
        expect(technique[field], field).toMatch(/^[A-Z`a-z][\s\S]{10,}\.$/);
      expect(technique.title).toMatch(/^[A-Z].*[^.]$/);
      expect(TECHNIQUE_CLASSES).toContain(technique.class);
      if (technique.coverage.level === 'partial') expect(technique.coverage.misses.length).toBeGreaterThan(10);
    });

    it('names kinds that exist, references by https, and ATT&CK techniques by their ids', () => {
      for (const kinds of [technique.from, technique.to]) {
        expect(kinds.length).toBeGreaterThan(0);
        expect(new Set(kinds).size).toBe(kinds.length);
        expect(kinds.filter((kind) => !NODE_KINDS.includes(kind))).toEqual([]);
      }
      for (const reference of technique.references) expect(new URL(reference).protocol).toBe('https:');
      for (const attck of technique.attck) expect(attck).toMatch(/^T\d{4}(?:\.\d{3})?$/);
      // What only groups things has nothing to cite; every way to move has.
      if (technique.class !== 'structure') expect([technique.references.length > 0, technique.attck.length > 0]).toEqual([true, true]);
    });
  });
});

const ROOT = resolve(HERE, '../../..');
const CORPUS = process.env.CORPUS_DIR ?? resolve(ROOT, '../shared/corpus');
const WORLDS = ['demo', join(CORPUS, 'prod-eu')].map((folder) => resolve(ROOT, folder));
const worlds = WORLDS.filter((folder) => existsSync(folder));
if (worlds.length < WORLDS.length) process.stdout.write(`skipped: 1 world of the registry, as there is no ${CORPUS}; set CORPUS_DIR\n`);

/** Who exists by being named, and what stands for everything: no file need hold them. */
const MAY_BE_MISSING = new Set(['User', 'Group', 'Cluster', 'ServiceAccount', 'AwsAccount', 'AzureGroup']);

interface Tally {
  edges: number;
  evidence: number;
  resolved: number;
  readonly faults: string[];
}

/** What is wrong with one sentence of evidence; undefined: nothing. Says whether it was found in the files. */
function faultOf(one: Evidence, original: (evidence: Evidence) => unknown): { readonly fault?: string; readonly resolved: boolean } {
  const where = `${one.kind} ${one.namespace ?? ''}/${one.name} ${one.pointer}`;
  if (!isPointer(one.pointer)) return { fault: `no pointer: ${where}`, resolved: false };
  if (one.says === '') return { fault: `says nothing: ${where}`, resolved: false };
  const object = original(one);
  if (object === undefined) return { resolved: false, ...(MAY_BE_MISSING.has(one.kind) ? {} : { fault: `no such object: ${where}` }) };
  const resolved = resolvePointer(object, one.pointer) !== undefined;
  return { resolved, ...(resolved ? {} : { fault: `points at nothing: ${where}` }) };
}

/** Declared and real kinds at both ends, and every sentence of evidence looked up in the files. */
function examine(graph: Graph, original: (evidence: Evidence) => unknown): Tally {
  const tally: Tally = { edges: graph.edges.count, evidence: 0, resolved: 0, faults: [] };
  for (let edge = 0; edge < graph.edges.count; edge += 1) {
    const technique: Technique = techniques[techniqueAt(graph, edge)];
    const [from, to] = [graph.edges.from[edge] as number, graph.edges.to[edge] as number];
    const say = (fault: string) => tally.faults.push(`${technique.id} ${graph.nodes.ids[from]} → ${graph.nodes.ids[to]}: ${fault}`);
    if (!technique.from.includes(graph.nodes.kinds[from] as NodeKind)) say(`starts at ${graph.nodes.kinds[from]}`);
    if (!technique.to.includes(graph.nodes.kinds[to] as NodeKind)) say(`ends at ${graph.nodes.kinds[to]}`);
    const { evidence } = graph.explain(edge);
    if (evidence.length === 0) say('no evidence');
    for (const one of evidence) {
      const { fault, resolved } = faultOf(one, original);
      tally.evidence += 1;
      tally.resolved += resolved ? 1 : 0;
      if (fault !== undefined) say(fault);
    }
  }
  return tally;
}

describe('every edge', () => {
  test.each(worlds)('of %s joins kinds that its technique declares and has evidence that is there', async (folder) => {
    const tally = examine(buildGraph(await readSnapshot(folder)), readOriginals(folder));
    process.stdout.write(
      `${folder}: ${tally.edges} edges, ${tally.evidence} sentences, ${tally.resolved} of them looked up in the files\n`,
    );
    expect(tally.faults.slice(0, 20)).toEqual([]);
    expect(tally.edges).toBeGreaterThan(0);
    expect(tally.resolved).toBeGreaterThan(tally.edges / 2);
  });
});
