import { parameters, WorkloadsRequest } from '../../../../lib/api/requests.ts';
import { workloadsAnswer } from '../../../../lib/server/answers/workloads.ts';
import { answer } from '../../../../lib/server/problem.ts';
import { dataset } from '../../../../lib/server/store.ts';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answer(() => workloadsAnswer(dataset(), WorkloadsRequest.parse(parameters(new URL(request.url).searchParams))));
}
