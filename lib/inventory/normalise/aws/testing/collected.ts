import { awsOriginOf, createAwsCollector, normaliseAwsAnswer } from '../../aws-answer.ts';

export const ACCOUNT = '123456789012';
export const OTHER_ACCOUNT = '210987654321';

/** What stands in one file of a snapshot. */
export type StoredAnswer = readonly [path: string, answer: unknown];

/** What a snapshot of these files makes: whether each was known, the records, the gaps. */
export function collected(...answers: readonly StoredAnswer[]) {
  const collector = createAwsCollector();
  const known = answers.map(([path, answer]) => normaliseAwsAnswer(answer, awsOriginOf(path), collector));
  return { known, ...collector.finish() };
}
