import type { FakeTools } from './fake-tools.ts';

type Json = Readonly<Record<string, unknown>>;

/** One recorded REST answer of Google or Azure: METHOD/RESOURCE.json. */
export interface CloudFile {
  readonly method: string;
  readonly resource: string;
  readonly json: Json;
}

const each = (files: readonly CloudFile[], ending: string): readonly CloudFile[] => files.filter(({ method }) => method.endsWith(ending));
const items = (found: readonly CloudFile[], key: string): readonly Json[] => found.flatMap(({ json }) => (json[key] ?? []) as Json[]);
const last = (name: unknown): string => String(name).split('/').at(-1) ?? '';

/** What the fake `gcloud` prints of one project. */
class FakeProject {
  readonly #tools: FakeTools;
  readonly id: string;
  readonly at: readonly string[];

  constructor(tools: FakeTools, id: string) {
    this.#tools = tools;
    this.id = id;
    this.at = ['--project', id];
  }

  json(args: readonly string[], answer: unknown): void {
    this.#tools.answer('gcloud', ['--quiet', '--format', 'json', ...args], answer);
  }

  names(column: string, args: readonly string[], lines: readonly unknown[]): void {
    this.#tools.answer('gcloud', ['--quiet', '--format', `value(${column})`, ...args], lines.map(String).join('\n'));
  }
}

/** Makes the fake `gcloud` print what Google's REST answers hold; buckets and secrets are `owner`'s. */
export function answerAsGoogle(tools: FakeTools, files: readonly CloudFile[], owner: string): void {
  const [folder] = each(files, '.folders.getIamPolicy');
  for (const { json: project } of each(files, '.projects.get')) {
    const fake = new FakeProject(tools, String(project.projectId));
    fake.json(['projects', 'describe', fake.id], project);
    answerProject(
      fake,
      files.filter(({ resource }) => resource.startsWith(fake.id)),
    );
    for (const { resource, json } of each(files, '.serviceAccounts.getIamPolicy'))
      fake.json(['iam', 'service-accounts', 'get-iam-policy', resource, ...fake.at], json);
    fake.names(
      'id,type',
      ['projects', 'get-ancestors', fake.id],
      folder === undefined ? [] : [`${fake.id}\tproject`, `${folder.resource}\tfolder`],
    );
    if (folder !== undefined) fake.json(['resource-manager', 'folders', 'get-iam-policy', folder.resource], folder.json);
    for (const { json: role } of each(files, 'iam.v1.roles.get')) fake.json(['iam', 'roles', 'describe', String(role.name)], role);
    for (const { json: role } of each(files, '.projects.roles.get')) {
      const [, project = '', , id = ''] = String(role.name).split('/');
      fake.json(['iam', 'roles', 'describe', id, '--project', project], role);
    }
    answerResources(fake, fake.id === owner ? files : []);
  }
}

function answerProject(fake: FakeProject, files: readonly CloudFile[]): void {
  const { id, at } = fake;
  fake.json(['projects', 'get-iam-policy', id], each(files, 'cloudresourcemanager.v3.projects.getIamPolicy')[0]?.json);
  const accounts = items(each(files, '.serviceAccounts.list'), 'accounts');
  fake.json(['iam', 'service-accounts', 'list', ...at], accounts);
  fake.names(
    'email',
    ['iam', 'service-accounts', 'list', ...at],
    accounts.map(({ email }) => email),
  );
  fake.json(['iam', 'roles', 'list', ...at], items(each(files, '.projects.roles.list'), 'roles'));
  fake.json(['container', 'clusters', 'list', ...at], items(each(files, '.clusters.list'), 'clusters'));
  const point = ['--attachment-point', `cloudresourcemanager.googleapis.com/projects/${id}`, '--kind', 'denypolicies'];
  const denials = items(each(files, '.denypolicies.list'), 'policies');
  fake.json(
    ['iam', 'policies', 'list', ...point],
    denials.map(({ rules: _left, ...policy }) => policy),
  );
  fake.names(
    'name.basename()',
    ['iam', 'policies', 'list', ...point],
    denials.map(({ name }) => last(name)),
  );
  for (const policy of denials) fake.json(['iam', 'policies', 'get', last(policy.name), ...point], policy);
  const pools = ['iam', 'workload-identity-pools', 'list', '--location', 'global', ...at];
  fake.json(pools, []);
  fake.names('name.basename()', pools, []);
}

function answerResources(fake: FakeProject, files: readonly CloudFile[]): void {
  const buckets = each(files, '.buckets.getIamPolicy');
  fake.json(['storage', 'buckets', 'list', '--raw', ...fake.at], []);
  fake.names(
    'name',
    ['storage', 'buckets', 'list', ...fake.at],
    buckets.map(({ resource }) => resource),
  );
  for (const { resource, json } of buckets) fake.json(['storage', 'buckets', 'get-iam-policy', `gs://${resource}`], json);
  const secrets = each(files, '.secrets.getIamPolicy');
  fake.names(
    'name.basename()',
    ['secrets', 'list', ...fake.at],
    secrets.map(({ resource }) => resource),
  );
  for (const { resource, json } of secrets) fake.json(['secrets', 'get-iam-policy', resource, ...fake.at], json);
}

/** Makes the fake `az` print what Azure's REST answers hold. */
export function answerAsAzure(tools: FakeTools, files: readonly CloudFile[], subscription: string): void {
  const json = (args: readonly string[], answer: unknown): void => tools.answer('az', [...args, '--output', 'json'], answer);
  const names = (args: readonly string[], query: string, lines: readonly unknown[]): void =>
    tools.answer('az', [...args, '--query', query, '--output', 'tsv'], lines.map(String).join('\n'));
  const of = (ending: string): readonly Json[] => items(each(files, ending), 'value');
  const at = ['--subscription', subscription];
  json(['aks', 'list', ...at], of('managedClusters.list'));
  json(['role', 'definition', 'list', ...at], of('roleDefinitions.list'));
  json(['role', 'assignment', 'list', '--all', '--include-inherited', ...at], of('roleAssignments.listForSubscription'));
  const url = `https://management.azure.com/subscriptions/${subscription}/providers/Microsoft.Authorization/denyAssignments?api-version=2022-04-01`;
  json(['rest', '--method', 'get', '--url', url], each(files, 'denyAssignments.listForSubscription')[0]?.json);
  const identities = of('userAssignedIdentities.listBySubscription');
  json(['identity', 'list', ...at], identities);
  names(
    ['identity', 'list', ...at],
    '[].[id]',
    identities.map(({ id }) => id),
  );
  for (const { id, name } of identities) {
    const credentials = items(
      each(files, 'federatedIdentityCredentials.list').filter(({ resource }) => resource === name),
      'value',
    );
    const where = ['--resource-group', String(id).split('/')[4] ?? '', '--identity-name', String(name)];
    json(['identity', 'federated-credential', 'list', ...at, ...where], credentials);
  }
  const applications = of('graph.v1.0.applications');
  json(
    ['ad', 'app', 'list', '--all', '--query', '[].{id:id,appId:appId,displayName:displayName,signInAudience:signInAudience}'],
    applications,
  );
  names(
    ['ad', 'app', 'list', '--all'],
    '[].[id]',
    applications.map(({ id }) => id),
  );
  for (const { resource, json: answer } of each(files, 'applications.federatedIdentityCredentials'))
    json(['ad', 'app', 'federated-credential', 'list', '--id', resource], answer.value);
  const QUERY = '[].{id:id,appId:appId,displayName:displayName,servicePrincipalType:servicePrincipalType}';
  json(['ad', 'sp', 'list', '--all', '--query', QUERY], of('graph.v1.0.servicePrincipals'));
}
