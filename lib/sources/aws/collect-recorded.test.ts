import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createInventoryBuilder, type InventoryBuilder } from '../../inventory/builder.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { readSnapshot, readSnapshotInto } from '../snapshot/read.ts';
import { collectAws } from './collect.ts';
import { AWS_OPERATIONS } from './operations.ts';
import { accountsOf, graphOf } from './testing/compare.ts';
import { type Replay, startReplay } from './testing/replay.ts';
import { awsEnvironment, SECRET, tryCollect } from './testing/try-collect.ts';

const CORPUS = '/work/shared/corpus/prod-eu';
const PROFILES = ['prod', 'data', 'management'];

let replay: Replay;
let environment: ReturnType<typeof awsEnvironment>;
let inventory: Inventory;
const progress: unknown[] = [];

beforeAll(async () => {
  replay = await startReplay();
  environment = awsEnvironment(replay.url);
  inventory = await tryCollect({ profiles: PROFILES, onProgress: (step) => progress.push(step) });
});
afterAll(async () => {
  environment.close();
  await replay.close();
});

describe('the recorded accounts through the real SDK', () => {
  test('every record is there', () => {
    const { organization, ...lists } = inventory.aws;
    const counts = Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.length]));
    expect(counts).toEqual({
      accounts: 3,
      accountsWithProviders: 3,
      roles: 66,
      users: 0,
      groups: 0,
      managedPolicies: 15,
      oidcProviders: 4,
      eksClusters: 2,
      podIdentityAssociations: 16,
      nodegroups: 1,
      addons: 2,
      accessEntries: 4,
      instanceProfiles: 2,
      instances: 0,
      resourcePolicies: 3,
      repositories: 0,
    });
    expect(organization?.managementAccount).toBe('999988887777');
    expect(organization?.policies).toHaveLength(5);
    expect(organization?.policies.filter(({ document }) => document === undefined)).toEqual([]);
    expect(inventory.gaps).toEqual([]);
  });

  test('policies come out of percent-encoded text, and what the list of associations does not say out of each description', () => {
    const role = inventory.aws.roles.find(({ name }) => name === 'shop-api-irsa');
    expect(role?.inlinePolicies[0]?.document.statements[0]?.resources).toEqual(['arn:aws:s3:::acme-shop-assets/public/*']);
    expect(inventory.aws.podIdentityAssociations.every(({ roleArn }) => roleArn.startsWith('arn:aws:iam::'))).toBe(true);
    expect(inventory.aws.oidcProviders.every(({ clientIds }) => clientIds !== undefined && clientIds.length > 0)).toBe(true);
    expect(inventory.aws.accessEntries.every(({ policies }) => policies !== undefined)).toBe(true);
  });

  test('a page is asked for once, with the mark of the one before', () => {
    const pages = replay.requests.filter(
      ({ operation, accessKey }) => operation === 'iam:GetAccountAuthorizationDetails' && accessKey === 'AKIA111122223333TEST',
    );
    expect(pages.map(({ subject }) => subject)).toEqual(['', '25', '50']);
    const lists = replay.requests.filter(({ operation }) => operation === 'eks:ListPodIdentityAssociations');
    expect(lists.filter(({ subject }) => subject.endsWith(' 10'))).toHaveLength(1);
  });

  test('nothing is asked but what the list of operations says', () => {
    const asked = new Set(replay.requests.map(({ operation }) => operation));
    expect([...asked].filter((operation) => !Object.hasOwn(AWS_OPERATIONS, operation))).toEqual([]);
  });

  test('every account says how far it is, and that it is done', () => {
    for (const account of ['111122223333', '444455556666', '999988887777'])
      expect(progress.filter((step) => (step as { what: string }).what === `AWS account ${account}`).at(-1)).toMatchObject({ done: true });
    expect(JSON.stringify(progress)).not.toContain(SECRET);
  });

  test('a bucket without a policy is known to have none', () => {
    const tenants = inventory.aws.resourcePolicies.find(({ arn }) => arn === 'arn:aws:s3:::acme-tenants');
    expect(tenants).toEqual({ arn: 'arn:aws:s3:::acme-tenants', account: '111122223333' });
  });
});

describe.skipIf(!existsSync(CORPUS))('beside the files of the same accounts', () => {
  test('the inventory is the same, but for what the files do not hold', async () => {
    const files = await readSnapshot(`${CORPUS}/aws`, { cluster: 'prod-eu' });
    expect(accountsOf(inventory)).toEqual(accountsOf(files));
  });

  test('the graph is the same', async () => {
    const builder = createInventoryBuilder();
    await readSnapshotInto(builder, `${CORPUS}/kubernetes`);
    const live = await tryCollect({ builder, profiles: PROFILES });
    const files = await readSnapshot(CORPUS, { cluster: 'prod-eu' });
    const graph = graphOf(live);
    expect(graph.nodes).toContain('aws-role:arn:aws:iam::111122223333:role/shop-api-irsa');
    expect(graph).toEqual(graphOf(files));
  });

  test('the raw answers alone give the graph that the same files give', async () => {
    const fromWire = createInventoryBuilder();
    await readSnapshotInto(fromWire, `${CORPUS}/kubernetes`);
    await collectAws({ builder: wireOnly(fromWire), profiles: ['prod'] });
    const fromFiles = createInventoryBuilder();
    await readSnapshotInto(fromFiles, `${CORPUS}/kubernetes`);
    for (const [command, resource] of WIRE.values()) {
      const file = `${CORPUS}/aws/111122223333/${command}${resource}.json`;
      fromFiles.addAwsAnswer(JSON.parse(readFileSync(file, 'utf8')), { file, account: '111122223333', command });
    }
    const [wire, files] = [fromWire, fromFiles].map((builder) => builder.finish({ cluster: 'prod-eu' }));
    expect(wire?.aws).toEqual(files?.aws);
    expect(graphOf(wire as Inventory)).toEqual(graphOf(files as Inventory));
  });
});

/** What shared/corpus/wire/aws recorded → the file with the same answer. */
const WIRE = new Map([
  ['iam:GetAccountAuthorizationDetails', ['iam-get-account-authorization-details', '']],
  ['iam:ListOpenIDConnectProviders', ['iam-list-open-id-connect-providers', '']],
  ['eks:DescribeCluster', ['eks-describe-cluster', '/prod-eu']],
  ['eks:ListPodIdentityAssociations', ['eks-list-pod-identity-associations', '.prod-eu']],
] as const);

/** Lets those answers through only. */
function wireOnly(builder: InventoryBuilder): InventoryBuilder {
  const commands = new Set<string>([...WIRE.values()].map(([command]) => command));
  const filtered = Object.create(builder) as InventoryBuilder;
  filtered.addGap = (gap) => builder.addGap(gap);
  filtered.addAwsAnswer = (answer, origin) =>
    commands.has(origin.command ?? '') && !origin.file.includes('staging-eu') ? builder.addAwsAnswer(answer, origin) : true;
  return filtered;
}
