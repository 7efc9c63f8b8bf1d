import { techniquesAnswer } from '../../../../lib/server/answers/techniques.ts';
import { answer } from '../../../../lib/server/problem.ts';
import { dataset } from '../../../../lib/server/store.ts';

export const dynamic = 'force-dynamic';

export function GET(): Promise<Response> {
  return answer(() => techniquesAnswer(dataset()));
}
