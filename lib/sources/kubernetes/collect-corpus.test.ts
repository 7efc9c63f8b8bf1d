import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Fault } from '../../../e2e/api-server/fault.ts';
import { readSnapshotFiles } from '../../../e2e/api-server/objects.ts';
import { createInventoryBuilder } from '../../inventory/builder.ts';
import { readAwsAuth } from '../aws-auth.ts';
import { collectKubernetes } from './collect.ts';
import { collected } from './testing/try-collect.ts';

const corpus = process.env.CORPUS_DIR ?? join(import.meta.dirname, '../../../../shared/corpus');
const there = existsSync(join(corpus, 'wire/kubernetes/index.json'));
const wire = (name: string): Buffer => readFileSync(join(corpus, 'wire/kubernetes', name));
const prod = join(corpus, 'prod-eu');

/** The inventory of the files, by the builder alone. */
function fromFiles(): ReturnType<ReturnType<typeof createInventoryBuilder>['finish']> {
  const builder = createInventoryBuilder();
  for (const object of readSnapshotFiles(prod).objects)
    if (!readAwsAuth(object, { source: 'snapshot' }, builder)) builder.addObject(object, { source: 'snapshot' });
  return builder.finish();
}

test.skipIf(!there)('the recorded pages give the same pods as the files, and the recorded Secrets the same names and keys', async () => {
  const page = (name: string): Fault => ({ does: { kind: 'body', body: wire(name) }, when: { plural: 'pods' }, times: 1 });
  const faults: Fault[] = [
    page('pods.page-1.json'),
    page('pods.page-2.json'),
    page('pods.page-3.json'),
    { does: { kind: 'body', body: wire('secrets.tokens.metadata-only.json') }, when: { plural: 'secrets' }, times: 1 },
    { does: { kind: 'body', body: wire('secrets.metadata-only.json') }, when: { plural: 'secrets' }, times: 1 },
    { does: { kind: 'body', body: wire('version.json') }, when: { path: '/version' } },
    { does: { kind: 'body', body: wire('openid-configuration.json') }, when: { path: '/.well-known/openid-configuration' } },
    {
      does: { kind: 'status', status: 403, body: wire('forbidden.clusterroles-but-view-pods.json').toString() },
      when: { plural: 'clusterroles' },
    },
    { does: { kind: 'status', status: 404, body: wire('not-found.group.json').toString() }, when: { plural: 'cronjobs' } },
  ];
  const { inventory, server, everything } = await collected({ faults });
  const files = fromFiles();
  expect(inventory.kubernetes.pods.length).toBe(232);
  expect(inventory.kubernetes.pods).toEqual(files.kubernetes.pods);
  const keys = (secrets: typeof inventory.kubernetes.secrets): unknown =>
    secrets.map(({ namespace, name, keys: all }) => [namespace, name, all ?? []]);
  expect(keys(inventory.kubernetes.secrets)).toEqual(keys(files.kubernetes.secrets));
  expect(inventory.kubernetes.secrets.filter(({ type }) => type === 'kubernetes.io/service-account-token').length).toBe(
    files.kubernetes.secrets.filter(({ type }) => type === 'kubernetes.io/service-account-token').length,
  );
  expect(inventory.cluster).toMatchObject({ version: 'v1.36.2', issuer: expect.stringMatching(/^https:\/\/oidc\.eks\.eu-west-1/) });
  expect(inventory.gaps.map(({ what, why }) => [what, why])).toEqual([
    [
      'clusterroles',
      expect.stringMatching(/^the API server forbids `system:serviceaccount:production:config-watcher` to list clusterroles/),
    ],
    ['cronjobs', expect.stringMatching(/\(404\)$/)],
  ]);
  expect(everything).not.toContain('CANARY');
  const asked = server.requests.filter(({ plural }) => plural === 'pods').map(({ query }) => query.get('continue'));
  expect(asked).toEqual([
    null,
    JSON.parse(wire('pods.page-1.json').toString()).metadata.continue,
    JSON.parse(wire('pods.page-2.json').toString()).metadata.continue,
  ]);
});

test.skipIf(!there)('a recorded 410 starts the list over, a recorded 400 too', async () => {
  for (const [status, name] of [
    [410, 'expired-continue.json'],
    [400, 'invalid-continue.json'],
  ] as const) {
    const fault: Fault = { does: { kind: 'status', status, body: wire(name).toString() }, when: { plural: 'pods', page: 2 }, times: 1 };
    const { inventory } = await collected({ snapshotDir: prod, faults: [fault] });
    expect(inventory.kubernetes.pods.length).toBe(232);
    expect(inventory.gaps).toEqual([]);
  }
});

test.skipIf(!there)('the whole cluster live is the whole cluster from files, but for the types of Secrets', async () => {
  const { inventory, everything } = await collected({ snapshotDir: prod, tls: true, token: 'CANARY' });
  const files = fromFiles();
  const { secrets, ...rest } = inventory.kubernetes;
  const { secrets: fileSecrets, ...fileRest } = files.kubernetes;
  expect(rest).toEqual(fileRest);
  expect([rest.awsAuth?.length, rest.networkPolicies.length]).toEqual([2, 21]);
  expect(secrets.map(({ name }) => name)).toEqual(fileSecrets.map(({ name }) => name));
  expect(inventory.gaps).toEqual([]);
  expect(everything).not.toContain('CANARY');
  expect(everything).not.toContain(Buffer.from('CANARY').toString('base64').slice(0, 7));
});

if (!there) process.stdout.write(`${corpus} is absent: 3 tests of the live source were skipped\n`);

const live = process.env.TEST_KUBECONFIG;
test('a real cluster, when TEST_KUBECONFIG names one', async (context) => {
  if (live === undefined || live === '') {
    process.stdout.write('TEST_KUBECONFIG is not set: 1 test against a real cluster was skipped\n');
    return context.skip('TEST_KUBECONFIG is not set');
  }
  const inventory = await collectKubernetes({ kubeconfig: live });
  expect(inventory.cluster.version).toMatch(/^v1\./);
  expect(inventory.kubernetes.namespaces.length + inventory.gaps.length).toBeGreaterThan(0);
});
