import type { IncomingMessage } from 'node:http';

/** A request of the SDK as the API sees it. */
export interface AwsRequest {
  /** `iam:ListInstanceProfiles` */
  readonly operation: string;
  /** By the access key `AKIA` + account + `TEST`, or what an assumed role was given. */
  readonly accessKey: string;
  readonly region: string;
  /** What it is about: the path of REST services, the names and page marks of the others. */
  readonly subject: string;
}

/** Path of a REST request → operation. Source: the request syntax of each API reference. */
const ROUTES: readonly (readonly [service: string, path: RegExp, operation: string])[] = [
  ['eks', /^\/clusters$/, 'ListClusters'],
  ['eks', /^\/clusters\/[^/]+$/, 'DescribeCluster'],
  ['eks', /^\/clusters\/[^/]+\/node-groups$/, 'ListNodegroups'],
  ['eks', /^\/clusters\/[^/]+\/node-groups\/[^/]+$/, 'DescribeNodegroup'],
  ['eks', /^\/clusters\/[^/]+\/pod-identity-associations$/, 'ListPodIdentityAssociations'],
  ['eks', /^\/clusters\/[^/]+\/pod-identity-associations\/[^/]+$/, 'DescribePodIdentityAssociation'],
  ['eks', /^\/clusters\/[^/]+\/access-entries$/, 'ListAccessEntries'],
  ['eks', /^\/clusters\/[^/]+\/access-entries\/[^/]+$/, 'DescribeAccessEntry'],
  ['eks', /^\/clusters\/[^/]+\/access-entries\/[^/]+\/access-policies$/, 'ListAssociatedAccessPolicies'],
  ['eks', /^\/clusters\/[^/]+\/addons$/, 'ListAddons'],
  ['eks', /^\/clusters\/[^/]+\/addons\/[^/]+$/, 'DescribeAddon'],
  ['s3', /^\/[^/]+\/?$/, 'GetBucketPolicy'],
  ['lambda', /\/policy$/, 'GetPolicy'],
];
const PAGE_MARKS = ['Marker', 'NextToken', 'nextToken'];
const SUBJECTS = [
  'OpenIDConnectProviderArn',
  'PolicyId',
  'ParentId',
  'ChildId',
  'KeyId',
  'SecretId',
  'QueueUrl',
  'TopicArn',
  'repositoryName',
  'RoleArn',
  ...PAGE_MARKS,
];

export async function readAwsRequest(request: IncomingMessage): Promise<AwsRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString('utf8');
  const scope = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? '');
  const [, accessKey = '', region = '', service = ''] = scope ?? [];
  const url = new URL(request.url ?? '/', 'http://api');
  const target = request.headers['x-amz-target'];
  const at = (operation: string, subject: string): AwsRequest => ({ operation: `${service}:${operation}`, accessKey, region, subject });
  if (typeof target === 'string') return at(target.replace(/^.*[.]/, ''), subjectOf(new Map(Object.entries(JSON.parse(body)))));
  if (body.includes('Action=')) {
    const form = new Map(new URLSearchParams(body));
    return at(form.get('Action') ?? '', subjectOf(form));
  }
  const route = ROUTES.find(([of, path]) => of === service && path.test(url.pathname));
  return at(route?.[2] ?? `unknown ${url.pathname}`, [url.pathname, url.searchParams.get('nextToken') ?? ''].join(' ').trim());
}

function subjectOf(input: ReadonlyMap<string, unknown>): string {
  return SUBJECTS.flatMap((name) => input.get(name) ?? [])
    .map(String)
    .join(' ');
}
