import { describe, expect, it } from 'vitest';
import { bind, bindWhen, type GoogleFixture, google, gsa, nodePool, set, short } from '../../access/gcp/testing/google.ts';
import { buildGraph } from '../build.ts';
import { edgeAt, techniqueAt } from '../read.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';

const ID = 'gcp-workload-identity';
const WI = 'roles/iam.workloadIdentityUser';
const POD = { serviceAccount: 'api' };
const API = gsa('api');
const MIXED = [nodePool('own', 'GKE_METADATA'), nodePool('old', 'GCE_METADATA')];
const labelled = (pool: string): Record<string, unknown> => ({ 'cloud.google.com/gke-nodepool': pool });
const world = (pools = [nodePool('own', 'GKE_METADATA')], ...bindings: Record<string, unknown>[]): GoogleFixture =>
  google()
    .gke(pools)
    .project()
    .account('api', ...(bindings.length > 0 ? bindings : [bind(WI, short('shop/api'))]));
const short_ = (lines: readonly string[]): string[] => lines.map((line) => line.replaceAll('@acme.iam.gserviceaccount.com', ''));
const edges = (fixture: GoogleFixture): string[] => short_(edgesOf(fixture.inventory(), ID));

describe('gcp-workload-identity', () => {
  it.each<[string, GoogleFixture, string[]]>([
    [
      'an annotated service account and its pod',
      world().ksa('shop/api', API).pod('shop/one', POD),
      ['pod:shop/one → gsa:api (wired)', 'sa:shop/api → gsa:api (wired)'],
    ],
    [
      'a pod needs no annotation',
      world().ksa('shop/api').pod('shop/one', POD),
      ['pod:shop/one → gsa:api (wired)', 'sa:shop/api → gsa:api (possible)'],
    ],
    [
      'on the pool of its node',
      world(MIXED).ksa('shop/api', API).node('n1', labelled('own')).pod('shop/one', POD),
      ['pod:shop/one → gsa:api (wired)', 'sa:shop/api → gsa:api (wired)'],
    ],
    [
      'on a pool that serves the node',
      world(MIXED).ksa('shop/api', API).node('n1', labelled('old')).pod('shop/one', POD),
      ['sa:shop/api → gsa:api (wired)'],
    ],
    [
      'on a pool that nobody knows',
      world(MIXED).ksa('shop/api', API).pod('shop/one', POD),
      ['pod:shop/one → gsa:api (conditional)', 'sa:shop/api → gsa:api (wired)'],
    ],
    [
      'on a node that says that it serves',
      world(MIXED).ksa('shop/api', API).node('n1', { 'iam.gke.io/gke-metadata-server-enabled': 'true' }).pod('shop/one', POD),
      ['pod:shop/one → gsa:api (wired)', 'sa:shop/api → gsa:api (wired)'],
    ],
    [
      'on the host network',
      world()
        .ksa('shop/api', API)
        .pod('shop/one', { ...POD, spec: { hostNetwork: true } }),
      ['sa:shop/api → gsa:api (wired)'],
    ],
    [
      'ended',
      world()
        .ksa('shop/api', API)
        .pod('shop/one', { ...POD, phase: 'Succeeded' }),
      ['sa:shop/api → gsa:api (wired)'],
    ],
    [
      'on an open condition',
      world(undefined, bindWhen('destination.port == 1', WI, short('shop/api')))
        .ksa('shop/api', API)
        .pod('shop/one', POD),
      ['pod:shop/one → gsa:api (conditional)', 'sa:shop/api → gsa:api (conditional)'],
    ],
    [
      'a broken link is not for pods',
      world(undefined, bind(WI, short('x/y')))
        .ksa('shop/api', API)
        .pod('shop/one', POD),
      ['sa:shop/api → gsa:api (broken)'],
    ],
    ['nobody', world(undefined, bind(WI, 'user:a@b.c')).ksa('shop/api').pod('shop/one', POD), []],
  ])('%s', (_name, fixture, expected) => {
    expect(edges(fixture)).toEqual(expected);
  });

  it('an annotation hides other accounts from pods, not from whoever mints tokens', () => {
    const fixture = world()
      .account('other', bind(WI, set('namespace/shop')))
      .ksa('shop/api', API)
      .pod('shop/one', POD);
    expect(edges(fixture)).toEqual([
      'pod:shop/one → gsa:api (wired)',
      'sa:shop/api → gsa:api (wired)',
      'sa:shop/api → gsa:other (possible)',
    ]);
  });

  it('has evidence, a fix and one change', () => {
    const inventory = world().ksa('shop/api', API).pod('shop/one', POD).inventory();
    expect(evidenceOf(inventory, ID)).toContain('Pod shop/one /spec/serviceAccountName');
    expect(
      changesOfEdges(inventory, ID).every((line) =>
        line.endsWith(`: GcpPolicy/projects/-/serviceAccounts/${API}/${WI}/${short('shop/api')}`),
      ),
    ).toBe(true);
    const graph = buildGraph(inventory);
    const edge = [...Array(graph.edges.count).keys()].find(
      (one) => techniqueAt(graph, one) === ID && edgeAt(graph, one).from === 'pod:shop/one',
    );
    const explained = graph.explain(edge as number);
    expect(explained.hangsOn).toBeUndefined();
    expect(explained.fix.command).toBe(
      `gcloud iam service-accounts remove-iam-policy-binding projects/-/serviceAccounts/${API} '--member=${short('shop/api')}' --role=${WI} --condition=None`,
    );
  });
});
