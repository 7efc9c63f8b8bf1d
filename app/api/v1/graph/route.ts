import { GraphRequest, parameters } from '../../../../lib/api/requests.ts';
import { graphAnswer } from '../../../../lib/server/answers/graph.ts';
import { answer } from '../../../../lib/server/problem.ts';
import { dataset } from '../../../../lib/server/store.ts';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answer(() => graphAnswer(dataset(), GraphRequest.parse(parameters(new URL(request.url).searchParams))));
}
