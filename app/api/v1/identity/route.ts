import { IdentityRequest, parameters } from '../../../../lib/api/requests.ts';
import { identityAnswer } from '../../../../lib/server/answers/role-view.ts';
import { answer } from '../../../../lib/server/problem.ts';
import { dataset } from '../../../../lib/server/store.ts';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answer(() => identityAnswer(dataset(), IdentityRequest.parse(parameters(new URL(request.url).searchParams))));
}
