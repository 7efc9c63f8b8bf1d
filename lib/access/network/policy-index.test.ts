import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NetworkPolicy } from '../../inventory/network-policy.ts';
import { PolicyIndex } from './policy-index.ts';
import { selects } from './selects.ts';

type Selector = NetworkPolicy['podSelector'];

const everything: Selector = { matchLabels: new Map(), matchExpressions: [] };
const withLabels = (labels: Record<string, string>): Selector => ({ ...everything, matchLabels: new Map(Object.entries(labels)) });
const policy = (name: string, podSelector: Selector, namespace = 'shop'): NetworkPolicy => ({
  namespace,
  name,
  podSelector,
  policyTypes: ['Ingress'],
  ingress: [],
  egress: [],
});
const labels = (entries: Record<string, string>): Map<string, string> => new Map(Object.entries(entries));
const names = (policies: readonly NetworkPolicy[], namespace: string, of: Map<string, string>): string[] =>
  new PolicyIndex(policies).selecting({ namespace, labels: of }).map(({ name }) => name);

describe('PolicyIndex', () => {
  it.each<[string, NetworkPolicy[], string[]]>([
    ['an empty selector', [policy('all', everything)], ['all']],
    ['one label', [policy('web', withLabels({ app: 'web' }))], ['web']],
    ['two labels, in any order', [policy('both', withLabels({ tier: 'front', app: 'web' }))], ['both']],
    [
      'in the order in which they were given',
      [policy('z', withLabels({ tier: 'front' })), policy('m', everything), policy('a', withLabels({ app: 'web' }))],
      ['z', 'm', 'a'],
    ],
    ['another value', [policy('db', withLabels({ app: 'db' }))], []],
    ['one label of two', [policy('half', withLabels({ app: 'web', tier: 'back' }))], []],
    ['another namespace', [policy('other', everything, 'pay')], []],
    ['a namespace that is called as an object’s parent', [policy('proto', everything, '__proto__')], []],
    [
      'an expression beside the label',
      [policy('not', { ...withLabels({ app: 'web' }), matchExpressions: [{ key: 'tier', operator: 'DoesNotExist', values: [] }] })],
      [],
    ],
  ])('finds %s', (_name, policies, expected) => {
    expect(names(policies, 'shop', labels({ app: 'web', tier: 'front' }))).toEqual(expected);
  });

  it('answers for each namespace by itself where pods share one object for their labels', () => {
    const index = new PolicyIndex([policy('one', everything), policy('two', everything, 'pay')]);
    const shared = labels({ app: 'web' });
    const found = ['shop', 'pay', 'none'].map((namespace) => index.selecting({ namespace, labels: shared }).map(({ name }) => name));
    expect(found).toEqual([['one'], ['two'], []]);
  });

  it('says what trying every policy says', () => {
    const some = fc.dictionary(fc.constantFrom('app', 'tier', '__proto__'), fc.constantFrom('web', 'db'), { maxKeys: 2 });
    const expression = fc.record({
      key: fc.constantFrom('app', 'tier'),
      operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'),
      values: fc.constant(['web']),
    });
    const selector = fc.record({ matchLabels: some.map(labels), matchExpressions: fc.array(expression, { maxLength: 1 }) });
    const worlds = fc.array(fc.tuple(fc.constantFrom('shop', 'pay'), selector), { maxLength: 8 });
    fc.assert(
      fc.property(worlds, some.map(labels), (world, of) => {
        const policies = world.map(([namespace, podSelector], place) => policy(`p${place}`, podSelector, namespace));
        const expected = policies.filter(({ namespace, podSelector }) => namespace === 'shop' && selects(podSelector, of));
        expect(new PolicyIndex(policies).selecting({ namespace: 'shop', labels: of })).toEqual(expected);
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
