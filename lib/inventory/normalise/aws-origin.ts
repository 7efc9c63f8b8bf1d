/**
 * Where an answer of the `aws` command stood, as far as its path says it: `ACCOUNT/COMMAND/RESOURCE.json`,
 * `ACCOUNT/COMMAND.json` or `ACCOUNT/COMMAND.RESOURCE.json`, below any other folders.
 *
 * ACCOUNT: twelve digits, whose credentials ran the command. COMMAND: service and command joined by a hyphen (`iam-list-roles`).
 * RESOURCE is needed where the answer does not say what it is about, and is free text elsewhere:
 *
 * | COMMAND | RESOURCE |
 * | --- | --- |
 * | iam-list-role-policies, iam-list-attached-role-policies | name of the role |
 * | iam-get-open-id-connect-provider | free; ACCOUNT says whose provider it is |
 * | eks-list-nodegroups, eks-list-addons, eks-list-access-entries, eks-list-pod-identity-associations | name of the cluster |
 * | eks-list-clusters, ecr-describe-repositories, ec2-describe-instances | region, where several are listed |
 * | organizations-list-parents | id of the account or unit whose parent is asked for |
 * | organizations-list-organizational-units-for-parent, organizations-list-accounts-for-parent, organizations-list-children | id of the parent |
 * | organizations-list-policies-for-target | id of the account, unit or root |
 * | organizations-list-targets-for-policy | id or name of the policy |
 * | s3api-get-bucket-policy | name or ARN of the bucket |
 * | kms-get-key-policy | ARN of the key |
 * | sqs-get-queue-attributes, without QueueArn among the attributes | ARN, URL or name of the queue |
 * | lambda-get-policy | ARN or name of the function |
 * | ecr-get-repository-policy | ARN of the repository; without it the region is that of the repository in describe-repositories |
 *
 * secretsmanager-get-resource-policy, sns-get-topic-attributes and everything that eks describes say themselves what they are about.
 * What a file name cannot hold is written as encodeURIComponent writes it: `arn%3Aaws%3Akms%3Aeu-west-1%3A111122223333%3Akey%2F1234abcd`;
 * an ARN with `_` for `:` and `/` is understood too, and so are folders for `/`. A short name instead of an ARN is enough where the
 * account's other answers name one region only. `.page-2` at the end counts the pages of one answer and is no part of RESOURCE.
 */
export interface AwsOrigin {
  readonly file: string;
  /** Twelve digits. */
  readonly account?: string;
  /** Service and command joined by a hyphen, for example `iam-list-roles`. */
  readonly command?: string;
  readonly resource?: string;
}

const ACCOUNT = /^\d{12}$/;
const COMMAND = /^(?:iam|eks|sts|organizations|s3api|ec2|kms|secretsmanager|sqs|sns|lambda|ecr)-[a-z0-9-]{1,80}$/;
const PAGE = /(?:^|\.)page-\d{1,6}$/;
const EXTENSION = /\.(?:json|ya?ml)(?:\.gz)?$/i;

/**
 * Reads account, command and resource off a path; what the path does not say stays undefined. Pure string work: the
 * path is data and is never opened. Layout: shared/README.md.
 */
export function awsOriginOf(path: string): AwsOrigin {
  const segments = path.replace(EXTENSION, '').split(/[/\\]/);
  for (let at = 0; at < segments.length; at++) {
    const account = segments[at] ?? '';
    if (!ACCOUNT.test(account)) continue;
    const named = commandAt(segments, at + 1);
    if (named !== undefined || at === segments.length - 2) return { file: path, account, ...named };
  }
  for (let at = Math.max(0, segments.length - 2); at < segments.length; at++) {
    const named = commandAt(segments, at);
    if (named !== undefined) return { file: path, ...named };
  }
  return { file: path };
}

function commandAt(segments: readonly string[], at: number): { command: string; resource?: string } | undefined {
  const segment = segments[at];
  if (segment === undefined) return undefined;
  const isLast = at === segments.length - 1;
  const dot = isLast ? segment.indexOf('.') : -1;
  const command = dot < 0 ? segment : segment.slice(0, dot);
  if (!COMMAND.test(command)) return undefined;
  const text = isLast ? (dot < 0 ? '' : segment.slice(dot + 1)) : segments.slice(at + 1).join('/');
  const resource = decoded(text.replace(PAGE, ''));
  return resource === '' ? { command } : { command, resource };
}

/** A name with a bare `%` was not encoded and stays as it is. Resource names are ASCII; escapes of other bytes stay. */
function decoded(text: string): string {
  if (/%(?![0-9A-F]{2})/i.test(text)) return text;
  return text.replace(/%([0-7][0-9A-F])/gi, (_match, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}
