import { answer } from '../../../../lib/server/problem.ts';
import { status } from '../../../../lib/server/store.ts';

export const dynamic = 'force-dynamic';

export function GET(): Promise<Response> {
  return answer(status);
}
