import { identityOf } from './finding-facts/identity.ts';
import { worse, worstOf } from './finding-facts/severity.ts';
import { type FindingBase, FindingWorld } from './finding-facts/world.ts';
import type { Finding, FindingRow, Population } from './findings/finding.ts';
import { findings as registry } from './findings/index.ts';
import { SEVERITIES, type Severity } from './summary.ts';

/** A row with what the registry leaves to the runner. */
export interface FoundRow extends FindingRow {
  readonly identity: string;
  readonly severity: Severity;
}

/** A finding that holds somewhere: its rows, the worst first. */
export interface Found {
  readonly finding: Finding;
  /** Of its worst row. */
  readonly severity: Severity;
  /** How many of the population: what rows stand for, added up. */
  readonly count: number;
  readonly population: Population;
  readonly rows: readonly [FoundRow, ...FoundRow[]];
}

const nameOf = ({ subject, part }: FindingRow): string => [subject.namespace ?? '', subject.kind, subject.name, part ?? ''].join('\n');

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

type Ordered = FoundRow & { readonly order: string };

/** Rows that would have one identity as one: the worse of them, with the evidence of both. In a cloud's policy the same grant may stand twice. */
function merged(rows: readonly Ordered[]): Ordered[] {
  const found = new Map<string, Ordered>();
  for (const row of rows) {
    const known = found.get(row.identity);
    if (known === undefined) found.set(row.identity, row);
    else {
      const [first, second] = worse(known.severity, row.severity) === known.severity ? [known, row] : [row, known];
      found.set(row.identity, { ...first, evidence: [...first.evidence, ...second.evidence] });
    }
  }
  return [...found.values()];
}

function rowsOf(finding: Finding, world: FindingWorld): readonly FoundRow[] {
  const all = [...finding.find(world)].map(
    (row): Ordered => ({
      ...row,
      severity: row.severity ?? finding.severity,
      identity: identityOf(finding.id, row),
      order: nameOf(row),
    }),
  );
  const rows = merged(all);
  rows.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || byText(a.order, b.order));
  return rows.map(({ order: _, ...row }) => row);
}

/** Looks for every finding of the registry, or for those with these ids; the worst come first, equals in the registry's order. */
export function findFindings(base: FindingBase, ids?: ReadonlySet<string>): readonly Found[] {
  const world = new FindingWorld(base);
  const found = registry
    .filter(({ id }) => ids === undefined || ids.has(id))
    .flatMap((finding): Found[] => {
      const [first, ...rest] = rowsOf(finding, world);
      if (first === undefined) return [];
      const rows = [first, ...rest] as const;
      const count = rows.reduce((sum, { counts = 1 }) => sum + counts, 0);
      const population = finding.population(world);
      return [{ finding, severity: worstOf(rows.map(({ severity }) => severity)), count, population, rows }];
    });
  return found.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}
