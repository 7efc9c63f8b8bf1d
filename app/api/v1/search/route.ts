import { parameters, SearchRequest } from '../../../../lib/api/requests.ts';
import { searchAnswer } from '../../../../lib/server/answers/search.ts';
import { answer } from '../../../../lib/server/problem.ts';
import { dataset } from '../../../../lib/server/store.ts';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answer(() => searchAnswer(dataset(), SearchRequest.parse(parameters(new URL(request.url).searchParams))));
}
