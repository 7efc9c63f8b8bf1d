import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readSnapshot } from '../sources/snapshot/read.ts';
import { buildGraph } from './build.ts';
import type { TechniqueId } from './kinds.ts';
import type { Graph } from './model.ts';
import { edgeAt, techniqueAt } from './read.ts';

const CORPUS = process.env.CORPUS_DIR ?? resolve(import.meta.dirname, '../../../shared/corpus');
const VERDICTS = join(CORPUS, 'expected/prod-eu-access-reviews.jsonl.gz');

interface Attributes {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
}

interface Verdict {
  readonly user: string;
  readonly resourceAttributes?: Attributes;
  readonly allowed: boolean;
}

const asksFor =
  (verbs: readonly string[], resource: string, subresource = '') =>
  (attributes: Attributes): boolean =>
    attributes.group === '' &&
    attributes.resource === resource &&
    (attributes.subresource ?? '') === subresource &&
    verbs.includes(attributes.verb);

const CREATE_POD = asksFor(['create'], 'pods');
/** Requests of which each has to be allowed somewhere for the edge to be there. */
const ASKED: readonly [TechniqueId, readonly ((attributes: Attributes) => boolean)[]][] = [
  ['pod-create', [CREATE_POD]],
  ['ephemeral-container', [asksFor(['update', 'patch'], 'pods', 'ephemeralcontainers')]],
  ['persistent-volume-create', [asksFor(['create'], 'persistentvolumes'), CREATE_POD]],
];

/** What a real API server said of service accounts, against the edges of who writes pods. */
describe.skipIf(!existsSync(VERDICTS))('as a real API server judges', () => {
  const verdicts = existsSync(VERDICTS)
    ? gunzipSync(readFileSync(VERDICTS))
        .toString()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Verdict)
    : [];
  const graph = existsSync(VERDICTS) ? readSnapshot(join(CORPUS, 'prod-eu')).then(buildGraph) : undefined;
  const usersWith = (fits: (attributes: Attributes) => boolean, allowed: boolean): ReadonlySet<string> =>
    new Set(
      verdicts
        .filter((one) => one.resourceAttributes !== undefined && fits(one.resourceAttributes) && one.allowed === allowed)
        .map(({ user }) => user),
    );

  test.each(ASKED)('whoever may do all that %s takes has its edge, and who was refused everywhere has none', async (technique, asked) => {
    const built = await (graph as Promise<Graph>);
    const found = new Set(
      [...Array(built.edges.count).keys()]
        .filter((edge) => techniqueAt(built, edge) === technique)
        .map((edge) => `${edgeAt(built, edge).from}`),
    );
    const idOf = (user: string): string => user.replace(/^system:serviceaccount:([^:]+):/, 'sa:$1/');
    const [first, ...others] = asked.map((fits) => usersWith(fits, true)) as [ReadonlySet<string>, ...ReadonlySet<string>[]];
    const mayDoAll = [...first].filter((user) => others.every((users) => users.has(user)));
    expect(mayDoAll.length).toBeGreaterThan(3);
    expect(mayDoAll.filter((user) => !found.has(idOf(user)))).toEqual([]);
    // Controllers make pods as well: `create pods` refused is no proof that nobody may.
    const decisive = asked.filter((fits) => fits !== CREATE_POD);
    const refused = decisive.flatMap((fits) => [...usersWith(fits, false)].filter((user) => !usersWith(fits, true).has(user)));
    expect(refused.filter((user) => found.has(idOf(user)))).toEqual([]);
  });
});
