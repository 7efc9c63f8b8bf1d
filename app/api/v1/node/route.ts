import { NodeRequest, parameters } from '../../../../lib/api/requests.ts';
import { nodeAnswer } from '../../../../lib/server/answers/node.ts';
import { answer } from '../../../../lib/server/problem.ts';
import { dataset } from '../../../../lib/server/store.ts';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answer(() => nodeAnswer(dataset(), NodeRequest.parse(parameters(new URL(request.url).searchParams)).id));
}
