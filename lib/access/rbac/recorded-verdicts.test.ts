import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createInventoryBuilder } from '../../inventory/builder.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { readSnapshot } from '../../sources/snapshot/read.ts';
import { indexRbac, type RbacIndex } from './bindings.ts';
import { reasonOf } from './reason.ts';
import { grantingRules, type Question, review, rulesFor } from './review.ts';

interface Check {
  readonly user: string;
  readonly groups: readonly string[];
  readonly resourceAttributes?: { namespace?: string; verb: string; group?: string; resource: string; subresource?: string; name?: string };
  readonly nonResourceAttributes?: { path: string; verb: string };
  readonly allowed: boolean;
  readonly reason: string;
}

interface RuleList {
  readonly user: string;
  readonly groups: readonly string[];
  readonly namespace: string;
  readonly resourceRules?: readonly unknown[];
  readonly nonResourceRules?: readonly unknown[];
}

const corpus = process.env.CORPUS_DIR ?? path.resolve(import.meta.dirname, '../../../../shared/corpus');
const here = path.join(import.meta.dirname, 'testdata');
const unpack = (file: string): string => gunzipSync(readFileSync(file)).toString('utf8');

function questionOf({ user, groups, resourceAttributes: a, nonResourceAttributes: path }: Check): Question {
  if (a === undefined) return { kind: 'path', user, groups, request: path as { path: string; verb: string } };
  const request = { verb: a.verb, apiGroup: a.group ?? '', resource: a.resource, subresource: a.subresource ?? '', name: a.name ?? '' };
  return { kind: 'resource', user, groups, namespace: a.namespace ?? '', request };
}

/** The first few disagreements, each with what the API server said; the server may name any one of several grants. */
function disagreements(index: RbacIndex, checks: readonly Check[]): string[] {
  const found: string[] = [];
  for (const check of checks) {
    const question = questionOf(check);
    const verdict = review(index, question);
    const reasons = new Set([...grantingRules(index, question)].map((by) => reasonOf({ allowed: true, by })));
    const sameReason = !check.allowed || check.reason === '' || reasons.has(check.reason);
    if (verdict.allowed !== check.allowed || !sameReason)
      found.push(`${JSON.stringify(check)} but we say ${verdict.allowed} ${[...reasons]}`);
  }
  return found.slice(0, 5);
}

const indexOf = ({ kubernetes }: Inventory): RbacIndex => indexRbac(kubernetes.roles, kubernetes.bindings);

/** Rules as a set of texts: neither the order of rules nor that of their fields matters. */
function asSet(rules: readonly unknown[]): string[] {
  return [
    ...new Set(
      rules.map((rule) =>
        JSON.stringify(
          Object.entries(rule as object)
            .filter(([, value]) => (value as unknown[]).length > 0)
            .sort(),
        ),
      ),
    ),
  ].sort();
}

function loadSeed(file: string): { index: RbacIndex; checks: Check[]; ruleLists: RuleList[] } {
  const seed = JSON.parse(unpack(file));
  const builder = createInventoryBuilder();
  for (const [list, kindHint] of [
    ['roles', 'Role'],
    ['clusterRoles', 'ClusterRole'],
    ['roleBindings', 'RoleBinding'],
    ['clusterRoleBindings', 'ClusterRoleBinding'],
  ] as const) {
    for (const object of seed[list].items)
      builder.addObject(object, { source: 'snapshot', file, kindHint, apiVersionHint: 'rbac.authorization.k8s.io/v1' });
  }
  return { index: indexOf(builder.finish()), checks: seed.checks, ruleLists: seed.ruleLists };
}

const inCorpus = path.join(corpus, 'rbac');
const seeds = [
  path.join(here, 'kube-apiserver-1.36-seed11.json.gz'),
  ...(existsSync(inCorpus)
    ? readdirSync(inCorpus)
        .filter((name) => !name.includes('seed11'))
        .map((name) => path.join(inCorpus, name))
    : []),
];

describe.each(seeds.map((file) => [path.basename(file), file]))('the verdicts of a real API server, %s', (_name, file) => {
  const { index, checks, ruleLists } = loadSeed(file);

  test('every access review agrees, the granting binding too', () => {
    expect(checks.length).toBeGreaterThanOrEqual(4000);
    expect(disagreements(index, checks)).toEqual([]);
  });

  test('every rule list agrees', () => {
    expect(ruleLists.length).toBeGreaterThanOrEqual(30);
    for (const { user, groups, namespace, resourceRules = [], nonResourceRules = [] } of ruleLists) {
      const rules = [...rulesFor(index, { user, groups, namespace })].map(({ rule }) => rule);
      const ours = rules
        .filter(({ resources }) => resources.length > 0)
        .map(({ verbs, apiGroups, resources, resourceNames }) => ({ verbs, apiGroups, resources, resourceNames }));
      expect(asSet(ours), `${user} in ${namespace}`).toEqual(asSet(resourceRules));
      const paths = rules
        .filter(({ nonResourceURLs }) => nonResourceURLs.length > 0)
        .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs }));
      expect(asSet(paths), `${user} in ${namespace}`).toEqual(asSet(nonResourceRules));
    }
  });
});

const reviews = path.join(corpus, 'expected/prod-eu-access-reviews.jsonl.gz');
if (!existsSync(reviews))
  process.stdout.write(`skipped: 2 seeds and 21,681 access reviews of prod-eu, as there is no ${corpus}; set CORPUS_DIR\n`);

test.skipIf(!existsSync(reviews))('every access review of prod-eu agrees', async () => {
  const checks = unpack(reviews)
    .trim()
    .split('\n')
    .map((line): Check => JSON.parse(line));
  expect(checks.length).toBeGreaterThan(20_000);
  expect(disagreements(indexOf(await readSnapshot(path.join(corpus, 'prod-eu'))), checks)).toEqual([]);
});
