import type { Refusal } from './rest-reader.ts';

/** What an HTTP status means that has the same meaning in every cloud; undefined: its cloud has to say. `cloud` is its name. */
export function commonRefusal(status: number, cloud: string): Refusal | undefined {
  if (status === 429) return { why: `${cloud} is too busy and stays so (429)`, remedy: 'collect again later, or fewer accounts at once' };
  if (status >= 500) return { why: `${cloud} failed and stays so (${status})`, remedy: 'collect again later' };
  if (status >= 300 && status < 400) {
    return {
      why: `the answer redirects elsewhere (${status}), which is not followed`,
      remedy: 'look for a proxy that answers in place of the cloud',
    };
  }
  return undefined;
}

/** A code word of an error answer as far as it may stand in a message: letters, digits, `_` and `.`. */
export function codeWord(word: unknown): string | undefined {
  return typeof word === 'string' && /^[A-Za-z][A-Za-z0-9_.]{1,80}$/.test(word) ? word : undefined;
}
