import type { Gap } from '../gap.ts';
import { awsOriginOf, createAwsCollector, normaliseAwsAnswer } from '../normalise/aws-answer.ts';
import { createAzureCollector } from '../normalise/azure/azure-collector.ts';
import { isObject } from '../normalise/field-reader.ts';
import { createGcpCollector } from '../normalise/gcp/gcp-collector.ts';
import { CLOUD_KINDS, type CloudRecords, recordsOf } from './cloud-kinds.ts';

/** What an answer of a cloud says, why it says nothing that is kept, or undefined: it is no cloud's. */
export type CloudAnswer = { readonly records: CloudRecords } | { readonly broken: string } | undefined;

/** Gaps of a lone answer say what else a whole snapshot would need; of interest are those of what the answer itself holds. */
const isOfAnswer = ({ why, pointer }: Pick<Gap, 'why' | 'pointer'>): boolean => pointer !== undefined || why.startsWith('malformed');

/**
 * Whether it is a list of roles, which leaves out their boundaries and tags, so that both would read as taken away.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html
 */
const isRoleList = (answer: unknown, { aws }: CloudRecords): boolean =>
  isObject(answer) && Array.isArray(answer.Roles) && aws.roles.length > 0;

/**
 * Reads one answer as `aws`, `gcloud … --format json` and `az … -o json` print it, by the normalisers that snapshots use. `path` says what it is
 * about where its content does not, as in a snapshot: `gcloud-projects-get-iam-policy/PROJECT.json`.
 */
export function readCloudAnswer(answer: unknown, path: string): CloudAnswer {
  const origin = { file: path, path };
  const [aws, gcp, azure] = [createAwsCollector(), createGcpCollector(), createAzureCollector()];
  const isKnown = gcp.add(answer, origin) || azure.add(answer, origin) || normaliseAwsAnswer(answer, awsOriginOf(path), aws);
  if (!isKnown) return undefined;
  const [amazon, google, microsoft] = [aws.finish(), gcp.finish(), azure.finish()];
  const records: CloudRecords = { aws: amazon.aws, gcp: google.part, azure: microsoft.part };
  const gaps = [...amazon.gaps, ...google.gaps, ...microsoft.gaps];
  const isEmpty = CLOUD_KINDS.every((kind) => recordsOf(records, kind).length === 0);
  const problem = gaps.find(isOfAnswer) ?? (isEmpty ? gaps[0] : undefined);
  if (problem !== undefined) return { broken: `${problem.what}: ${problem.why}` };
  if (isRoleList(answer, records))
    return { broken: 'a list of roles says neither their boundaries nor their tags; give what `aws iam get-role` prints of one' };
  return isEmpty ? { broken: 'nothing of it is kept' } : { records };
}
