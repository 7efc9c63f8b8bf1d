import { readPolicyDocument } from '../../inventory/normalise/aws-policy-document.ts';

/** A resource with a policy of its own that identity policies name exactly. */
export interface NamedResource {
  /** Without what stands below the resource: the bucket of an object, the function of a version. */
  readonly arn: string;
  readonly service: 's3' | 'kms' | 'secretsmanager' | 'sqs' | 'sns' | 'lambda' | 'ecr';
  /** Empty for buckets, whose ARN says neither. */
  readonly region: string;
  readonly account: string;
  /** As the API wants it: bucket, key id, ARN, queue, function, repository. */
  readonly name: string;
  /** The account whose policy named it first. */
  readonly namedBy: string;
}

/** Gathers the resources that policies name, each once. */
export interface NamedResources {
  /** Takes a document in any form that IAM prints; what is unreadable there is a gap elsewhere. */
  add(document: unknown, account: string): void;
  list(): readonly NamedResource[];
  /** How many there were beyond the bound. */
  beyond(): number;
}

const MOST = 4000;
const REGIONAL = '(?<region>[a-z]{2,4}(?:-[a-z]{2,12}){1,3}-\\d{1,2}):(?<account>\\d{12})';
/**
 * Names are of the letters that each service allows, which leaves wildcards and policy variables out. Whoever writes a policy may name anything:
 * what no service knows the SDK would refuse with an error of its own, and the `aws` command would take `file://` for a file to read.
 * Source: the resource types of https://docs.aws.amazon.com/service-authorization/latest/reference/, and the Create… calls of each API
 */
const SHAPES: readonly { readonly service: NamedResource['service']; readonly shape: RegExp }[] = [
  { service: 's3', shape: /^(?<arn>arn:aws[a-z-]*:s3:::(?<name>[A-Za-z0-9][A-Za-z0-9._-]{2,254}))(?:\/.*)?$/s },
  { service: 'kms', shape: new RegExp(`^(?<arn>arn:aws[a-z-]*:kms:${REGIONAL}:key/(?<name>[A-Za-z0-9-]{1,256}))$`) },
  // Whoever writes a policy does not know the six random characters that end a secret's ARN; its name is enough for the API.
  {
    service: 'secretsmanager',
    shape: new RegExp(`^(?<arn>arn:aws[a-z-]*:secretsmanager:${REGIONAL}:secret:(?<name>[\\w/+=.@-]{1,519}?))(?:-\\?{6})?$`),
  },
  { service: 'sqs', shape: new RegExp(`^(?<arn>arn:aws[a-z-]*:sqs:${REGIONAL}:(?<name>[\\w-]{1,80}(?:[.]fifo)?))$`) },
  { service: 'sns', shape: new RegExp(`^(?<arn>arn:aws[a-z-]*:sns:${REGIONAL}:(?<name>[\\w-]{1,256}(?:[.]fifo)?))(?::.*)?$`) },
  { service: 'lambda', shape: new RegExp(`^(?<arn>arn:aws[a-z-]*:lambda:${REGIONAL}:function:(?<name>[\\w-]{1,140}))(?::.*)?$`) },
  { service: 'ecr', shape: new RegExp(`^(?<arn>arn:aws[a-z-]*:ecr:${REGIONAL}:repository/(?<name>[a-z0-9][a-z0-9._/-]{1,255}))$`) },
];
/**
 * Endings that no general purpose bucket has, and by which the SDK takes a name for something else.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
const NO_BUCKET = /(?:-s3alias|--(?:ol|x|op|table)-s3)$/;

export function createNamedResources(): NamedResources {
  const found = new Map<string, NamedResource>();
  const more = new Set<string>();
  return {
    add(document, account) {
      for (const { effect, resources = [] } of readPolicyDocument(document).document.statements) {
        if (effect !== 'Allow') continue;
        for (const text of resources) {
          const resource = namedResource(text, account);
          if (resource === undefined || found.has(resource.arn)) continue;
          if (found.size < MOST) found.set(resource.arn, resource);
          else more.add(resource.arn);
        }
      }
    },
    list: () => [...found.values()],
    beyond: () => more.size,
  };
}

/** What one element of `Resource` names exactly; undefined: nothing with a policy of its own, or more than one thing. */
export function namedResource(text: string, namedBy: string): NamedResource | undefined {
  // Longer than any ARN: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
  if (text.length > 2048) return undefined;
  for (const { service, shape } of SHAPES) {
    const { arn, name, region = '', account = '' } = shape.exec(text)?.groups ?? {};
    if (arn === undefined || name === undefined) continue;
    if (service !== 's3' || !NO_BUCKET.test(name)) return { arn, service, region, account, name, namedBy };
  }
  return undefined;
}
