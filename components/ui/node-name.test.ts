import { describe, expect, it } from 'vitest';
import { kindInText } from './kind-labels.ts';
import { explorerHref, qualifiedName } from './node-name.ts';

describe('qualifiedName', () => {
  it.each([
    ['a namespaced node', { kind: 'secret', name: 'db', namespace: 'shop' }, 'shop/db'],
    ['a node of the cluster', { kind: 'node', name: 'ip-10-0-1-4' }, 'ip-10-0-1-4'],
    ['all secrets of a namespace', { kind: 'all-secrets', name: 'shop', namespace: 'shop' }, 'shop/all secrets'],
    ['all secrets', { kind: 'all-secrets', name: '*' }, 'all secrets'],
    ['some users', { kind: 'all-users', name: 'users of nodes' }, 'users of nodes'],
    ['some pods of a namespace', { kind: 'all-pods', name: 'pods but static ones', namespace: 'shop' }, 'shop/pods but static ones'],
    ['the administrator of a namespace', { kind: 'namespace-admin', name: 'shop', namespace: 'shop' }, 'shop/administrator'],
    ['the administrator of all of them', { kind: 'namespace-admin', name: '*' }, 'administrator of every namespace'],
    ['a name without a kind', { name: '*' }, '*'],
  ] as const)('%s', (_name, node, want) => expect(qualifiedName(node)).toBe(want));
});

describe('kindInText', () => {
  it.each([
    ['one', 'service-account', 1, 'service account'],
    ['many', 'service-account', 2, 'service accounts'],
    ['a proper name keeps its capitals', 'aws-role', 2, 'AWS roles'],
    ['one set', 'all-secrets', 1, 'set of secrets'],
    ['several sets', 'all-secrets', 13, 'sets of secrets'],
  ] as const)('%s', (_name, kind, count, want) => expect(kindInText(kind, count)).toBe(want));
});

describe('explorerHref', () => {
  it('carries hostile ids whole', () =>
    expect(new URL(explorerHref('pod:a/b&x=1#y'), 'http://h').searchParams.get('select')).toBe('pod:a/b&x=1#y'));
});
