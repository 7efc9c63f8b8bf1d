import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PolicyRule } from '../../inventory/kubernetes.ts';
import { ruleAllows } from './rule.ts';

const VERBS = ['get', 'list', 'create'];
const GROUPS = ['', 'apps'];
const RESOURCES = ['pods', 'secrets'];
const SUBRESOURCES = ['', 'exec', 'log'];
const NAMES = ['', 'a', 'constructor', '__proto__'];

const some = <T>(...values: T[]): fc.Arbitrary<T[]> => fc.subarray(values);
const rules: fc.Arbitrary<PolicyRule> = fc.record({
  verbs: some('*', ...VERBS),
  apiGroups: some('*', ...GROUPS),
  resources: some('*', '*/exec', 'pods/*', ...RESOURCES, 'pods/exec', 'pods/log', 'secrets/exec'),
  resourceNames: some('a', 'constructor', '__proto__'),
  nonResourceURLs: fc.constant([]),
});

/** Every request that a rule allows, spelled out by hand: the slow and obvious way. */
function expansion(rule: PolicyRule): Set<string> {
  const allowed = new Set<string>();
  const verbs = rule.verbs.includes('*') ? VERBS : rule.verbs;
  const groups = rule.apiGroups.includes('*') ? GROUPS : rule.apiGroups;
  const resources = rule.resources.flatMap((word): string[][] => {
    if (word === '*') return RESOURCES.flatMap((resource) => SUBRESOURCES.map((sub) => [resource, sub]));
    if (word.startsWith('*/')) return RESOURCES.map((resource) => [resource, word.slice(2)]);
    const [resource = '', sub = ''] = word.split('/');
    return [[resource, sub]];
  });
  const names = rule.resourceNames.length === 0 ? NAMES : rule.resourceNames;
  for (const verb of verbs)
    for (const group of groups)
      for (const [resource, sub] of resources) for (const name of names) allowed.add(JSON.stringify([verb, group, resource, sub, name]));
  return allowed;
}

test('a rule allows exactly what its expansion lists', () => {
  fc.assert(
    fc.property(rules, (rule) => {
      const allowed = expansion(rule);
      for (const verb of VERBS) {
        for (const apiGroup of GROUPS) {
          for (const resource of RESOURCES) {
            for (const subresource of SUBRESOURCES) {
              for (const name of NAMES) {
                expect(ruleAllows(rule, { verb, apiGroup, resource, subresource, name })).toBe(
                  allowed.has(JSON.stringify([verb, apiGroup, resource, subresource, name])),
                );
              }
            }
          }
        }
      }
    }),
    { seed: 20261122, numRuns: 300 },
  );
});
