type Cell = string | number | boolean | undefined;

/**
 * A cell that a spreadsheet cannot take for a formula: text that begins with = + - @, a tab or a carriage return gets an
 * apostrophe in front (OWASP, "CSV Injection"), numbers stay numbers; quoted where RFC 4180 demands it.
 */
function cell(value: Cell): string {
  if (value === undefined) return '';
  const text = String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe.startsWith("'") ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180 with CRLF: one line of headings, then one line per row. */
export function toCsv(headings: readonly string[], rows: Iterable<readonly Cell[]>): string {
  const lines = [headings.map(cell).join(',')];
  for (const row of rows) lines.push(row.map(cell).join(','));
  return `${lines.join('\r\n')}\r\n`;
}
