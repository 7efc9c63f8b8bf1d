import { type Account, keep } from './account.ts';
import { readPages } from './pages.ts';

/** EKS tags the instances of managed node groups with the first, of Auto Mode with the second. */
const CLUSTER_TAGS = ['eks:cluster-name', 'eks:eks-cluster-name'];
/** EC2 takes at most 200 values a filter. Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html */
const VALUES = 200;

/** The EC2 instances that are nodes of EKS clusters: their profile and how far their metadata service lets pods. */
export async function readInstances(account: Account, region: string, clusters: readonly string[]): Promise<void> {
  // Self-managed nodes and Karpenter's carry the older tag, whose key holds the name of the cluster.
  const keys = [...CLUSTER_TAGS, ...clusters.map((name) => `kubernetes.io/cluster/${name}`)];
  for (let from = 0; from < keys.length; from += VALUES) {
    const Filters = [
      { Name: 'tag-key', Values: keys.slice(from, from + VALUES) },
      { Name: 'instance-state-name', Values: ['pending', 'running', 'stopping', 'stopped'] },
    ];
    const reading = { operation: 'ec2:DescribeInstances', region, input: { Filters, MaxResults: 1000 } } as const;
    await readPages(account, reading, (page) => keep(account, reading.operation, { Reservations: [], ...page }, region));
  }
}

/** The image repositories of a region, for pods that pull a mutable tag. */
export async function readRepositories(account: Account, region: string): Promise<void> {
  const reading = { operation: 'ecr:DescribeRepositories', region, input: { maxResults: 1000 } } as const;
  await readPages(account, reading, (page) => keep(account, reading.operation, { repositories: [], ...page }, region));
}
