import { peekPage } from './page.ts';
import { type Answer, fetchAnswer } from './request.ts';
import type { Run } from './run.ts';

/** Pages of one list, some of them asked for before they are wanted. */
export interface PageQueue {
  /** The answer for the page at `token`; undefined: the first page. A page that is asked for again is fetched again. */
  take(token: string | undefined): Promise<Answer>;
}

interface Fetch {
  readonly token: string | undefined;
  readonly answer: Promise<Answer>;
}

/**
 * Two pages ahead: while one is parsed, the next is being decompressed off the main thread, and the server works on the one after.
 * The token of the following page stands in the first bytes of a page, so nothing waits for the parser.
 */
const PAGES_AHEAD = 2;

/** `request` gives path and Accept header for the page at a token. */
export function createPageQueue(
  run: Run,
  request: (token: string | undefined) => { readonly path: string; readonly accept?: string },
): PageQueue {
  let ahead: Fetch[] = [];
  /** The token after the newest page, once its first bytes are there. */
  let following: string | undefined;
  let newest: Fetch | undefined;
  const pump = (): void => {
    if (following === undefined || ahead.length >= PAGES_AHEAD) return;
    const token = following;
    following = undefined;
    if (token !== newest?.token) ahead.push(start(token));
  };
  const start = (token: string | undefined): Fetch => {
    const fetch = { token, answer: fetchAnswer(run, request(token)) };
    newest = fetch;
    const noteFollowing = (answer: Answer): void => {
      if (newest !== fetch || answer.state !== 'ok') return;
      following = peekPage(answer.packed.head)?.continueToken;
      pump();
    };
    // A page ahead may never be taken; whoever takes it still sees its error.
    fetch.answer.then(noteFollowing, () => undefined);
    return fetch;
  };
  return {
    take: (token) => {
      const first = ahead.shift();
      if (first === undefined || first.token !== token) {
        ahead = [];
        following = undefined;
        return start(token).answer;
      }
      pump();
      return first.answer;
    },
  };
}
