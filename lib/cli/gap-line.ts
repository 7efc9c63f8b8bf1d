import type { Gap } from '../inventory/gap.ts';
import { printable } from './printable.ts';

/** A gap as one line for stderr: what, where, why, what to do. */
export function gapLine({ what, file, line, where, why, remedy }: Gap): string {
  // A file that holds nothing readable is also all that the gap is limited to.
  const places = new Set([file, line === undefined ? undefined : `line ${line}`, where]);
  const place = [...places].filter((one) => one !== undefined && one !== '').join(', ');
  return printable(`gap: ${what}${place === '' ? '' : ` (${place})`}: ${why}; ${remedy}`);
}
