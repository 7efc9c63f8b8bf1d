import { DiagnosisRequest, parameters } from '../../../../lib/api/requests.ts';
import { diagnosisAnswer } from '../../../../lib/server/answers/diagnosis.ts';
import { answer } from '../../../../lib/server/problem.ts';
import { dataset } from '../../../../lib/server/store.ts';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answer(() => diagnosisAnswer(dataset(), DiagnosisRequest.parse(parameters(new URL(request.url).searchParams))));
}
