import { answer } from '../../../../lib/server/problem.ts';
import { reload, status } from '../../../../lib/server/store.ts';

export const dynamic = 'force-dynamic';

/** Answers when the data is read, or says why it could not be. */
export function POST(): Promise<Response> {
  return answer(async () => {
    await reload();
    return status();
  });
}
