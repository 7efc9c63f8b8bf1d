import { type FoundRow, findFindings } from './find-findings.ts';
import type { FindingBase } from './finding-facts/world.ts';
import { SEVERITIES, type Severity } from './summary.ts';

/** Places where a finding holds in one world and not, or less badly, in another. */
export interface FindingChange {
  readonly finding: string;
  readonly title: string;
  /** Of the worst of them. */
  readonly severity: Severity;
  /** Worst first. */
  readonly rows: readonly [FoundRow, ...FoundRow[]];
}

const rank = (severity: Severity): number => SEVERITIES.indexOf(severity);

type Titled = FoundRow & { readonly finding: string; readonly title: string };

/** The rows of a world that is asked again and again, as the one that was read is. */
const remembered = new WeakMap<FindingBase, ReadonlyMap<string, Titled>>();

function rememberedRows(base: FindingBase): ReadonlyMap<string, Titled> {
  const rows = remembered.get(base) ?? rowsOf(base);
  remembered.set(base, rows);
  return rows;
}

function rowsOf(base: FindingBase): ReadonlyMap<string, Titled> {
  const rows = findFindings(base).flatMap(({ finding, rows: own }) =>
    own.map((row): Titled => ({ ...row, finding: finding.id, title: finding.title })),
  );
  return new Map(rows.map((row) => [row.identity, row]));
}

/** Rows of one world that the other has not, or has less badly, by finding. */
function beyond(one: ReadonlyMap<string, Titled>, other: ReadonlyMap<string, Titled>): readonly FindingChange[] {
  const rows = [...one.values()].filter(({ identity, severity }) => rank(severity) < rank(other.get(identity)?.severity ?? 'none'));
  const found = [...Map.groupBy(rows, ({ finding }) => finding).values()].map((group): FindingChange => {
    const sorted = group.sort((a, b) => rank(a.severity) - rank(b.severity)) as [Titled, ...Titled[]];
    const [{ finding, title, severity }] = sorted;
    return { finding, title, severity, rows: sorted };
  });
  return found.sort((a, b) => rank(a.severity) - rank(b.severity) || (a.finding < b.finding ? -1 : 1));
}

/** Findings that changes make, or make worse, and those that they mend. */
export function findingChanges(
  base: FindingBase,
  changed: FindingBase,
): { readonly opened: readonly FindingChange[]; readonly fixed: readonly FindingChange[] } {
  const [before, after] = [rememberedRows(base), rowsOf(changed)];
  return { opened: beyond(after, before), fixed: beyond(before, after) };
}
