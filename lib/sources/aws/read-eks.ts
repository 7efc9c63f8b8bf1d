import { type Account, keep, readAndKeep } from './account.ts';
import type { AwsAnswer } from './client.ts';
import { readNames, readPages, records, texts } from './pages.ts';

/** One region of one account. */
interface Place {
  readonly account: Account;
  readonly region: string;
}

/**
 * The clusters of a region with node groups, Pod Identity associations, access entries and add-ons. Returns their names.
 * Source: https://docs.aws.amazon.com/eks/latest/APIReference/API_Operations.html
 */
export async function readEks(account: Account, region: string): Promise<string[]> {
  const reading = { operation: 'eks:ListClusters', region } as const;
  const names: string[] = [];
  await readPages(account, reading, (page) => {
    keep(account, reading.operation, page, region);
    names.push(...texts(page.clusters));
  });
  await Promise.all(names.map((name) => readCluster({ account, region }, name)));
  return names;
}

async function readCluster(place: Place, name: string): Promise<void> {
  const { account, region } = place;
  await Promise.all([
    readAndKeep(account, { operation: 'eks:DescribeCluster', region, input: { name }, about: name }).then((answer) =>
      hasAccessEntries(answer) ? readAccessEntries(place, name) : undefined,
    ),
    readNodegroups(place, name),
    readAssociations(place, name),
    readAddons(place, name),
  ]);
}

/**
 * A cluster that knows the ConfigMap aws-auth alone answers whoever lists its access entries with an error.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html
 */
function hasAccessEntries(answer: AwsAnswer | undefined): boolean {
  const [cluster] = records([answer?.cluster]);
  const [access] = records([cluster?.accessConfig]);
  return access?.authenticationMode !== 'CONFIG_MAP';
}

async function readNodegroups({ account, region }: Place, clusterName: string): Promise<void> {
  const input = { clusterName };
  const names = await readNames(account, { operation: 'eks:ListNodegroups', region, input, about: clusterName }, 'nodegroups');
  await Promise.all(
    names.map((nodegroupName) =>
      readAndKeep(account, { operation: 'eks:DescribeNodegroup', region, input: { ...input, nodegroupName }, about: nodegroupName }),
    ),
  );
}

/** The list has no roles: each association has to be described. */
async function readAssociations({ account, region }: Place, clusterName: string): Promise<void> {
  const reading = { operation: 'eks:ListPodIdentityAssociations', region, input: { clusterName }, about: clusterName } as const;
  const listed: { readonly id: string; readonly about: string }[] = [];
  await readPages(account, reading, (page) => {
    keep(account, reading.operation, page, clusterName);
    for (const { associationId: id, namespace, serviceAccount } of records(page.associations))
      if (typeof id === 'string') listed.push({ id, about: `${namespace}.${serviceAccount}` });
  });
  await Promise.all(
    listed.map(async ({ id, about }) => {
      const input = { clusterName, associationId: id };
      const answer = await readAndKeep(account, { operation: 'eks:DescribePodIdentityAssociation', region, input, about });
      const [association] = records([answer?.association]);
      if (association?.policy !== undefined) account.run.named.add(association.policy, account.id);
    }),
  );
}

async function readAccessEntries({ account, region }: Place, clusterName: string): Promise<void> {
  const reading = { operation: 'eks:ListAccessEntries', region, input: { clusterName }, about: clusterName } as const;
  const principals: string[] = [];
  await readPages(account, reading, (page) => {
    keep(account, reading.operation, page, clusterName);
    principals.push(...texts(page.accessEntries));
  });
  await Promise.all(principals.map((principal) => readAccessEntry({ account, region }, clusterName, principal)));
}

async function readAccessEntry({ account, region }: Place, clusterName: string, principalArn: string): Promise<void> {
  const input = { clusterName, principalArn };
  await Promise.all([
    readAndKeep(account, { operation: 'eks:DescribeAccessEntry', region, input, about: principalArn }),
    readPages(account, { operation: 'eks:ListAssociatedAccessPolicies', region, input, about: principalArn }, (page) =>
      keep(account, 'eks:ListAssociatedAccessPolicies', page, principalArn),
    ),
  ]);
}

async function readAddons({ account, region }: Place, clusterName: string): Promise<void> {
  const input = { clusterName };
  const names = await readNames(account, { operation: 'eks:ListAddons', region, input, about: clusterName }, 'addons');
  await Promise.all(
    names.map((addonName) =>
      readAndKeep(account, { operation: 'eks:DescribeAddon', region, input: { ...input, addonName }, about: addonName }),
    ),
  );
}
