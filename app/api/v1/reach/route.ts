import { parameters, ReachRequest } from '../../../../lib/api/requests.ts';
import { reachAnswer } from '../../../../lib/server/answers/reach.ts';
import { answer } from '../../../../lib/server/problem.ts';
import { dataset } from '../../../../lib/server/store.ts';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answer(() => reachAnswer(dataset(), ReachRequest.parse(parameters(new URL(request.url).searchParams))));
}
