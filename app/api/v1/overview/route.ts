import { overviewAnswer } from '../../../../lib/server/answers/overview.ts';
import { answer } from '../../../../lib/server/problem.ts';
import { dataset } from '../../../../lib/server/store.ts';

export const dynamic = 'force-dynamic';

export function GET(): Promise<Response> {
  return answer(() => overviewAnswer(dataset()));
}
