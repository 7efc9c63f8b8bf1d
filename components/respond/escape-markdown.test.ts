import { describe, expect, it } from 'vitest';
import { codeBlock, codeCell, codeSpan, escapeMarkdown, proseMarkdown } from './escape-markdown.ts';

describe('escapeMarkdown', () => {
  it.each([
    ['a tag', '<img src=x onerror=alert(1)>', '\\<img src=x onerror=alert\\(1\\)\\>'],
    ['a link', '[x](http://y)', '\\[x\\]\\(http://y\\)'],
    ['emphasis', '**a** _b_', '\\*\\*a\\*\\* \\_b\\_'],
    ['an entity', '&lt;', '&amp;lt;'],
    ['line breaks', 'a\n# b', 'a \\# b'],
    ['a table cell', 'a|b', 'a\\|b'],
  ])('disarms %s', (_name, text, want) => expect(escapeMarkdown(text)).toBe(want));

  it.each([
    ['a sentence', 'cluster admin in 2 hops, 214 secrets'],
    ['another script', 'данные'],
  ])('leaves %s alone', (_name, text) => expect(escapeMarkdown(text)).toBe(text));
});

describe('codeSpan', () => {
  it.each([
    ['a name', 'shop/api', '`shop/api`'],
    ['a backtick inside', 'a`b', '``a`b``'],
    ['a run of backticks', 'a```b', '````a```b````'],
    ['backticks at the end', 'a`', '`` a` ``'],
    ['a command with a pipe', 'a | b', '`a | b`'],
    ['line breaks and direction marks', 'a\nb\u202ec', '`a b c`'],
    ['nothing', '', '`  `'],
  ])('%s', (_name, text, want) => expect(codeSpan(text)).toBe(want));
});

it('codeCell: a pipe ends no cell of a table', () => expect(codeCell('a|b`')).toBe('`` a\\|b` ``'));

describe('codeBlock', () => {
  it.each([
    ['a command', 'kubectl get pods', '```sh\nkubectl get pods\n```'],
    ['a script keeps its lines', 'a &&\n\tb', '```sh\na &&\n\tb\n```'],
    ['a name that would end the block', "kubectl delete '\n```\n# x'", "````sh\nkubectl delete '\n```\n# x'\n````"],
    ['a name that would hide what runs', 'a\u001b[2K\r\u202eb', '```sh\na\\u{1b}[2K\\u{d}\\u{202e}b\n```'],
  ])('%s', (_name, text, want) => expect(codeBlock(text, 'sh')).toBe(want));
});

describe('proseMarkdown', () => {
  it.each([
    ['names are code', 'remove `shop/api` from `x`', 'remove `shop/api` from `x`'],
    ['what is around them is escaped', '<b> of `a*b`', '\\<b\\> of `a*b`'],
    ['a name with a mark of its own is no markup', 'remove `a`b`', 'remove \\`a\\`b\\`'],
    ['plain text', 'nothing here', 'nothing here'],
  ])('%s', (_name, text, want) => expect(proseMarkdown(text)).toBe(want));
});
