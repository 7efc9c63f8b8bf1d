import { SEVERITIES, type Severity } from '../analysis/summary.ts';
import { BadUse } from './bad-use.ts';

/** 0: answered and nothing to fail on; 1: something at or above the severity that the caller named. Bad use is 2, by `main`. */
export type ExitCode = 0 | 1;

const NAMED = SEVERITIES.filter((severity) => severity !== 'none');

/** The severity of `--fail-on`; undefined: not given, and nothing fails. Throws BadUse for what is no severity. */
export function failOnOf(text: string | undefined): Severity | undefined {
  if (text === undefined) return undefined;
  const severity = NAMED.find((one) => one === text);
  if (severity === undefined)
    throw new BadUse(`\`--fail-on ${text}\` is no severity; give one of ${NAMED.map((one) => `\`${one}\``).join(', ')}`);
  return severity;
}

/** 1 where one of the severities is as bad as the one to fail on, or worse. */
export function exitCodeOf(failOn: Severity | undefined, found: Iterable<Severity>): ExitCode {
  if (failOn === undefined) return 0;
  const bound = SEVERITIES.indexOf(failOn);
  for (const severity of found) if (SEVERITIES.indexOf(severity) <= bound) return 1;
  return 0;
}
