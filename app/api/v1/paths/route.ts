import { PathsRequest, parameters } from '../../../../lib/api/requests.ts';
import { pathsAnswer } from '../../../../lib/server/answers/paths.ts';
import { answer } from '../../../../lib/server/problem.ts';
import { dataset } from '../../../../lib/server/store.ts';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answer(() => pathsAnswer(dataset(), PathsRequest.parse(parameters(new URL(request.url).searchParams, new Set()))));
}
