import { uploadAnswer } from '../../../../lib/server/answers/upload.ts';
import { answer } from '../../../../lib/server/problem.ts';

export const dynamic = 'force-dynamic';

export function POST(request: Request): Promise<Response> {
  return answer(() => uploadAnswer(request));
}
