import { describe, expect, it } from 'vitest';
import type { ReachAnswer, ReachedNode } from '../../lib/api/contract.ts';
import type { CutsAnswer } from '../../lib/api/cuts-contract.ts';
import { incidentMarkdown } from './incident-markdown.ts';

const row: ReachedNode = {
  id: 'secret:shop/db',
  kind: 'secret',
  name: 'db',
  namespace: 'shop',
  hops: 2,
  certainty: 'conditional',
  via: { from: 'sa:shop/api', technique: 'secret-read', certainty: 'conditional' },
};
const answer: ReachAnswer = {
  from: [{ id: 'pod:shop/api-1', kind: 'pod', name: 'api-1', namespace: 'shop' }],
  direction: 'forward',
  summary: { verdict: '1 secret', severity: 'medium', groups: [], total: 1 },
  byHop: [{ hops: 2, total: 1, certain: 0, byKind: [{ kind: 'secret', count: 1 }] }],
  total: 1,
  reached: [],
  gaps: [
    {
      id: 'g',
      source: 'kubernetes',
      what: 'secrets',
      where: 'kube-system',
      why: 'may not list `secrets`',
      remedy: 'run `kubectl get secrets | jq .*`',
    },
  ],
};
const NO_CUT: CutsAnswer = {
  from: [],
  to: [],
  targets: 3,
  reached: 0,
  inseparable: { total: 0, first: [] },
  changes: [],
  exact: true,
  suffices: true,
  remains: { verdict: 'nothing else', severity: 'none', groups: [], total: 0 },
  gaps: [],
};
const written = (change: Partial<ReachAnswer> = {}, rows: readonly ReachedNode[] = [row]) =>
  incidentMarkdown({
    answer: { ...answer, ...change },
    rows,
    cut: NO_CUT,
    status: { cluster: { name: 'prod' }, source: { type: 'demo', label: 'demo' }, collectedAt: '2026-11-22T00:00:00Z' },
    writtenAt: '2026-11-22T01:00:00Z',
    link: 'http://127.0.0.1/respond?from=x',
  });

describe('incidentMarkdown', () => {
  it('begins with the verdict and says what it is about', () => {
    expect(written().split('\n').slice(0, 9)).toEqual([
      '# Blast radius',
      '',
      '**Medium: 1 secret**',
      '',
      '- Compromised: Pod `shop/api-1`',
      '- Cluster: prod',
      '- Data read: 2026-11-22T00:00:00Z',
      '- Written: 2026-11-22T01:00:00Z',
      '- Same view: <http://127.0.0.1/respond?from=x>',
    ]);
  });
  it('says what contains it before what falls', () =>
    expect(written()).toContain('\n## Contain it\n\nIt reaches no crown jewel as things are.\n\n## What falls, by hop\n'));
  it('counts each hop', () => expect(written()).toContain('\n2. 1 reached, 0 of them surely: 1 secret\n'));
  it('lists what is reached', () =>
    expect(written()).toContain('\n| 2 | Secret | `shop/db` | conditional | secret-read from `sa:shop/api` |\n'));
  it('says what could not be read', () =>
    expect(written()).toContain('\n- secrets in kube-system: may not list `secrets`. What to do: run `kubectl get secrets | jq .*`\n'));
  it('says that there is no gap', () => expect(written({ gaps: [] })).toContain('None: everything that was asked for could be read.'));
  it('says what is left out', () =>
    expect(
      written(
        { total: 700 },
        Array.from({ length: 700 }, () => row),
      ),
    ).toContain('\n200 more are not listed;'));
  it('says nothing of the kind where all is listed', () => expect(written()).not.toContain('more are not listed'));
});
