import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';

const cellOf = (value: string | number | boolean | undefined) =>
  toCsv(['h'], [[value]])
    .split('\r\n')
    .slice(1, -1)
    .join('\r\n');

describe('toCsv', () => {
  it.each([
    ['a formula', '=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['a plus', '+1', `"'+1"`],
    ['a minus', '-2+3', `"'-2+3"`],
    ['an at', '@SUM(A1)', `"'@SUM(A1)"`],
    ['a tab', '\t=1', `"'\t=1"`],
    ['a carriage return', '\r=1', `"'\r=1"`],
  ])('defuses %s', (_name, value, want) => expect(cellOf(value)).toBe(want));

  it.each([
    ['a name', 'shop/api', 'shop/api'],
    ['a sign inside', 'a=b', 'a=b'],
    ['a negative number, which is no text', -5, '-5'],
    ['zero', 0, '0'],
    ['a truth', true, 'true'],
    ['nothing', undefined, ''],
    ['the empty text', '', ''],
    ['another script', 'данные', 'данные'],
  ])('leaves %s alone', (_name, value, want) => expect(cellOf(value)).toBe(want));

  it.each([
    ['a comma', 'a,b', '"a,b"'],
    ['a quote', 'a"b', '"a""b"'],
    ['a line break', 'a\nb', '"a\nb"'],
  ])('quotes %s', (_name, value, want) => expect(cellOf(value)).toBe(want));

  it('writes one line per row and ends the last one', () =>
    expect(
      toCsv(
        ['a', 'b'],
        [
          ['x', 1],
          ['y', undefined],
        ],
      ),
    ).toBe('a,b\r\nx,1\r\ny,\r\n'));
  it('writes the headings of no rows', () => expect(toCsv(['a'], [])).toBe('a\r\n'));
});
