import type { FakeTools } from './fake-tools.ts';

type Json = Readonly<Record<string, unknown>>;

/** One recorded answer: what its path and its content say. */
export interface AwsFile {
  /** `eks-describe-cluster` */
  readonly command: string;
  readonly resource: string;
  readonly json: Json;
}

/** What the fake `aws` prints of one account. */
class FakeAccount {
  readonly #tools: FakeTools;
  readonly #files: readonly AwsFile[];

  constructor(tools: FakeTools, files: readonly AwsFile[]) {
    this.#tools = tools;
    this.#files = files;
  }

  json(args: readonly string[], answer: unknown): void {
    this.#tools.answer('aws', ['--output', 'json', ...args], answer);
  }

  names(args: readonly string[], query: string, lines: readonly unknown[]): void {
    this.#tools.answer('aws', ['--output', 'text', ...args, '--query', query], lines.map(String).join('\n'));
  }

  /** The files of one command. */
  each(command: string): readonly Json[] {
    return this.#files.filter((file) => file.command === command).map((file) => file.json);
  }

  file(command: string, resource?: string): Json | undefined {
    return this.#files.find((one) => one.command === command && (resource === undefined || one.resource === resource))?.json;
  }

  /** What describe-… says of the things of one cluster. */
  ofCluster(command: string, key: string, cluster: string): readonly Json[] {
    return this.each(command)
      .map((answer) => answer[key] as Json)
      .filter(({ clusterName }) => clusterName === cluster);
  }
}

/** Makes the fake `aws` answer as the files of one account do; whatever else the script asks for has no answer. */
export function answerAs(tools: FakeTools, account: string, files: readonly AwsFile[]): void {
  const fake = new FakeAccount(tools, files);
  fake.names(['sts', 'get-caller-identity'], 'Account', [account]);
  fake.json(['sts', 'get-caller-identity'], fake.file('sts-get-caller-identity') ?? {});
  answerIam(fake);
  const clusters = fake.each('eks-describe-cluster').map((answer) => answer.cluster as Json);
  const names = clusters.map(({ name }) => String(name));
  fake.json(['eks', 'list-clusters'], { clusters: names });
  fake.names(['eks', 'list-clusters'], 'clusters[].[@]', names);
  for (const cluster of clusters) answerCluster(fake, cluster);
  const tags = ['eks:cluster-name', 'eks:eks-cluster-name', ...names.map((name) => `kubernetes.io/cluster/${name}`)];
  fake.json(['ec2', 'describe-instances', '--filters', `Name=tag-key,Values=${tags.join(',')}`], { Reservations: [] });
  fake.json(['ecr', 'describe-repositories'], { repositories: [] });
  for (const { resource, json } of files.filter(({ command }) => command === 's3api-get-bucket-policy'))
    fake.json(['s3api', 'get-bucket-policy', '--bucket', resource], json);
}

function answerIam(fake: FakeAccount): void {
  fake.json(['iam', 'get-account-authorization-details'], fake.file('iam-get-account-authorization-details') ?? {});
  fake.json(['iam', 'list-instance-profiles'], fake.file('iam-list-instance-profiles') ?? {});
  const list = fake.file('iam-list-open-id-connect-providers') ?? {};
  const arns = ((list.OpenIDConnectProviderList ?? []) as { Arn: string }[]).map(({ Arn }) => Arn);
  fake.json(['iam', 'list-open-id-connect-providers'], list);
  fake.names(['iam', 'list-open-id-connect-providers'], 'OpenIDConnectProviderList[].[Arn]', arns);
  for (const arn of arns) {
    const provider = fake.each('iam-get-open-id-connect-provider').find(({ Url }) => arn.endsWith(`/${Url}`));
    fake.json(['iam', 'get-open-id-connect-provider', '--open-id-connect-provider-arn', arn], provider);
  }
}

/** What a cluster has several of: how it is listed, described and told apart. */
const PARTS = [
  {
    describe: 'eks-describe-nodegroup',
    key: 'nodegroup',
    id: 'nodegroupName',
    option: '--nodegroup-name',
    list: 'list-nodegroups',
    query: 'nodegroups[].[@]',
  },
  {
    describe: 'eks-describe-pod-identity-association',
    key: 'association',
    id: 'associationId',
    option: '--association-id',
    list: 'list-pod-identity-associations',
    query: 'associations[].[associationId]',
  },
  {
    describe: 'eks-describe-access-entry',
    key: 'accessEntry',
    id: 'principalArn',
    option: '--principal-arn',
    list: 'list-access-entries',
    query: 'accessEntries[].[@]',
  },
  { describe: 'eks-describe-addon', key: 'addon', id: 'addonName', option: '--addon-name', list: 'list-addons', query: 'addons[].[@]' },
] as const;

function answerCluster(fake: FakeAccount, cluster: Json): void {
  const name = String(cluster.name);
  const at = ['--cluster-name', name];
  fake.json(['eks', 'describe-cluster', '--name', name], { cluster });
  for (const { describe, key, id, option, list, query } of PARTS) {
    const things = fake.ofCluster(describe, key, name);
    const ids = things.map((thing) => String(thing[id]));
    const listed = key === 'association' ? things.map(({ roleArn: _described, ...rest }) => rest) : ids;
    fake.json(['eks', list, ...at], { [query.slice(0, query.indexOf('['))]: listed });
    fake.names(['eks', list, ...at], query, ids);
    for (const thing of things) fake.json(['eks', describe.slice('eks-'.length), ...at, option, String(thing[id])], { [key]: thing });
  }
  for (const policies of fake.each('eks-list-associated-access-policies'))
    fake.json(['eks', 'list-associated-access-policies', ...at, '--principal-arn', String(policies.principalArn)], policies);
}

interface Named {
  readonly Id: string;
  readonly Name: string;
}

/** The same for an organisation, as its management account sees it. */
export function answerAsOrganization(tools: FakeTools, files: readonly AwsFile[]): void {
  const fake = new FakeAccount(tools, files);
  const list = (command: string, key: string, resource?: string): readonly Named[] =>
    (fake.file(`organizations-${command}`, resource)?.[key] ?? []) as Named[];
  const SCP = ['organizations', 'list-policies', '--filter', 'SERVICE_CONTROL_POLICY'];
  const policies = list('list-policies', 'Policies');
  fake.json(['organizations', 'describe-organization'], fake.file('organizations-describe-organization'));
  fake.json(SCP, { Policies: policies });
  fake.names(
    SCP,
    'Policies[].[Id]',
    policies.map(({ Id }) => Id),
  );
  for (const { Id, Name } of policies)
    for (const command of ['describe-policy', 'list-targets-for-policy'])
      fake.json(['organizations', command, '--policy-id', Id], fake.file(`organizations-${command}`, Name));
  const [root = { Id: '', Name: '' }] = list('list-roots', 'Roots');
  fake.json(['organizations', 'list-roots'], { Roots: [root] });
  fake.names(['organizations', 'list-roots'], 'Roots[].[Id]', [root.Id]);
  const accounts = list('list-accounts', 'Accounts');
  fake.json(['organizations', 'list-accounts'], { Accounts: accounts });
  const units = list('list-organizational-units-for-parent', 'OrganizationalUnits');
  for (const parent of [root, ...units]) {
    const at = ['--parent-id', parent.Id];
    const below = parent === root ? units : [];
    fake.json(['organizations', 'list-organizational-units-for-parent', ...at], { OrganizationalUnits: below });
    fake.names(
      ['organizations', 'list-organizational-units-for-parent', ...at],
      'OrganizationalUnits[].[Id]',
      below.map(({ Id }) => Id),
    );
    const inside = accounts.filter(({ Id }) => list('list-parents', 'Parents', Id)[0]?.Id === parent.Id);
    fake.json(['organizations', 'list-accounts-for-parent', ...at], { Accounts: inside });
  }
}
