import { SEVERITIES, type Severity, type Summary } from '../summary.ts';

const rank = (severity: Severity): number => SEVERITIES.indexOf(severity);

/** The worse of two. */
export const worse = (one: Severity, other: Severity): Severity => (rank(one) <= rank(other) ? one : other);

/** The severity, but no worse than the bound. */
export const atMost = (severity: Severity, bound: Severity): Severity => (rank(severity) < rank(bound) ? bound : severity);

/** One step milder; what is low stays low. */
export const milder = (severity: Severity): Severity => SEVERITIES[Math.min(rank(severity) + 1, rank('low'))] as Severity;

export const worstOf = (severities: Iterable<Severity>): Severity => {
  let worst: Severity = 'none';
  for (const severity of severities) worst = worse(worst, severity);
  return worst;
};

/** Whether something of a group that is worth an alarm is reached, and how surely. */
export function reaches({ groups }: Summary, wanted: Summary['groups'][number]['group']): 'certain' | 'conditional' | undefined {
  const found = groups.find(({ group }) => group === wanted);
  return found === undefined ? undefined : found.certain > 0 ? 'certain' : 'conditional';
}
