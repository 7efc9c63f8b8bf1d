import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readerOf } from '../../inventory/normalise/kinds.ts';
import { LISTED_RESOURCES, OPTIONAL_KINDS } from '../listed-resources.ts';
import { listName, listPath, qualifiedPlural } from './resources.ts';

const DOCUMENT = readFileSync(join(import.meta.dirname, '../../../docs/kubernetes.md'), 'utf8');

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const rules: readonly Rule[] = parse(/```yaml\n([\s\S]*?)```/.exec(DOCUMENT)?.[1] ?? '').rules;
const allows = (group: string, resource: string): boolean =>
  rules.some(({ apiGroups, resources }) => apiGroups.includes(group) && (resources.includes(resource) || resources.includes('*')));

describe('the ClusterRole in the documentation', () => {
  test.each(LISTED_RESOURCES.map((resource) => [qualifiedPlural(resource), resource] as const))(
    'lets %s be listed',
    (_name, { group, plural }) => {
      expect(allows(group, plural)).toBe(true);
    },
  );

  test.each([...OPTIONAL_KINDS].flatMap(([group, kinds]) => [...(kinds ?? ['K8sX'])].map((kind) => [group, kind] as const)))(
    'lets %s %s be listed',
    (group, kind) => {
      const plural = kind.toLowerCase().replace(/y$/, 'ie');
      expect(allows(group, `${plural}s`)).toBe(true);
    },
  );

  test('gives nothing but lists, and lists nothing that is not asked for', () => {
    expect([...new Set(rules.flatMap(({ verbs }) => verbs))]).toEqual(['list']);
    const known = new Set([...LISTED_RESOURCES.map(({ group }) => group), ...OPTIONAL_KINDS.keys()]);
    expect(rules.flatMap(({ apiGroups }) => apiGroups).filter((group) => !known.has(group))).toEqual([]);
    const plurals = new Set(LISTED_RESOURCES.map(({ plural }) => plural));
    const others = rules
      .flatMap(({ resources }) => resources)
      .filter((one) => one !== '*' && !plurals.has(one) && !/admissionpolic/.test(one));
    expect(others).toEqual([]);
  });
});

describe('the table of lists', () => {
  test.each(LISTED_RESOURCES.map((resource) => [qualifiedPlural(resource), resource] as const))(
    '%s has a place in the inventory',
    (_name, { kind, group }) => {
      expect(readerOf(kind, group)).toBeDefined();
    },
  );

  test.each([...OPTIONAL_KINDS].flatMap(([group, kinds]) => [...(kinds ?? ['K8sX'])].map((kind) => [group, kind] as const)))(
    '%s %s has one too',
    (group, kind) => {
      expect(readerOf(kind, group)).toBeDefined();
    },
  );

  test('names no list twice', () => {
    expect(new Set(LISTED_RESOURCES.map((resource) => listPath(resource))).size).toBe(LISTED_RESOURCES.length);
  });

  test('an optional list is named with its group, as its plural may be another one’s', () => {
    const calico = {
      plural: 'networkpolicies',
      kind: 'NetworkPolicy',
      group: 'crd.projectcalico.org',
      version: 'v1',
      namespaced: true,
      optional: true,
    } as const;
    expect([listName(calico), ...LISTED_RESOURCES.filter(({ plural }) => plural === 'networkpolicies').map(listName)]).toEqual([
      'networkpolicies.crd.projectcalico.org',
      'networkpolicies',
    ]);
  });
});
