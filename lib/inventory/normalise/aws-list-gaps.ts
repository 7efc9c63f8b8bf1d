import type { AwsGap, ListedAssociation } from './aws-sink.ts';

interface Page {
  readonly list: 'roles' | 'associations';
  readonly file: string;
  readonly account: string | undefined;
  readonly cluster?: string;
  readonly truncated: boolean;
}

interface Lists {
  readonly pages: readonly Page[];
  readonly listed: ReadonlyMap<string, ListedAssociation>;
  readonly described: ReadonlyMap<string, unknown>;
}

/** What lists promise and no answer keeps: pages that are not there, associations that were listed and never described. */
export function listGaps({ pages, listed, described }: Lists): AwsGap[] {
  const missing = [...listed.values()].filter((association) => !described.has(association.arn));
  missing.sort((one, other) => (one.arn < other.arn ? -1 : 1));
  return [...pageGaps(pages), ...missing.map(undescribedGap)];
}

function pageGaps(pages: readonly Page[]): AwsGap[] {
  const truncated = new Map<string, Page>();
  const ended = new Set<string>();
  for (const page of pages) {
    const key = `${page.list}/${page.account ?? ''}/${page.list === 'associations' ? (page.cluster ?? '') : ''}`;
    if (!page.truncated) ended.add(key);
    else if ((truncated.get(key)?.file ?? page.file) <= page.file) truncated.set(key, page);
  }
  return [...truncated]
    .filter(([key]) => !ended.has(key))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, page]) => pageGap(page));
}

function pageGap(page: Page): AwsGap {
  const roles = page.list === 'roles';
  return {
    source: 'aws',
    what: roles ? `iam roles of account ${page.account ?? 'unknown'}` : `pod identity associations of cluster ${page.cluster ?? 'unknown'}`,
    ...(page.account === undefined ? {} : { where: page.account }),
    why: 'the list is cut off and its last page is not there',
    remedy: `run the command again without --max-items, or add the following pages`,
    permission: roles ? 'iam:GetAccountAuthorizationDetails' : 'eks:ListPodIdentityAssociations',
    file: page.file,
  };
}

function undescribedGap(association: ListedAssociation): AwsGap {
  return {
    source: 'aws',
    what: `pod identity association of ${association.namespace}/${association.serviceAccount} in cluster ${association.clusterName}`,
    where: association.arn,
    why: 'the list of associations does not say the role, and the association was not described',
    remedy: 'add the answer of `aws eks describe-pod-identity-association` for it',
    permission: 'eks:DescribePodIdentityAssociation',
    file: association.file,
  };
}
