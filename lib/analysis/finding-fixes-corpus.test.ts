import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSnapshot } from '../sources/snapshot/read.ts';
import { findFindings } from './find-findings.ts';
import type { FindingId } from './findings/index.ts';
import { baseOf, found } from './testing/finding-rows.ts';
import { patchedWorld } from './testing/patched-world.ts';

const HERE = path.resolve(import.meta.dirname, '../..');
const CORPUS = process.env.CORPUS_DIR ?? path.resolve(HERE, '../shared/corpus');
const WORLDS = [path.join(HERE, 'demo'), ...['prod-eu', 'prod-eu-gke', 'prod-eu-aks'].map((name) => path.join(CORPUS, name))].filter(
  (folder) => existsSync(folder),
);

/** All reasons for which a row may lack a command or a patch; the screen shows them. */
const REASONS: readonly RegExp[] = [
  /^a policy that is pasted here would stop the DNS of the whole cluster/,
  /^an association is an object of EKS by itself/,
  /^session tags are a switch of the association/,
  /^whether the Deny is there on purpose only a person knows/,
  /^it is a switch in the cloud or a restart/,
  /^the pool of a cluster is its project/,
  /^the kubelet makes this pod of a file/,
  /^the controller manager collects the rules/,
];

describe.each(WORLDS.map((folder) => [path.basename(folder), folder] as const))('in %s', (_, folder) => {
  test('every row has its fix as a command and as a patch, or a reason in words', async () => {
    const inventory = await readSnapshot(folder);
    const all = findFindings(baseOf(inventory));
    expect(all.length).toBeGreaterThan(0);
    for (const { finding, rows } of all)
      for (const { subject, fix } of rows) {
        const { command, patches = [], lacks } = fix;
        const named = `${finding.id} ${subject.namespace ?? ''}/${subject.name}`;
        expect([named, lacks === undefined]).toEqual([named, command !== undefined && patches.length > 0]);
        if (lacks !== undefined) expect([named, REASONS.some((reason) => reason.test(lacks)), lacks]).toEqual([named, true, lacks]);
      }
  });
});

/** What trust policies, policies of Google and federated credentials mend: each row's document is made after the others'. */
const BY_DOCUMENTS = new Set<FindingId>(['open-trust', 'no-audience-condition', 'wide-cloud-grant', 'wrong-audience', 'broken-link']);

test.each(WORLDS)('in %s the documents of the cloud end their rows', async (folder) => {
  const inventory = await readSnapshot(folder);
  for (const { finding, rows } of findFindings(baseOf(inventory), BY_DOCUMENTS)) {
    const mended = new Set<string>();
    const world = rows.reduce((known, { fix, identity }) => {
      const next = fix.patches === undefined ? undefined : patchedWorld(known, fix.patches);
      if (next !== undefined) mended.add(identity);
      return next ?? known;
    }, inventory);
    expect(mended.size).toBeGreaterThan(0);
    expect(found(world, finding.id as FindingId)?.rows.filter(({ identity }) => mended.has(identity)) ?? []).toEqual([]);
  }
});

/** Ways are one of several, and closing one may leave another. */
const ONE_OF_SEVERAL = new Set(['exposed-cluster-admin', 'exposed-cloud-admin', 'exposed-secret-reader', 'escape-to-control-plane']);

const inventory = await readSnapshot(path.join(HERE, 'demo'));
const made = findFindings(baseOf(inventory)).flatMap(({ finding, rows: [row] }) => {
  const world = ONE_OF_SEVERAL.has(finding.id) || row.fix.lacks !== undefined ? undefined : patchedWorld(inventory, row.fix.patches ?? []);
  return world === undefined ? [] : [[finding.id, { row, world }] as const];
});

test.each(made)('in the demo the patches of the worst row of %s end it', (id, { row, world }) => {
  expect(made.length).toBeGreaterThan(10);
  expect(found(world, id as FindingId)?.rows.map(({ identity }) => identity) ?? []).not.toContain(row.identity);
});
