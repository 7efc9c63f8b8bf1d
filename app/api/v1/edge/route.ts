import { EdgeRequest, parameters } from '../../../../lib/api/requests.ts';
import { edgeAnswer } from '../../../../lib/server/answers/paths.ts';
import { answer } from '../../../../lib/server/problem.ts';
import { dataset } from '../../../../lib/server/store.ts';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answer(() => edgeAnswer(dataset(), EdgeRequest.parse(parameters(new URL(request.url).searchParams, new Set()))));
}
