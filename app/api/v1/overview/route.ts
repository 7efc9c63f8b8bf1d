import { CUTS_LISTS, OverviewRequest, parameters } from '../../../../lib/api/requests.ts';
import { overviewAnswer } from '../../../../lib/server/answers/overview.ts';
import { answer } from '../../../../lib/server/problem.ts';
import { dataset } from '../../../../lib/server/store.ts';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answer(() => {
    const { jewels } = OverviewRequest.parse(parameters(new URL(request.url).searchParams, CUTS_LISTS));
    return overviewAnswer(dataset(), jewels);
  });
}
