import { CUTS_LISTS, parameters, WhatIfRequest } from '../../../../lib/api/requests.ts';
import { changesRequestAnswer } from '../../../../lib/server/answers/changes-request.ts';
import { answer } from '../../../../lib/server/problem.ts';
import { dataset } from '../../../../lib/server/store.ts';

export const dynamic = 'force-dynamic';

/** The data stays as it is: what is sent is tried and thrown away. */
export function POST(request: Request): Promise<Response> {
  return answer(() =>
    changesRequestAnswer(dataset(), request, WhatIfRequest.parse(parameters(new URL(request.url).searchParams, CUTS_LISTS))),
  );
}
