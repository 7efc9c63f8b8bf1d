import { ChokePointsRequest, CUTS_LISTS, parameters } from '../../../../lib/api/requests.ts';
import { chokePointsAnswer } from '../../../../lib/server/answers/cuts.ts';
import { answer } from '../../../../lib/server/problem.ts';
import { dataset } from '../../../../lib/server/store.ts';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answer(() => chokePointsAnswer(dataset(), ChokePointsRequest.parse(parameters(new URL(request.url).searchParams, CUTS_LISTS))));
}
