import { uploadAnswer } from '../../../../lib/server/answers/upload.ts';
import { guardRequest } from '../../../../lib/server/guard-request.ts';
import { answer } from '../../../../lib/server/problem.ts';

export const dynamic = 'force-dynamic';

/** Next cuts off bodies that pass the proxy, so this path does not pass it (see proxy.ts): the guard stands here instead. */
export async function POST(request: Request): Promise<Response> {
  const refused = guardRequest(request);
  if (refused !== undefined) return refused;
  return answer(() => uploadAnswer(request));
}
