import { expect, test } from 'vitest';
import { printable } from './printable.ts';

test.each<[string, string, string]>([
  ['colours', 'a\u001b[31mb', 'a\\u{1b}[31mb'],
  ['the title of the window', '\u001b]0;x\u0007', '\\u{1b}]0;x\\u{7}'],
  ['the eight-bit form of the same', '\u009b31m', '\\u{9b}31m'],
  ['a line that looks like another message', 'x\ngap: y\r', 'x\\u{a}gap: y\\u{d}'],
  ['a change of direction', 'a\u202eb', 'a\\u{202e}b'],
  ['what nobody sees', 'a\u200bb', 'a\\u{200b}b'],
  ['names in every script', 'Füße 中文 עברית 🙂', 'Füße 中文 עברית 🙂'],
  ['paths and quotes', '`C:\\x` "y" — z…', '`C:\\x` "y" — z…'],
])('%s', (_name, text, shown) => expect(printable(text)).toBe(shown));
