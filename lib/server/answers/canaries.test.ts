import { existsSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ActionCatalog } from '../../access/aws/action-catalog.ts';
import {
  FindingRequest,
  FindingsRequest,
  GraphRequest,
  IdentitiesRequest,
  LinksRequest,
  ReachRequest,
  SearchRequest,
  WorkloadsRequest,
} from '../../api/requests.ts';
import { iamActions } from '../../catalog/iam-actions.ts';
import { readSnapshot } from '../../sources/snapshot/read.ts';
import { type Dataset, datasetOf } from '../dataset.ts';
import { linkWorld } from './cloud-links.ts';
import { diagnosisAnswer } from './diagnosis.ts';
import { findingAnswer, findingsAnswer } from './findings.ts';
import { graphAnswer } from './graph.ts';
import { identitiesAnswer, linksAnswer } from './identities.ts';
import { nodeAnswer } from './node.ts';
import { overviewAnswer } from './overview.ts';
import { edgeDetail } from './parts.ts';
import { reachAnswer } from './reach.ts';
import { identityDetail } from './role-view.ts';
import { searchAnswer } from './search.ts';
import { techniquesAnswer } from './techniques.ts';
import { workloadsAnswer } from './workloads.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const corpus = process.env.CORPUS_DIR ?? path.resolve(root, '../shared/corpus');

/** Every secret value and literal environment value of these worlds decodes to a text with this in it. */
const CANARIES = /CANARY|Q0FOQVJZ|NBTkFSW|DQU5BUl/;

const worlds = [path.join(root, 'demo'), path.join(corpus, 'prod-eu')].filter((world) => existsSync(world));
if (worlds.length === 1) process.stdout.write(`skipped: the canaries of prod-eu, as there is no ${corpus}; set CORPUS_DIR\n`);

function* everyAnswer(data: Dataset, catalog: ActionCatalog): Generator<unknown> {
  const { graph } = data;
  yield overviewAnswer(data);
  yield techniquesAnswer(data);
  for (const finding of findingsAnswer(data, FindingsRequest.parse({})).findings)
    yield findingAnswer(data, FindingRequest.parse({ id: finding.id }));
  yield linksAnswer(data, LinksRequest.parse({}));
  yield identitiesAnswer(data, IdentitiesRequest.parse({ rows: 200, columns: 200 }));
  for (const account of new Set(linkWorld(data).links.map(({ serviceAccount }) => serviceAccount)))
    yield diagnosisAnswer(data, { account });
  for (const identity of linkWorld(data).admits.keys()) yield identityDetail(data, identity, catalog);
  yield workloadsAnswer(data, WorkloadsRequest.parse({}));
  yield searchAnswer(data, SearchRequest.parse({ q: '', limit: 200 }));
  yield graphAnswer(data, GraphRequest.parse({ select: [], open: [] }));
  for (const id of graph.nodes.ids) {
    yield nodeAnswer(data, id);
    yield graphAnswer(data, GraphRequest.parse({ select: [id], open: [] }));
    yield reachAnswer(data, ReachRequest.parse({ from: [id] }));
  }
  for (let edge = 0; edge < graph.edges.count; edge += 1) yield edgeDetail(graph, edge);
}

describe.each(worlds.map((world) => [path.basename(world), world]))('no secret value of %s', (_name, world) => {
  let data: Dataset;

  beforeAll(async () => {
    data = datasetOf(await readSnapshot(world));
  });

  test('is in memory after reading', () => {
    expect(
      inspect(data.inventory, { depth: Number.POSITIVE_INFINITY, maxArrayLength: null, maxStringLength: null }).match(CANARIES),
    ).toBeNull();
  });

  test('is in any answer', async () => {
    let answers = 0;
    for (const answer of everyAnswer(data, await iamActions())) {
      answers += 1;
      expect(JSON.stringify(answer).match(CANARIES)).toBeNull();
    }
    expect(answers).toBeGreaterThan(3000);
  }, 120_000);
});
