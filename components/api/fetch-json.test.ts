import { describe, expect, it } from 'vitest';
import { problemOf } from './api-problem.ts';
import { apiUrl } from './fetch-json.ts';
import { reachUrl } from './use-reach.ts';
import { dataVersion } from './use-status.ts';

describe('apiUrl', () => {
  it.each([
    ['no query', 'status', {}, '/api/v1/status'],
    ['what is left out', 'search', { q: '', kind: undefined, limit: 5 }, '/api/v1/search?limit=5'],
    ['lists', 'reach', { from: ['a', 'b'] }, '/api/v1/reach?from=a&from=b'],
    ['hostile names', 'node', { id: 'pod:a/b&x=1#<"' }, '/api/v1/node?id=pod%3Aa%2Fb%26x%3D1%23%3C%22'],
    ['zero and no', 'reach', { offset: 0, all: false }, '/api/v1/reach?offset=0&all=false'],
  ])('%s', (_name, path, query, want) => expect(apiUrl(path, query)).toBe(want));
});

describe('reachUrl', () => {
  it('spells classes as one list', () =>
    expect(reachUrl({ from: ['a'], classes: ['rbac', 'token'] })).toBe('/api/v1/reach?from=a&classes=rbac%2Ctoken'));
  it('leaves out what was not asked', () => expect(reachUrl({ from: ['a'] })).toBe('/api/v1/reach?from=a'));
});

describe('problemOf', () => {
  const problem = (body: string, type: string) => problemOf(new Response(body, { status: 400, headers: { 'content-type': type } }));
  it('reads title and detail', async () => {
    const error = await problem(
      JSON.stringify({ type: 'about:blank', title: 'Bad file', status: 400, detail: 'line 3' }),
      'application/problem+json; charset=utf-8',
    );
    expect(error).toMatchObject({ status: 400, title: 'Bad file', detail: 'line 3', message: 'line 3' });
  });
  it.each([
    ['a page of a proxy', '<html>', 'text/html'],
    ['a problem that is cut off', '{"title":', 'application/problem+json'],
  ])('still says something of %s', async (_name, body, type) =>
    expect(await problem(body, type)).toMatchObject({ status: 400, title: 'The server answered 400' }),
  );
});

describe('dataVersion', () => {
  const NONE = { nodes: 0, edges: 0, byKind: [] };
  const status = {
    state: 'ready',
    source: { type: 'demo', label: 'demo' },
    cluster: {},
    progress: [],
    gaps: [],
    counts: { nodes: 1, edges: 2, byKind: [] },
  } as const;
  it.each([
    ['unknown status', undefined, undefined],
    ['the first load', { ...status, state: 'loading' as const, counts: NONE }, undefined],
    ['a first load that failed', { ...status, state: 'failed' as const, counts: NONE }, undefined],
    ['a reload of data without a time', { ...status, state: 'loading' as const }, 'demo||1|2'],
    ['data without a time', status, 'demo||1|2'],
    ['a reload with older data on screen', { ...status, state: 'loading' as const, collectedAt: 't' }, 'demo|t|1|2'],
  ])('%s', (_name, given, want) => expect(dataVersion(given)).toBe(want));
});
