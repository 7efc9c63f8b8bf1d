import type * as z from 'zod';
import type { WhatIfRequest } from '../../api/requests.ts';
import type { WhatIfAnswer } from '../../api/what-if-contract.ts';
import { ChangeError } from '../../inventory/changes/change.ts';
import { inNamespace, parseChanges } from '../../inventory/changes/parse-changes.ts';
import { awsAuthOf } from '../../sources/aws-auth.ts';
import { changeDocuments } from '../../sources/snapshot/change-documents.ts';
import type { Dataset } from '../dataset.ts';
import { Refused } from '../problem.ts';
import { requestBody } from '../request-body.ts';
import { whatIfAnswer } from './what-if.ts';

/** A change that cannot be made is the sender's to correct. */
function refusing<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ChangeError)) throw error;
    throw new Refused(400, 'Cannot be tried', error.at === undefined ? error.message : `change ${error.at + 1}: ${error.message}`);
  }
}

/** What the changes or manifests in a request's body would open and close, and how long it took to work it out. The data stays as it is. */
export async function changesRequestAnswer(
  data: Dataset,
  request: Request,
  { namespace, jewels }: z.infer<typeof WhatIfRequest>,
): Promise<WhatIfAnswer> {
  const documents = await changeDocuments(await requestBody(request), 'the request');
  return refusing(() => {
    const changes = inNamespace(parseChanges(documents, awsAuthOf), namespace);
    if (changes.length === 0)
      throw new Refused(400, 'Nothing to try', 'there are no changes and no manifests in the request; send some as JSON or YAML');
    const started = performance.now();
    const answer = whatIfAnswer(data, changes, jewels);
    return { ...answer, tookMs: Math.round(performance.now() - started) };
  });
}
