/**
 * Where an answer of the `aws` command stood, as far as its path says it: `ACCOUNT/COMMAND/RESOURCE.json`,
 * `ACCOUNT/COMMAND.json` or `ACCOUNT/COMMAND.RESOURCE.json`, below any other folders.
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
  const resource = isLast ? (dot < 0 ? '' : segment.slice(dot + 1)) : segments.slice(at + 1).join('/');
  return resource === '' ? { command } : { command, resource };
}
