import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bind, google, gsa, gsaMember, set, short } from '../../access/gcp/testing/google.ts';
import { readSnapshot } from '../../sources/snapshot/read.ts';
import { buildGraph } from '../build.ts';
import type { Graph } from '../model.ts';
import { certaintyAt, edgeAt, techniqueAt } from '../read.ts';
import { NodeTableBuilder } from '../table-builder.ts';
import { techniques } from '../techniques/index.ts';
import { isPointer, readOriginals, resolvePointer } from '../testing/originals.ts';
import { factsOf } from './facts.ts';
import { holders } from './gcp-world.ts';

const PERMISSION = 'iam.serviceAccounts.getAccessToken';

describe('holders', () => {
  const named = (world: ReturnType<typeof google>): string[] => {
    const nodes = new NodeTableBuilder();
    const facts = factsOf(world.inventory(), nodes);
    return holders(facts, PERMISSION, ['projects/acme']).map(({ node }) => nodes.ids[node] as string);
  };
  const WI = 'roles/iam.workloadIdentityUser';
  it.each<[string, ReturnType<typeof google>, string[]]>([
    ['service accounts of Google', google().project(bind(WI, gsaMember('a'), gsaMember('b'))), [`gsa:${gsa('a')}`, `gsa:${gsa('b')}`]],
    [
      'each once',
      google().project(bind(WI, gsaMember('a')), bind('roles/iam.serviceAccountTokenCreator', gsaMember('a'))),
      [`gsa:${gsa('a')}`],
    ],
    [
      'of the cluster, by name and in sets',
      google()
        .gke()
        .project(bind(WI, short('x/a'), set('namespace/y')))
        .ksa('x/a')
        .ksa('x/b')
        .ksa('y/c'),
      ['sa:x/a', 'sa:y/c'],
    ],
    ['not by roles that do not hold it', google().project(bind('roles/viewer', gsaMember('a'))), []],
    [
      'not disabled',
      google()
        .accountWith('a', { disabled: true })
        .project(bind(WI, gsaMember('a'))),
      [],
    ],
    [
      'not people, groups and everybody',
      google()
        .gke()
        .project(bind(WI, 'user:a@b.c', 'group:a@b.c', 'allUsers'))
        .ksa('x/a'),
      [],
    ],
    [
      'not of another pool',
      google()
        .gke()
        .project(bind(WI, short('x/a', 'far.svc.id.goog')))
        .ksa('x/a'),
      [],
    ],
  ])('%s', (_name, world, expected) => {
    expect(named(world)).toEqual(expected);
  });
});

const FOLDER = resolve(process.env.CORPUS_DIR ?? resolve(import.meta.dirname, '../../../../shared/corpus'), 'prod-eu-gke');

/** Edges of Google's techniques with what is wrong with them. */
function faults(graph: Graph, folder: string): { readonly edges: number; readonly wrong: readonly string[] } {
  const original = readOriginals(folder);
  const wrong: string[] = [];
  let edges = 0;
  for (let edge = 0; edge < graph.edges.count; edge += 1) {
    const technique = techniques[techniqueAt(graph, edge)];
    if (!/^(?:gcp|gke)-/.test(technique.id)) continue;
    edges += 1;
    const { from, to, evidence } = edgeAt(graph, edge);
    const where = `${technique.id} ${from} → ${to}`;
    const { hangsOn } = graph.explain(edge);
    const open = !['certain', 'wired'].includes(certaintyAt(graph, edge));
    if (open !== (hangsOn !== undefined && hangsOn !== '')) wrong.push(`${where}: ${certaintyAt(graph, edge)} hangs on ${hangsOn}`);
    for (const one of evidence)
      if (!isPointer(one.pointer) || resolvePointer(original(one), one.pointer) === undefined)
        wrong.push(`${where}: ${one.kind} ${one.name} ${one.pointer}`);
  }
  return { edges, wrong };
}

describe.skipIf(!existsSync(FOLDER))('the recorded GKE world', () => {
  it('has evidence for every edge, and says what open ones hang on', async () => {
    const graph = buildGraph(await readSnapshot(FOLDER, { cluster: 'prod-eu', asOf: '2026-01-01T00:00:00Z' }));
    const { edges, wrong } = faults(graph, FOLDER);
    expect(wrong.slice(0, 20)).toEqual([]);
    expect(edges).toBeGreaterThan(100);
  });

  it('leads from a service account of the cluster to its administration', async () => {
    const graph = buildGraph(await readSnapshot(FOLDER, { cluster: 'prod-eu', asOf: '2026-01-01T00:00:00Z' }));
    const ids = [...Array(graph.edges.count).keys()].map((edge) => `${edgeAt(graph, edge).from} → ${edgeAt(graph, edge).to}`);
    const account = (name: string): string => `gsa:${name}@acme-prod-eu.iam.gserviceaccount.com`;
    for (const hop of [
      `sa:shop/api → ${account('shop-api')}`,
      `${account('shop-api')} → ${account('deploy-admin')}`,
      `${account('deploy-admin')} → gcp-admin:projects/acme-prod-eu`,
      'gcp-admin:projects/acme-prod-eu → cluster-admin:cluster',
    ])
      expect(ids).toContain(hop);
  });
});
