import { describe, expect, test } from 'vitest';
import type { Gap } from '../../inventory/gap.ts';
import { cluster } from '../../inventory/testing/cluster.ts';
import { existence, unread } from './coverage.ts';

const gap = (more: Partial<Gap>): Gap => ({
  id: 'g',
  source: 'kubernetes',
  what: 'secrets',
  why: 'forbidden',
  remedy: 'grant it',
  ...more,
});
const world = (...gaps: Gap[]) => ({ ...cluster().secret('a/known').serviceAccount('a/known').inventory(), gaps });

describe('absence means nothing', () => {
  test.each([
    ['where no secret was read at all', { ...cluster().inventory(), gaps: [] }],
    ['where secrets could not be listed anywhere', world(gap({}))],
    ['in a namespace that the gap names', world(gap({ namespaces: ['a', 'b'] }))],
    ['in a namespace that the gap does not except', world(gap({ exceptNamespaces: ['b'] }))],
    ['where several lists were cut short, this one among them', world(gap({ what: 'pods, secrets', resources: ['pods', 'secrets'] }))],
  ])('%s', (_name, inventory) => expect(unread(inventory, 'secrets')('a')).toBe(true));
});

describe('absence is an answer', () => {
  test.each([
    ['where there is no gap', world()],
    ['in a namespace that the gap does not name', world(gap({ namespaces: ['b'] }))],
    ['in a namespace that the gap excepts', world(gap({ exceptNamespaces: ['a'] }))],
    ['where the gap is about something else', world(gap({ what: 'pods', resources: ['pods'] }))],
    ['where the gap is about service accounts', world(gap({ what: 'serviceaccounts' }))],
    [
      'where the gap is about service accounts, of which there is none',
      { ...cluster().inventory(), gaps: [gap({ what: 'serviceaccounts' })] },
    ],
  ])('%s', (_name, inventory) => expect(unread(inventory, 'secrets')('a')).toBe(false));
});

test('a service account exists when it was read, or may exist where they could not be', () => {
  expect(existence(world())('a', 'known')).toBe(true);
  expect(existence(world())('a', 'other')).toBe(false);
  expect(existence(world(gap({ what: 'serviceaccounts' })))('a', 'other')).toBe(true);
});
