import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { splitServiceAccountUser } from '../access/rbac/subject.ts';
import { readSnapshot } from '../sources/snapshot/read.ts';
import { buildGraph } from './build.ts';
import type { TechniqueId } from './kinds.ts';
import type { Graph } from './model.ts';
import { techniqueAt } from './read.ts';

const CORPUS = '/work/shared/corpus';
const REVIEWS = `${CORPUS}/expected/prod-eu-access-reviews.jsonl.gz`;

interface Review {
  readonly user: string;
  readonly groups: readonly string[];
  readonly resourceAttributes: {
    readonly namespace: string;
    readonly verb: string;
    readonly group: string;
    readonly resource: string;
    readonly subresource?: string;
  };
  readonly allowed: boolean;
}

/** Requests that decide a technique by themselves. `exact`: no other request gives the edge, so that a denial means none. */
const DECISIVE: readonly { request: string; technique: TechniqueId; kind: string; exact: boolean }[] = [
  { request: 'create pods/exec', technique: 'pod-exec', kind: 'all-pods', exact: true },
  { request: 'create serviceaccounts/token', technique: 'token-mint', kind: 'all-service-accounts', exact: true },
  { request: 'impersonate serviceaccounts', technique: 'impersonate-service-account', kind: 'all-service-accounts', exact: true },
  { request: 'get pods/log', technique: 'read-logs', kind: 'all-pods', exact: true },
  { request: 'get secrets', technique: 'secret-read', kind: 'all-secrets', exact: false },
  { request: 'list secrets', technique: 'secret-read', kind: 'all-secrets', exact: false },
  { request: 'patch pods/ephemeralcontainers', technique: 'ephemeral-container', kind: 'all-pods', exact: false },
  { request: 'create pods', technique: 'pod-create', kind: 'all-service-accounts', exact: false },
];

function* reviews(): Generator<Review> {
  for (const line of gunzipSync(readFileSync(REVIEWS)).toString('utf8').split('\n')) if (line !== '') yield JSON.parse(line) as Review;
}

/** Every edge as `TECHNIQUE FROM TO`. */
function edgeSet(graph: Graph): ReadonlySet<string> {
  const found = new Set<string>();
  for (let edge = 0; edge < graph.edges.count; edge += 1)
    found.add(
      `${techniqueAt(graph, edge)} ${graph.nodes.ids[graph.edges.from[edge] as number]} ${graph.nodes.ids[graph.edges.to[edge] as number]}`,
    );
  return found;
}

/** The account and its groups, as nodes. */
function subjectsOf({ user, groups }: Review): string[] {
  const account = splitServiceAccountUser(user);
  return [...(account === undefined ? [] : [`sa:${account.namespace}/${account.name}`]), ...groups.map((group) => `group:${group}`)];
}

const asWords = ({ resourceAttributes: { verb, group, resource, subresource } }: Review): string =>
  `${verb} ${resource}${subresource === undefined || subresource === '' ? '' : `/${subresource}`}${group === '' ? '' : `.${group}`}`;

describe.skipIf(!existsSync(REVIEWS))('techniques and the verdicts of a real API server', async () => {
  const graph = existsSync(REVIEWS) ? buildGraph(await readSnapshot(`${CORPUS}/prod-eu`)) : undefined;
  const edges = graph === undefined ? new Set<string>() : edgeSet(graph);
  const byRequest = existsSync(REVIEWS) ? Map.groupBy(reviews(), asWords) : new Map<string, Review[]>();

  test.each(DECISIVE)('$request decides $technique', ({ request, technique, kind, exact }) => {
    const wrong: string[] = [];
    let judged = 0;
    for (const review of byRequest.get(request) ?? []) {
      const { namespace } = review.resourceAttributes;
      const here = `${kind}:${namespace === '' ? '*' : namespace}`;
      // Where the namespace has nothing of the kind no edge leads there.
      if (graph?.nodes.indexOf(here) === undefined) continue;
      const found = subjectsOf(review).some((from) => [`${kind}:*`, here].some((to) => edges.has(`${technique} ${from} ${to}`)));
      judged += 1;
      if (review.allowed !== found && (review.allowed || exact)) wrong.push(`${review.user} in ${namespace}: allowed ${review.allowed}`);
    }
    expect(wrong).toEqual([]);
    expect(judged).toBeGreaterThan(200);
  });

  test('update configmaps in kube-system decides aws-auth-patch', () => {
    const inKubeSystem = (byRequest.get('update configmaps') ?? []).filter(
      ({ resourceAttributes }) => resourceAttributes.namespace === 'kube-system',
    );
    const found = (review: Review): boolean => subjectsOf(review).some((from) => edges.has(`aws-auth-patch ${from} cluster-admin:cluster`));
    expect(inKubeSystem.filter((review) => review.allowed && !found(review))).toEqual([]);
    expect(inKubeSystem.some(({ allowed }) => allowed)).toBe(true);
  });

  test('nodes/proxy and users are asked cluster-wide', () => {
    const nodes = (byRequest.get('get nodes/proxy') ?? []).filter(({ resourceAttributes }) => resourceAttributes.namespace === '');
    const users = (byRequest.get('impersonate users') ?? []).filter(({ resourceAttributes }) => resourceAttributes.namespace === '');
    const found = (review: Review, edge: string): boolean => subjectsOf(review).some((from) => edges.has(edge.replace('WHO', from)));
    expect(nodes.filter((review) => review.allowed && !found(review, 'node-proxy WHO all-pods:*'))).toEqual([]);
    expect(users.filter((review) => review.allowed !== found(review, 'impersonate-user-group WHO all-users:*'))).toEqual([]);
    expect([nodes.length > 50, users.length > 50]).toEqual([true, true]);
  });
});
