import { CUTS_LISTS, CutsRequest, parameters } from '../../../../lib/api/requests.ts';
import { cutsAnswer } from '../../../../lib/server/answers/cuts.ts';
import { answer } from '../../../../lib/server/problem.ts';
import { dataset } from '../../../../lib/server/store.ts';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answer(() => cutsAnswer(dataset(), CutsRequest.parse(parameters(new URL(request.url).searchParams, CUTS_LISTS))));
}
