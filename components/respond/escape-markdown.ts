/** Control characters, line separators: they end what stands in one line. */
const BREAKS = /[\p{Cc}\u2028\u2029]+/gu;

/** Text that Markdown and HTML inside it leave alone: names come from attackers. Line breaks become spaces. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(BREAKS, ' ')
    .replace(/[\\`*_{}[\]<>()#+!|~]/g, '\\$&')
    .replace(/&/g, '&amp;');
}

/** A fence longer than any run of backticks in the text. */
function fenceFor(text: string, least: number): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
  return '`'.repeat(Math.max(least, longest + 1));
}

/** A name or a command as inline code: the fence is longer than any run of backticks in it. */
export function codeSpan(text: string): string {
  const clean = text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ');
  const fence = fenceFor(clean, 1);
  const pad = clean.startsWith('`') || clean.endsWith('`') || clean === '' ? ' ' : '';
  return `${fence}${pad}${clean}${pad}${fence}`;
}

/** Inline code in a table, where a pipe would end the cell, and the mark before it is taken away again. Source: https://github.github.com/gfm/#tables-extension-. */
export const codeCell = (text: string): string => codeSpan(text).replaceAll('|', '\\|');

/**
 * A command or a script as a block of code, to be copied as it is: the fence is longer than any run of backticks in it. Line breaks
 * and tabs stay; other control characters and direction marks, which would show another command than the one that runs, are written out.
 */
export function codeBlock(text: string, language: string): string {
  const shown = text.replace(
    /[^\P{Cc}\n\t]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
    (mark) => `\\u{${mark.codePointAt(0)?.toString(16)}}`,
  );
  const fence = fenceFor(shown, 3);
  return `${fence}${language}\n${shown}\n${fence}`;
}

/** A sentence in which `…` marks names and commands: those become code, the rest is escaped. An odd number of marks is no markup. */
export function proseMarkdown(text: string): string {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return escapeMarkdown(text);
  return parts.map((part, index) => (index % 2 === 0 ? escapeMarkdown(part) : codeSpan(part))).join('');
}
