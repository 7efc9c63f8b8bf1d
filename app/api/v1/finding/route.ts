import { FindingRequest, parameters } from '../../../../lib/api/requests.ts';
import { findingAnswer } from '../../../../lib/server/answers/findings.ts';
import { answer } from '../../../../lib/server/problem.ts';
import { dataset } from '../../../../lib/server/store.ts';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answer(() => findingAnswer(dataset(), FindingRequest.parse(parameters(new URL(request.url).searchParams))));
}
