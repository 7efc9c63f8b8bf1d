import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createInventoryBuilder } from '../../inventory/builder.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { azureAssume } from './assume.ts';
import { hasWebhook } from './injection.ts';
import { azureLinks } from './links.ts';
import { azureReview } from './review.ts';
import { azureWarnings } from './warnings.ts';

const CORPUS = process.env.CORPUS_DIR ?? resolve(import.meta.dirname, '../../../../shared/corpus');
const WORLD = join(CORPUS, 'prod-eu-aks');
const EXPECTED = join(CORPUS, 'expected/azure.json');
const isThere = existsSync(WORLD) && existsSync(EXPECTED);

interface Expected {
  readonly links: readonly { serviceAccount: string; clientId: string; linkWorks: boolean; code: string }[];
  readonly withoutAnnotation: readonly { serviceAccount: string; identity: string; canGetToken: boolean }[];
  readonly clusters: readonly { cluster: string; workloadIdentity: boolean }[];
  readonly permissions: readonly { identity: string; action: string; dataAction: boolean; scope: string; allowed: boolean }[];
  readonly escalations: readonly { identity: string; reaches: string; by: readonly string[] }[];
  readonly findings: readonly { code: string; principalId: string }[];
}

/** The world of the files, as the cluster of this name. */
function worldOf(cluster: string): Inventory {
  const builder = createInventoryBuilder();
  for (const file of readdirSync(WORLD, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.json')) continue;
    const path = join(WORLD, file);
    const answer = JSON.parse(readFileSync(path, 'utf8'));
    if (answer.kind !== 'List') builder.addAzureAnswer(answer, { file, path });
    else for (const item of answer.items) builder.addObject(item, { source: 'snapshot', file });
  }
  return builder.finish({ cluster });
}

const expected: Expected = isThere
  ? JSON.parse(readFileSync(EXPECTED, 'utf8'))
  : { links: [], withoutAnnotation: [], clusters: [], permissions: [], escalations: [], findings: [] };

describe.skipIf(!isThere)('the expected answers', () => {
  const world = isThere ? worldOf('prod-eu') : undefined;
  const links = world === undefined ? [] : azureLinks(world);

  it.each(expected.links)('link of $serviceAccount: $code', ({ serviceAccount, clientId, linkWorks, code }) => {
    const found = links.filter((link) => link.serviceAccount === serviceAccount && link.identity === clientId);
    expect(found.some(({ state }) => state === 'wired')).toBe(linkWorks);
    expect([...new Set(found.map((link) => link.code))]).toEqual([code]);
    expect(found[0]?.state).toBe(linkWorks ? 'wired' : 'broken');
  });

  it.each(expected.withoutAnnotation)('$serviceAccount without an annotation', ({ serviceAccount, identity, canGetToken }) => {
    const found = links.filter(
      (link) => link.serviceAccount === serviceAccount && (link.principal as { name?: string } | undefined)?.name === identity,
    );
    expect(found.map(({ state }) => state)).toEqual(canGetToken ? ['possible'] : []);
  });

  it.each(expected.clusters)('webhook of $cluster', ({ cluster, workloadIdentity }) => {
    expect(hasWebhook(worldOf(cluster))).toBe(workloadIdentity);
  });

  it.each(expected.permissions)('$identity: $action', ({ identity, action, scope, allowed, dataAction }) => {
    const question = { identity, action, resource: scope };
    const decision = allowed ? 'Allowed' : 'ImplicitlyDenied';
    expect(azureReview(world as Inventory, question)).toMatchObject({ decision });
    expect(azureReview(world as Inventory, { ...question, context: new Map([['dataAction', [String(dataAction)]]]) })).toMatchObject({
      decision,
    });
  });

  it.each(expected.escalations)('$identity reaches $reaches', ({ identity, reaches, by }) => {
    const answer = reaches.startsWith('/')
      ? by.map((action) => azureReview(world as Inventory, { identity, action, resource: reaches }))
      : [azureAssume(world as Inventory, { from: identity, to: reaches })];
    for (const one of answer)
      expect(one).toMatchObject(
        reaches.startsWith('/') ? { decision: 'Allowed' } : { allowed: true, reason: expect.stringContaining(by[0] as string) },
      );
  });

  it.each(expected.findings)('finding $code', ({ code, principalId }) => {
    expect(azureWarnings(world as Inventory).filter((one) => one.code === code && one.says.includes(principalId)).length).toBe(1);
  });
});
