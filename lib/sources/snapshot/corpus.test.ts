import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Inventory } from '../../inventory/inventory.ts';
import { readSnapshot } from './read.ts';

const CORPUS = process.env.CORPUS_DIR ?? resolve(import.meta.dirname, '../../../../shared/corpus');
const IS_HERE = existsSync(join(CORPUS, 'prod-eu'));
if (!IS_HERE) process.stdout.write(`skipped: 5 tests of the snapshot source, because ${CORPUS} is not there (set CORPUS_DIR)\n`);

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
  test('is read whole: as many objects as the files hold, and no gap', async () => {
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
    expect(gaps).toEqual([]);
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

  test('tiny chunks and batches, other names and another order of the files change nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'podreach-corpus-'));
    try {
      const source = join(CORPUS, 'prod-eu/kubernetes');
      for (const [index, name] of readdirSync(source).reverse().entries())
        cpSync(join(source, name), join(folder, `${String(index).padStart(3, '0')}.json`));
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

  test('an account without a cluster of its own leaves the issuer open until --cluster says it', async () => {
    const open = await readSnapshot(join(CORPUS, 'prod-eu/aws'));
    expect(open.cluster.issuer).toBeUndefined();
    expect(open.gaps.map((gap) => gap.what)).toContain('OIDC issuer of the cluster');
    const chosen = await readSnapshot(join(CORPUS, 'prod-eu/aws'), { cluster: 'prod-eu' });
    expect(chosen.cluster.eksClusterArn).toBe('arn:aws:eks:eu-west-1:111122223333:cluster/prod-eu');
  });
});

function text(inventory: Inventory): string {
  return JSON.stringify(inventory, (_key, value: unknown) => (value instanceof Map ? [...value] : value));
}
