import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Inventory } from '../../inventory/inventory.ts';
import { readSnapshot } from './read.ts';

const CORPUS = process.env.CORPUS_DIR ?? resolve(import.meta.dirname, '../../../../shared/corpus');
const IS_HERE = existsSync(join(CORPUS, 'prod-eu'));
if (!IS_HERE) process.stdout.write(`skipped: 13 tests of the snapshot source, because ${CORPUS} is not there (set CORPUS_DIR)\n`);

/** Of what a live collection asks for; mutating policies are served by default since 1.36, which this cluster is of. */
const NOT_HELD = [
  'replicationcontrollers',
  'customresourcedefinitions',
  'endpointslices',
  'ingressclasses',
  'storageclasses',
  'apiservices',
  'validatingadmissionpolicies',
  'validatingadmissionpolicybindings',
  'mutatingadmissionpolicies',
  'mutatingadmissionpolicybindings',
];

interface RawList {
  readonly items: readonly {
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace?: string };
    readonly data?: Record<string, string>;
  }[];
}

function rawList(file: string): RawList['items'] {
  return (JSON.parse(readFileSync(join(CORPUS, 'prod-eu/kubernetes', file), 'utf8')) as RawList).items;
}

function keysOf(list: readonly { readonly namespace?: string; readonly name: string }[]): string[] {
  return list.map((each) => `${each.namespace ?? ''}/${each.name}`).sort();
}

describe.skipIf(!IS_HERE)('the corpus', () => {
  test('is read whole: as many objects as the files hold, and no gap but the lists that it does not hold', async () => {
    const { kubernetes, cluster, gaps, aws } = await readSnapshot(join(CORPUS, 'prod-eu'));
    const files: [Exclude<keyof typeof kubernetes, 'awsAuth'>, string[]][] = [
      ['pods', ['pods']],
      ['serviceAccounts', ['serviceaccounts']],
      ['secrets', ['secrets']],
      ['nodes', ['nodes']],
      ['namespaces', ['namespaces']],
      ['roles', ['roles', 'clusterroles']],
      ['bindings', ['rolebindings', 'clusterrolebindings']],
      ['workloads', ['deployments', 'replicasets', 'statefulsets', 'daemonsets', 'jobs', 'cronjobs']],
    ];
    for (const [part, names] of files) {
      const raw = names.flatMap((name) => rawList(`${name}.json`)).map((each) => each.metadata);
      expect(keysOf(kubernetes[part]), part).toEqual(keysOf(raw));
    }
    expect([kubernetes.pods.length, kubernetes.serviceAccounts.length]).toEqual([232, 219]);
    expect(gaps).toMatchObject([{ source: 'snapshot', what: '10 lists of the cluster', resources: NOT_HELD }]);
    expect(cluster).toMatchObject({
      name: 'prod-eu',
      version: 'v1.36.2',
      eksClusterArn: 'arn:aws:eks:eu-west-1:111122223333:cluster/prod-eu',
    });
    expect(aws.roles).toHaveLength(66);
  });

  test('leaves no Secret value and no environment value behind', async () => {
    const values = rawList('secrets.json').flatMap((secret) => Object.values(secret.data ?? {}));
    expect(values.length).toBeGreaterThan(5);
    const inventory = await readSnapshot(join(CORPUS, 'prod-eu'));
    for (const dump of [inspect(inventory, { depth: null, maxArrayLength: null, maxStringLength: null }), JSON.stringify(inventory)]) {
      for (const value of values) {
        expect(dump.includes(value)).toBe(false);
        expect(dump.includes(Buffer.from(value, 'base64').toString('utf8'))).toBe(false);
      }
      expect(dump).not.toContain('CANARY');
    }
    expect(inventory.kubernetes.secrets.find((secret) => secret.name === 'aws-static-keys')?.keys).toEqual([
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
    ]);
  });

  test('recorded pages of the raw API give the same pods as kubectl', async () => {
    const raw = await readSnapshot(join(CORPUS, 'wire/kubernetes'));
    const printed = await readSnapshot(join(CORPUS, 'prod-eu/kubernetes'));
    expect(raw.kubernetes.pods).toEqual(printed.kubernetes.pods);
    expect(raw.kubernetes.secrets.map(({ namespace, name, keys }) => ({ namespace, name, keys: keys ?? [] }))).toEqual(
      printed.kubernetes.secrets.map(({ namespace, name, keys }) => ({ namespace, name, keys })),
    );
    expect(raw.gaps.map((gap) => gap.permission).filter(Boolean)).toEqual(['list clusterroles.rbac.authorization.k8s.io', 'list secrets']);
  });

  test('tiny chunks and batches, other places and another order of the files change nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'podreach-corpus-'));
    try {
      const source = join(CORPUS, 'prod-eu/kubernetes');
      for (const [index, name] of readdirSync(source).reverse().entries())
        cpSync(join(source, name), join(folder, String(index).padStart(3, '0'), name));
      const [whole, shuffled, small] = [
        await readSnapshot(source),
        await readSnapshot(folder),
        await readSnapshot(source, { limits: { chunkBytes: 1000, batchBytes: 5000 } }),
      ];
      expect(shuffled).toEqual(whole);
      expect(small).toEqual(whole);
      expect(text(shuffled)).toBe(text(whole));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('every AWS file is read into something', async () => {
    const { aws, gaps } = await readSnapshot(join(CORPUS, 'prod-eu'));
    const { organization, ...lists } = aws;
    const counts = Object.fromEntries(Object.entries(lists).map(([part, list]) => [part, list.length]));
    expect(counts).toEqual({
      accounts: 2,
      accountsWithProviders: 2,
      roles: 66,
      managedPolicies: 15,
      oidcProviders: 4,
      eksClusters: 2,
      podIdentityAssociations: 16,
      users: 0,
      groups: 0,
      nodegroups: 1,
      addons: 2,
      accessEntries: 4,
      instanceProfiles: 2,
      instances: 0,
      resourcePolicies: 1,
      repositories: 0,
    });
    const rolesOf = (account: string): number => aws.roles.filter((role) => role.account === account).length;
    expect([rolesOf('111122223333'), rolesOf('444455556666')]).toEqual([60, 6]);
    expect(aws.accessEntries.map(({ policies }) => policies?.length)).toEqual([0, 1, 1, 0]);
    expect(organization?.policies.map(({ document, name }) => [name, document?.statements.length])).toEqual([
      ['data-services-only', 1],
      ['deny-outside-eu', 1],
      ['FullAWSAccess', 1],
      ['protect-prod', 2],
      ['deny-iam-users', 1],
    ]);
    expect(organization?.attachments.get('111122223333')).toEqual(['p-FullAWSAccess', 'p-dlcqoa79']);
    expect(organization?.attachments.get('999988887777')).toEqual(['p-FullAWSAccess']);
    expect(organization?.parents.get('111122223333')).toBe('ou-tln3-vpojacg1');
    expect(organization?.managementAccount).toBe('999988887777');
    expect(gaps.map(({ what }) => what)).toEqual(['10 lists of the cluster']);
  });

  test('the ConfigMap aws-auth is read, and no other', async () => {
    const { kubernetes } = await readSnapshot(join(CORPUS, 'prod-eu/kubernetes'));
    expect(kubernetes.awsAuth?.map(({ groups, identity }) => [identity, groups])).toEqual([
      ['arn:aws:iam::111122223333:role/prod-eu-node', ['system:bootstrappers', 'system:nodes']],
      ['arn:aws:iam::111122223333:role/ci-admin-irsa', ['system:masters']],
    ]);
    expect(kubernetes.networkPolicies).toHaveLength(21);
  });

  const gke = 'https://container.googleapis.com/v1/projects/acme-prod-eu/locations/europe-west1/clusters/';
  const aks =
    '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg-prod-eu/providers/Microsoft.ContainerService/managedClusters/';
  const issuer = (id: string): string => `https://westeurope.oic.prod-aks.azure.com/aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee/${id}/`;
  test.each([
    ['prod-eu-gke', undefined, { name: 'prod-eu', gkeSelfLink: `${gke}prod-eu` }, true],
    ['prod-eu-gke', 'staging-eu', { name: 'staging-eu', gkeSelfLink: `${gke}staging-eu` }, false],
    ['prod-eu-aks', undefined, { aksClusterId: `${aks}prod-eu`, issuer: issuer('5f1c9a30-7d42-4a3e-9b58-0c6e2d417f83') }, true],
    ['prod-eu-aks', 'staging-eu', { aksClusterId: `${aks}staging-eu`, issuer: issuer('c2e07b14-91d5-4f68-8a3b-7e5d60f4a921') }, false],
    ['prod-eu/aws', undefined, { eksClusterArn: 'arn:aws:eks:eu-west-1:111122223333:cluster/prod-eu' }, true],
    ['prod-eu/aws', 'staging-eu', { eksClusterArn: 'arn:aws:eks:eu-west-1:111122223333:cluster/staging-eu' }, false],
  ])('%s with --cluster %s is the right cluster, and a guess is said', async (folder, cluster, expected, isGuess) => {
    const inventory = await readSnapshot(join(CORPUS, folder), cluster === undefined ? {} : { cluster });
    expect(inventory.cluster).toMatchObject(expected);
    expect(inventory.gaps.some((gap) => gap.what === 'which cluster this is')).toBe(isGuess);
  });

  test('where not even the folder says which of several clusters it is, it stays open', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'podreach-corpus-'));
    try {
      cpSync(join(CORPUS, 'prod-eu/aws'), folder, { recursive: true });
      const open = await readSnapshot(folder);
      expect(open.cluster.issuer).toBeUndefined();
      expect(open.gaps.map((gap) => gap.what)).toEqual(['OIDC issuer of the cluster']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function text(inventory: Inventory): string {
  return JSON.stringify(inventory, (_key, value: unknown) => (value instanceof Map ? [...value] : value));
}
