import { describe, expect, it } from 'vitest';
import { sentenceCase } from './sentence-case.ts';

describe('sentenceCase', () => {
  it.each([
    ['a label', 'cloud roles', 'Cloud roles'],
    ['one that is large already', 'AWS roles', 'AWS roles'],
    ['a number', '3 nodes', '3 nodes'],
    ['nothing', '', ''],
    ['a letter outside the basic plane', '𐐨x', '𐐀x'],
  ])('%s', (_name, text, want) => expect(sentenceCase(text)).toBe(want));
});
