import { describe, expect, it } from 'vitest';
import { CERTAINTIES, NODE_KINDS, TECHNIQUE_CLASSES } from '../../lib/graph/kinds.ts';
import { DASHES, styleOf } from './style.ts';
import { CLASSES } from './technique-classes.ts';

describe('style', () => {
  it.each([...NODE_KINDS])('%s has a shape, a glyph and a name', (kind) => {
    const style = styleOf(kind);
    expect(style.shape).toMatch(/^M[\d .a-zA-Z-]+$/);
    expect(style.glyph).toMatch(/^M[\d .a-zA-Z-]+$/);
    expect(style.caption).not.toBe('');
  });

  it('draws no two kinds alike', () => {
    const looks = NODE_KINDS.map((kind) => JSON.stringify([styleOf(kind).shape, styleOf(kind).glyph]));
    expect(new Set(looks).size).toBe(NODE_KINDS.length);
  });

  it('dashes what is not certain, and broken in its own way', () => {
    const whole = CERTAINTIES.filter((certainty) => DASHES[certainty] === undefined);
    expect(whole).toEqual(['certain', 'wired']);
    expect(DASHES.broken).not.toEqual(DASHES.possible);
  });

  it('filters by every class of technique', () => expect([...CLASSES].sort()).toEqual([...TECHNIQUE_CLASSES].sort()));
});
