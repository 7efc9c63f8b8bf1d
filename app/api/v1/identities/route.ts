import { IdentitiesRequest, parameters } from '../../../../lib/api/requests.ts';
import { identitiesAnswer } from '../../../../lib/server/answers/identities.ts';
import { answer } from '../../../../lib/server/problem.ts';
import { dataset } from '../../../../lib/server/store.ts';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answer(() => identitiesAnswer(dataset(), IdentitiesRequest.parse(parameters(new URL(request.url).searchParams))));
}
