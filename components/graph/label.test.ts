import { describe, expect, it } from 'vitest';
import { fitLines, fitMiddle, oneLine } from './label.ts';

const measure = (text: string) => Array.from(text).length;

describe('oneLine', () => {
  it.each([
    { name: 'a plain name stays', text: 'api-7f9c', line: 'api-7f9c' },
    { name: 'Arabic stays', text: 'حساب', line: 'حساب' },
    { name: 'HTML stays text', text: '<img src=x>', line: '<img src=x>' },
    { name: 'a newline goes', text: 'a\nb', line: 'a·b' },
    { name: 'a right-to-left override goes', text: 'a\u202egpj', line: 'a·gpj' },
    { name: 'a zero-width space goes', text: 'a\u200bb', line: 'a·b' },
    { name: 'an escape goes', text: '\u001b[31m', line: '·[31m' },
  ])('$name', ({ text, line }) => expect(oneLine(text)).toBe(line));

  it('ends', () => expect(oneLine('x'.repeat(100_000)).length).toBe(300));
});

describe('fitMiddle', () => {
  it.each([
    { name: 'what fits is left alone', text: 'abcdef', width: 6, fits: 'abcdef' },
    { name: 'the middle goes', text: 'abcdefghij', width: 7, fits: 'abc…hij' },
    { name: 'no half of a pair is left', text: '😀😁😂😃😄😅', width: 3, fits: '😀…😅' },
    { name: 'room for nothing leaves an ellipsis', text: 'abc', width: 1, fits: '…' },
  ])('$name', ({ text, width, fits }) => expect(fitMiddle(text, width, measure)).toBe(fits));
});

describe('fitLines', () => {
  it.each([
    { name: 'one line', text: 'api', width: 10, lines: ['api'] },
    { name: 'broken after a joint', text: 'argo-server-one', width: 12, lines: ['argo-server-', 'one'] },
    { name: 'broken within a word rather than cut', text: 'argo-applications', width: 10, lines: ['argo-appli', 'cations'] },
    { name: 'cut on the second line', text: 'a'.repeat(30), width: 10, lines: ['aaaaaaaaaa', 'aaaaa…aaaa'] },
  ])('$name', ({ text, width, lines }) => expect(fitLines(text, width, measure)).toEqual(lines));
});
