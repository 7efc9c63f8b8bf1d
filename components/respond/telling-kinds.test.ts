import { describe, expect, it } from 'vitest';
import type { NodeKind } from '../../lib/graph/kinds.ts';
import { tellingKinds } from './telling-kinds.ts';

const counts = (...pairs: readonly (readonly [NodeKind, number])[]) => pairs.map(([kind, count]) => ({ kind, count }));
const kinds = (given: readonly (readonly [NodeKind, number])[], most: number) => tellingKinds(counts(...given), most);

describe('tellingKinds', () => {
  it('puts what falls hardest first, then the most numerous', () =>
    expect(
      kinds(
        [
          ['role', 2],
          ['group', 24],
          ['secret', 9],
          ['cluster-admin', 1],
        ],
        5,
      ).shown.map(({ kind }) => kind),
    ).toEqual(['cluster-admin', 'secret', 'group', 'role']));
  it('counts what it leaves out', () =>
    expect(
      kinds(
        [
          ['role', 2],
          ['group', 24],
          ['secret', 9],
          ['pod', 1],
        ],
        2,
      ),
    ).toEqual({ shown: counts(['secret', 9], ['pod', 1]), others: 26 }));
  it('does not say "1 other kind" where the kind itself has room', () =>
    expect(
      kinds(
        [
          ['role', 2],
          ['secret', 9],
          ['pod', 1],
        ],
        2,
      ),
    ).toMatchObject({ others: 0 }));
  it('stays silent about nothing', () => expect(kinds([], 3)).toEqual({ shown: [], others: 0 }));
});
