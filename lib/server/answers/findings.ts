import type * as z from 'zod';
import { type Found, type FoundRow, findFindings } from '../../analysis/find-findings.ts';
import { worstOf } from '../../analysis/finding-facts/severity.ts';
import { FINDING_IDS } from '../../analysis/findings/index.ts';
import type { FindingAnswer, FindingRow, FindingSummary, FindingsAnswer } from '../../api/findings-contract.ts';
import type { FindingRequest, FindingsRequest } from '../../api/requests.ts';
import type { Dataset } from '../dataset.ts';
import { Refused } from '../problem.ts';
import { nodeSummary } from './parts.ts';

const made = new WeakMap<Dataset, readonly Found[]>();

/** Every finding that holds in a dataset, worked out when first asked for. */
function foundIn(data: Dataset): readonly Found[] {
  let found = made.get(data);
  if (found === undefined) {
    found = findFindings(data);
    made.set(data, found);
  }
  return found;
}

type Filters = Pick<z.infer<typeof FindingsRequest>, 'severity' | 'namespace' | 'q'>;

/** The namespace that a row is about: its subject's, or the subject itself. */
const namespaceOf = ({ subject: { kind, namespace, name } }: FoundRow): string | undefined => (kind === 'Namespace' ? name : namespace);

function fits({ title }: Found['finding'], row: FoundRow, { severity, namespace, q }: Filters): boolean {
  if (severity !== undefined && row.severity !== severity) return false;
  if (namespace !== undefined && namespaceOf(row) !== namespace) return false;
  const needle = q.trim().toLowerCase();
  const { kind, namespace: home = '', name } = row.subject;
  return needle === '' || `${title}\n${kind} ${home}/${name}\n${row.whyHere}`.toLowerCase().includes(needle);
}

const fitting = ({ finding, rows }: Found, filters: Filters): readonly FoundRow[] => rows.filter((row) => fits(finding, row, filters));

function summaryOf({ finding, population }: Found, rows: readonly FoundRow[]): FindingSummary {
  return {
    id: finding.id,
    title: finding.title,
    class: finding.class,
    severity: worstOf(rows.map(({ severity }) => severity)),
    count: rows.reduce((sum, { counts = 1 }) => sum + counts, 0),
    of: population,
    rows: rows.length,
  };
}

const RANK: Readonly<Record<string, number>> = { critical: 0, high: 1, medium: 2, low: 3, none: 4 };

/** The findings that hold where the filters look, worst first. */
export function findingsAnswer(data: Dataset, { class: wanted, ...filters }: z.infer<typeof FindingsRequest>): FindingsAnswer {
  const found = foundIn(data);
  const namespaces = new Set(found.flatMap(({ rows }) => rows.flatMap((row) => namespaceOf(row) ?? [])));
  const shown = found
    .filter(({ finding }) => wanted === undefined || finding.class === wanted)
    .map((one) => ({ one, rows: fitting(one, filters) }))
    .filter(({ rows }) => rows.length > 0)
    .map(({ one, rows }) => summaryOf(one, rows));
  return {
    looked: FINDING_IDS.length,
    findings: shown.sort((a, b) => (RANK[a.severity] as number) - (RANK[b.severity] as number)),
    namespaces: [...namespaces].sort(),
  };
}

/** More rows than this nobody reads on a screen; the command line has them all. */
const MOST_ROWS = 2000;
const MOST_EVIDENCE = 12;

function rowOf({ graph }: Dataset, { identity, severity, subject, whyHere, counts = 1, evidence, fix }: FoundRow): FindingRow {
  const { node, ...names } = subject;
  return {
    identity,
    severity,
    subject: { ...names, ...(node === undefined ? {} : { node: nodeSummary(graph, node) }) },
    whyHere,
    counts,
    evidence: evidence.slice(0, MOST_EVIDENCE),
    moreEvidence: Math.max(0, evidence.length - MOST_EVIDENCE),
    fix,
  };
}

/** One finding with its rows; 404 where nothing in the data fits, as it may have been mended since the link was made. */
export function findingAnswer(data: Dataset, { id, ...filters }: z.infer<typeof FindingRequest>): FindingAnswer {
  const one = foundIn(data).find(({ finding }) => finding.id === id);
  if (one === undefined)
    throw new Refused(404, 'No such finding', `nothing in the data is \`${id}\`; it may have been mended since the link was made`);
  const { why, remediation, misses, references, prevention } = one.finding;
  const rows = fitting(one, filters);
  return {
    ...summaryOf(one, rows),
    why,
    remediation,
    ...(misses === undefined ? {} : { misses }),
    references,
    prevention,
    list: rows.slice(0, MOST_ROWS).map((row) => rowOf(data, row)),
  };
}
