import type { AwsResourcePolicy } from '../../aws.ts';
import type { AwsGap, UnplacedPolicy } from './sink.ts';

interface Known {
  readonly unplaced: readonly UnplacedPolicy[];
  /** ARNs of everything that was read. */
  readonly arns: Iterable<string>;
}

/**
 * Finds the ARN of each policy whose answer and path name its resource in part. The region is that of a resource of the same name that
 * was read, or the only one that the account's other ARNs name; otherwise a gap: to guess would be to trust.
 */
export function settlePolicies({ unplaced, arns }: Known, only: string | undefined): { policies: AwsResourcePolicy[]; gaps: AwsGap[] } {
  const policies: AwsResourcePolicy[] = [];
  const gaps: AwsGap[] = [];
  if (unplaced.length === 0) return { policies, gaps };
  const places = placesOf(arns);
  for (const policy of [...unplaced].sort((one, other) => (one.file < other.file ? -1 : 1))) {
    const { document, resource, service } = policy;
    const account = policy.account ?? only;
    const place = places.get(account ?? '');
    const region = policy.region ?? regionOf(policy, place);
    if (service !== 's3' && (account === undefined || region === undefined)) {
      gaps.push(homelessGap(policy));
      continue;
    }
    const partition = place?.partition ?? partitionOf(region);
    policies.push({
      arn: service === 's3' ? `arn:${partition}:s3:::${resource}` : `arn:${partition}:${service}:${region}:${account}:${resource}`,
      ...(account === undefined ? {} : { account }),
      ...(document === undefined ? {} : { document }),
    });
  }
  return { policies, gaps };
}

interface AccountPlace {
  partition: string;
  readonly regions: Set<string>;
  /** `ecr/repository/shop` → its regions. */
  readonly resources: Map<string, Set<string>>;
}

function placesOf(arns: Iterable<string>): Map<string, AccountPlace> {
  const places = new Map<string, AccountPlace>();
  for (const arn of arns) {
    const [, partition = 'aws', service = '', region = '', account = '', ...rest] = arn.split(':');
    if (account === '') continue;
    const place = places.get(account) ?? { partition, regions: new Set(), resources: new Map() };
    places.set(account, place);
    if (region === '') continue;
    place.regions.add(region);
    const resource = `${service}/${rest.join(':')}`;
    place.resources.set(resource, (place.resources.get(resource) ?? new Set()).add(region));
  }
  return places;
}

function regionOf({ resource, service }: UnplacedPolicy, place: AccountPlace | undefined): string | undefined {
  return onlyOf(place?.resources.get(`${service}/${resource}`)) ?? onlyOf(place?.regions);
}

function onlyOf(values: ReadonlySet<string> | undefined): string | undefined {
  return values?.size === 1 ? [...values][0] : undefined;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html#arns-partitions */
function partitionOf(region: string | undefined): string {
  return region?.startsWith('cn-') ? 'aws-cn' : region?.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function homelessGap({ file, resource, service }: UnplacedPolicy): AwsGap {
  return {
    source: 'aws',
    what: `resource policy of ${service} ${resource}`,
    where: file,
    why: 'neither the answer nor its path says the account and the region of the resource',
    remedy: 'store the answer as ACCOUNT/COMMAND/ARN.json, the ARN with %3A for each colon and %2F for each slash',
    file,
  };
}
