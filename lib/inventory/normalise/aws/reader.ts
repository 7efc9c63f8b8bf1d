import type { z } from 'zod';
import type { PolicyDocument } from '../../aws.ts';
import { splitArn } from '../aws-arn.ts';
import type { AwsOrigin } from '../aws-origin.ts';
import { readPolicyDocument } from '../aws-policy-document.ts';
import type { AwsGap, AwsSink } from './sink.ts';

/** One kind of answer: what its JSON looks like and what it tells. */
export interface AwsReader<Shape extends z.ZodType = z.ZodType> {
  /** Top-level keys that only this kind has; all must be there. */
  readonly keys: readonly string[];
  /** Commands (path) that this kind may come from, because its keys alone do not tell it from others. */
  readonly commands?: readonly string[];
  /** Whether the content tells the kind where the path names no command at all; never asked without `commands`. */
  readonly tells?: (answer: object) => boolean;
  /** The keys are everyday words: an answer of another shape may be anybody's. */
  readonly everyday?: true;
  readonly shape: Shape;
  read(answer: z.output<Shape>, origin: AwsOrigin, sink: AwsSink): void;
}

/** Forgets the shape, so that readers of all shapes fit into one list; `read` is only ever given what `shape` has parsed. */
export function reader<Shape extends z.ZodType>(definition: AwsReader<Shape>): AwsReader {
  return definition as unknown as AwsReader;
}

/** Where a part of an answer stands, and whom it tells. */
export interface Place {
  readonly file: string;
  readonly pointer: string;
  readonly sink: AwsSink;
}

/** A policy document; one that is malformed is a gap, and unreadable. `what` names it, for example `trust policy of ARN`. */
export function readDocument(raw: unknown, what: string, place: Place): PolicyDocument {
  const { document, problem } = readPolicyDocument(raw);
  if (problem !== undefined)
    place.sink.gap(malformedGap(what, { file: place.file, pointer: place.pointer + problem.pointer, why: problem.why }));
  return document;
}

/** The records of a list that fit the shape; every other one is a gap with `what` as its name. */
export function readEach<Shape extends z.ZodType>(
  raws: readonly unknown[],
  { shape, what, place }: { readonly shape: Shape; readonly what: string; readonly place: Place },
  read: (item: z.output<Shape>, place: Place) => void,
): void {
  for (const [index, raw] of raws.entries()) {
    const at = { ...place, pointer: `${place.pointer}/${index}` };
    const parsed = shape.safeParse(raw);
    if (parsed.success) read(parsed.data, at);
    else {
      const [issue] = parsed.error.issues;
      place.sink.gap(
        malformedGap(what, {
          file: at.file,
          pointer: at.pointer + pointerOf(issue?.path ?? []),
          why: issue?.message ?? 'is of another shape',
        }),
      );
    }
  }
}

/** The parts of a record's ARN; undefined, and a gap, where it is none or names no account. */
export function recordArn(
  text: string,
  what: string,
  place: Place,
): { readonly account: string; readonly region: string; readonly resource: string } | undefined {
  const arn = splitArn(text);
  if (arn !== undefined && ACCOUNT.test(arn.account)) return arn;
  place.sink.gap(malformedGap(what, { file: place.file, pointer: place.pointer, why: 'no ARN with an account' }));
  return undefined;
}

/** The account in an ARN; undefined: it is no ARN, or names none (as a bucket's or an AWS managed policy's). */
export function accountOfArn(arn: unknown): string | undefined {
  const account = typeof arn === 'string' ? splitArn(arn)?.account : undefined;
  return account !== undefined && ACCOUNT.test(account) ? account : undefined;
}

const ACCOUNT = /^\d{12}$/;

/** Whether more pages follow, in the words of any service (https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-pagination.html). */
export function isTruncated(answer: {
  readonly IsTruncated?: boolean | null | undefined;
  readonly NextToken?: string | null | undefined;
  readonly nextToken?: string | null | undefined;
}): boolean {
  return answer.IsTruncated === true || answer.NextToken != null || answer.nextToken != null;
}

/** A gap for something that is there and cannot be read. */
export function malformedGap(what: string, at: { readonly file: string; readonly pointer: string; readonly why: string }): AwsGap {
  return {
    source: 'aws',
    what,
    where: at.file,
    why: `malformed: ${at.why}`,
    remedy: 'write the answer to the file again with the aws command and --output json',
    file: at.file,
    pointer: at.pointer,
  };
}

/** A gap for an answer that does not say what it is about, where its path should have. */
export function homelessGap(what: string, origin: AwsOrigin, store: string): AwsGap {
  return {
    source: 'aws',
    what,
    where: origin.file,
    why: 'neither the answer nor its path says what it is about',
    remedy: `store the answer as ${store}`,
    file: origin.file,
  };
}

/** JSON pointer of a zod path. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Tags as IAM, EC2 and Organizations print them. */
export function tagsOf(tags: readonly { readonly Key: string; readonly Value: string }[] | null | undefined): ReadonlyMap<string, string> {
  return new Map((tags ?? []).map((tag) => [tag.Key, tag.Value]));
}

/** A JSON object of strings as a map; zod's record would drop the key `__proto__`. */
export function stringMapOf(raw: unknown): ReadonlyMap<string, string> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return new Map();
  return new Map(Object.entries(raw).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
