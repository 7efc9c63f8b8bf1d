import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Inventory } from '../../inventory/inventory.ts';
import { awsOriginOf } from '../../inventory/normalise/aws-origin.ts';
import { qualifiedPlural } from '../../sources/kubernetes/resources.ts';
import { LISTED_RESOURCES } from '../../sources/listed-resources.ts';
import { readSnapshot } from '../../sources/snapshot/read.ts';
import { SECRETS_TEMPLATE } from './kubernetes.ts';
import { type AwsFile, answerAs, answerAsOrganization } from './testing/aws-answers.ts';
import { answerAsAzure, answerAsGoogle, type CloudFile } from './testing/cloud-answers.ts';
import { FakeTools } from './testing/fake-tools.ts';

const CORPUS = '/work/shared/corpus/prod-eu';
const read = (file: string): Record<string, unknown> => JSON.parse(readFileSync(file, 'utf8'));

function filesOf(account: string): AwsFile[] {
  const root = join(CORPUS, 'aws', account);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const { command = '', resource = '' } = awsOriginOf(join(root, file));
      return { command, resource, json: read(join(root, file)) };
    });
}

function cloudFilesOf(root: string): CloudFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const [method = '', resource = ''] = file.replace(/(\.page-\d+)?\.json$/, '').split('/');
      return { method, resource, json: read(join(root, file)) };
    });
}

let tools: FakeTools;
beforeEach(() => {
  tools = new FakeTools();
});
afterEach(() => tools.close());

describe.skipIf(!existsSync(CORPUS))('the script against commands that print the corpus', () => {
  test('AWS: the same inventory', async () => {
    const env = { AWS_REGION: 'eu-west-1' };
    for (const account of ['111122223333', '444455556666']) {
      tools.forget();
      answerAs(tools, account, filesOf(account));
      tools.refuse('aws', ['--output', 'json', 'organizations', 'describe-organization'], refusal('DescribeOrganization'));
      for (const bucket of ['acme-tenants', 'acme-node-bootstrap', 'acme-data-lake'])
        tools.refuse(
          'aws',
          ['--output', 'json', 's3api', 'get-bucket-policy', '--bucket', bucket],
          '\nAn error occurred (NoSuchBucketPolicy) when calling …',
        );
      tools.refuse(
        'aws',
        ['--output', 'json', 'kms', 'get-key-policy', '--region', 'eu-west-1', '--key-id', KEY, '--policy-name', 'default'],
        NO_KEY,
      );
      expect(tools.run(['aws'], env).code).toBe(0);
      expect(tools.unexpected()).toEqual([]);
    }
    tools.forget();
    answerAs(tools, '999988887777', [
      {
        command: 'sts-get-caller-identity',
        resource: '',
        json: { Account: '999988887777', Arn: 'arn:aws:iam::999988887777:root', UserId: 'x' },
      },
    ]);
    answerAsOrganization(tools, filesOf('999988887777'));
    expect(tools.run(['aws'], env).code).toBe(0);
    const [collected, corpus] = await Promise.all([
      readSnapshot(tools.folder, { cluster: 'prod-eu' }),
      readSnapshot(join(CORPUS, 'aws'), { cluster: 'prod-eu' }),
    ]);
    expect(comparable(collected)).toEqual(comparable(corpus));
    expect(tools.unexpected()).toEqual([]);
    expect(collected.gaps.map(({ what, permission }) => [what, permission])).toEqual([
      ['answer of organizations-describe-organization', 'organizations:DescribeOrganization'],
      ['answer of organizations-describe-organization', 'organizations:DescribeOrganization'],
    ]);
  });

  test('Google Cloud: the same inventory', async () => {
    const root = join(CORPUS, '..', 'prod-eu-gke', 'gcp');
    answerAsGoogle(tools, cloudFilesOf(root), 'acme-prod-eu');
    expect(tools.run(['gcp'], { GCP_PROJECTS: 'acme-prod-eu acme-data-eu' }).code).toBe(0);
    const [collected, corpus] = await Promise.all([readSnapshot(tools.folder), readSnapshot(root)]);
    const { projectsWithServiceAccounts: _whole, policies, denyPoliciesRead, folders: _folders, ...rest } = collected.gcp;
    const { projectsWithServiceAccounts: _part, policies: known, denyPoliciesRead: _known, folders: _none, ...expected } = corpus.gcp;
    expect(rest).toEqual(expected);
    // Of one project the list is empty, which is to be known as well as the other's.
    expect(denyPoliciesRead).toEqual(['projects/acme-data-eu', 'projects/acme-prod-eu']);
    // The script knows whose secrets they are.
    const named = policies.map((policy) => ({
      ...policy,
      resource: policy.resource.replace('projects/-/secrets', 'projects/acme-prod-eu/secrets'),
    }));
    const bindings = (list: readonly { readonly resource: string; readonly bindings: unknown }[]) =>
      list.map(({ resource, bindings: of }) => [resource, of]).sort();
    expect(bindings(named)).toEqual(bindings(known));
  });

  test('Azure: the same inventory', async () => {
    const root = join(CORPUS, '..', 'prod-eu-aks', 'azure');
    const subscription = '11111111-2222-4333-8444-555555555555';
    answerAsAzure(tools, cloudFilesOf(root), subscription);
    expect(tools.run(['azure'], { AZURE_SUBSCRIPTIONS: subscription }).code).toBe(0);
    expect(tools.unexpected()).toEqual([]);
    const [collected, corpus] = await Promise.all([
      readSnapshot(tools.folder, { cluster: 'prod-eu' }),
      readSnapshot(root, { cluster: 'prod-eu' }),
    ]);
    expect(collected.azure).toEqual(corpus.azure);
    expect(collected.gaps).toEqual(corpus.gaps);
  });

  test('Kubernetes: the same inventory, and no value of a Secret', async () => {
    const kubernetes = join(CORPUS, 'kubernetes');
    for (const resource of LISTED_RESOURCES.filter(({ plural }) => plural !== 'secrets')) {
      const args = ['get', qualifiedPlural(resource), '--all-namespaces', '-o', 'json'];
      const file = join(kubernetes, `${resource.plural}.json`);
      tools.answer(
        'kubectl',
        args,
        existsSync(file) ? readFileSync(file, 'utf8').trimEnd() : { apiVersion: 'v1', kind: 'List', items: [] },
      );
    }
    tools.answer(
      'kubectl',
      ['get', 'configmap', 'aws-auth', '--namespace', 'kube-system', '-o', 'json'],
      read(join(kubernetes, 'aws-auth.json')),
    );
    tools.answer('kubectl', ['get', '--raw', '/.well-known/openid-configuration'], read(join(kubernetes, 'openid-configuration.json')));
    tools.answer('kubectl', ['version', '-o', 'json'], read(join(kubernetes, 'version.json')));
    tools.answer('kubectl', ['api-resources', '--verbs=list', '--no-headers'], 'pods   po   v1   true   Pod');
    tools.answer(
      'kubectl',
      ['get', 'secrets', '--all-namespaces', '-o', `go-template=${SECRETS_TEMPLATE}`],
      namesOnly(read(join(kubernetes, 'secrets.json'))),
    );
    expect(tools.run(['kubernetes'])).toMatchObject({ code: 0 });
    expect(tools.unexpected()).toEqual([]);
    const [collected, corpus] = await Promise.all([readSnapshot(tools.folder), readSnapshot(kubernetes)]);
    expect({ ...collected, gaps: [] }).toEqual({ ...corpus, gaps: [] });
    // The script has asked for what the corpus does not hold, but for what this server does not name.
    expect(collected.gaps.map(({ resources }) => resources)).toEqual([
      ['validatingadmissionpolicies', 'validatingadmissionpolicybindings', 'mutatingadmissionpolicies', 'mutatingadmissionpolicybindings'],
    ]);
    expect(readFileSync(join(tools.folder, 'kubernetes', 'secrets.json'), 'utf8')).not.toContain('CANARY');
  });
});

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1111aaaa-22bb-33cc-44dd-5555eeee6666';
const NO_KEY = '\nAn error occurred (NotFoundException) when calling the GetKeyPolicy operation: no such key';

/** What SECRETS_TEMPLATE makes of Secrets; that kubectl makes the same of them is a test of its own. */
function namesOnly({ items, ...list }: Record<string, unknown>): unknown {
  const decisive = /^kubernetes[.]io[/]service-account[.](name|uid)$/;
  const secrets = (items as { type: string; metadata: Record<string, unknown>; data?: object }[]).map(({ type, metadata, data }) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    type,
    metadata: {
      namespace: metadata.namespace,
      name: metadata.name,
      uid: metadata.uid,
      labels: metadata.labels ?? {},
      annotations: Object.fromEntries(Object.entries(metadata.annotations ?? {}).filter(([key]) => decisive.test(key))),
    },
    data: Object.fromEntries(Object.keys(data ?? {}).map((key) => [key, ''])),
  }));
  return { ...list, items: secrets };
}

const refusal = (operation: string): string => `\nAn error occurred (AccessDeniedException) when calling the ${operation} operation: no`;

/** What the fakes do not print: the IAM of the management account, and its place in the organisation. */
function comparable({ aws, cluster }: Inventory): unknown {
  const { organization } = aws;
  return {
    cluster,
    ...aws,
    accountsWithProviders: aws.accountsWithProviders.filter((id) => id !== '999988887777'),
    resourcePolicies: aws.resourcePolicies.filter(({ document }) => document !== undefined),
    organization: organization && {
      ...organization,
      parents: new Map([...organization.parents].filter(([child]) => child !== '999988887777')),
    },
  };
}
