/** One line of the result: what was measured, beside what it is held against, and what the issue wants. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly against: string;
  readonly ratio?: number;
  /** Undefined where the number is told for orientation only. */
  readonly target?: { readonly says: string; readonly reached: boolean };
}

/** The rows as one Markdown table. */
export function markdownTable(rows: readonly Row[]): string {
  const cells = rows.map(({ what, measured, against, ratio, target }) => [
    what,
    measured,
    against,
    ratio === undefined ? '' : `${ratio.toFixed(2)} ×`,
    target?.says ?? '',
    target === undefined ? '' : target.reached ? 'yes' : '**no**',
  ]);
  const head = ['What', 'Measured', 'Against', 'Ratio', 'Target', 'Reached'];
  const line = (row: readonly string[]): string => `| ${row.join(' | ')} |`;
  return [line(head), line(['---', '---:', '---:', '---:', '---', '---']), ...cells.map(line)].join('\n');
}

export const seconds = (ms: number): string => (ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms.toFixed(0)} ms`);
export const milliseconds = (ms: number): string => (ms < 0.1 ? `${(ms * 1000).toFixed(1)} µs` : `${ms.toFixed(ms < 10 ? 2 : 0)} ms`);
export const mebibytes = (mib: number): string => `${mib.toFixed(0)} MiB`;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
