import { LinksRequest, parameters } from '../../../../lib/api/requests.ts';
import { linksAnswer } from '../../../../lib/server/answers/identities.ts';
import { answer } from '../../../../lib/server/problem.ts';
import { dataset } from '../../../../lib/server/store.ts';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answer(() => linksAnswer(dataset(), LinksRequest.parse(parameters(new URL(request.url).searchParams))));
}
