import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startApiServer } from '../../../e2e/api-server/api-server.ts';
import type { Fault } from '../../../e2e/api-server/fault.ts';
import { createInventoryBuilder } from '../../inventory/builder.ts';
import { collectKubernetesInto } from './collect.ts';
import { namespace, object, pods } from './testing/objects.ts';
import { collected } from './testing/try-collect.ts';

const PATH = '/api/v1/namespaces/kube-system/configmaps/aws-auth';
const ROLE = 'arn:aws:iam::111122223333:role/ops';
const configMap = (name: string, mapRoles: string) =>
  object('v1', 'ConfigMap', { namespace: 'kube-system', name }, { data: { mapRoles, other: 'CANARY' } });
const CLUSTER = [namespace('kube-system'), ...pods('kube-system', 1)];
const AWS_AUTH = configMap('aws-auth', `- rolearn: ${ROLE}\n  username: ops\n  groups: [system:masters]\n`);

describe('aws-auth', () => {
  test('is read by its name, and no other ConfigMap is', async () => {
    const { inventory, server, everything } = await collected({ objects: [...CLUSTER, AWS_AUTH, configMap('app', 'CANARY')] });
    expect(inventory.gaps).toEqual([]);
    expect(inventory.kubernetes.awsAuth).toEqual([
      { list: 'mapRoles', index: 0, identity: ROLE, username: 'ops', groups: ['system:masters'] },
    ]);
    expect(server.requests.map(({ path }) => path).filter((path) => path.includes('configmaps'))).toEqual([PATH]);
    expect(everything).not.toContain('CANARY');
  });

  test('is not there: an empty list, and no gap', async () => {
    const { inventory } = await collected({ objects: CLUSTER });
    expect(inventory.gaps).toEqual([]);
    expect(inventory.kubernetes.awsAuth).toEqual([]);
  });

  test('is forbidden: a gap with the right and the commands that give it', async () => {
    const user = 'system:serviceaccount:b:reader';
    const { inventory } = await collected({ objects: [...CLUSTER, AWS_AUTH], user, forbid: ({ path }) => path === PATH });
    expect(inventory.kubernetes).not.toHaveProperty('awsAuth');
    expect(inventory.gaps).toMatchObject([
      {
        source: 'kubernetes',
        what: 'ConfigMap kube-system/aws-auth',
        why: `the API server forbids \`${user}\` to get configmaps kube-system/aws-auth (403), so which AWS identities it lets in is not known`,
        permission: 'get configmaps kube-system/aws-auth',
        remedy: expect.stringContaining('--role=podreach-aws-auth --serviceaccount=b:reader'),
      },
    ]);
  });

  test('is forbidden to somebody with shell characters in the name: they get into no command', async () => {
    const { inventory } = await collected({ objects: CLUSTER, user: 'x; rm -rf ~ #', forbid: ({ path }) => path === PATH });
    expect(inventory.gaps[0]?.remedy).toContain('--user=USER');
    expect(JSON.stringify(inventory.gaps)).not.toContain('rm -rf');
  });

  const rows: { name: string; does: Fault['does']; why: string }[] = [
    { name: 'a server that fails', does: { kind: 'status', status: 500 }, why: 'the server failed (500)' },
    { name: 'another status', does: { kind: 'status', status: 418 }, why: 'the server answered 418' },
    { name: 'no JSON', does: { kind: 'body', body: 'CANARY' }, why: 'the answer is no such ConfigMap' },
    { name: 'another object', does: { kind: 'body', body: '{"kind":"ConfigMap","metadata":{"name":"x"}}' }, why: 'no such ConfigMap' },
  ];
  test.each(rows)('is not read because of $name: a gap', async ({ does, why }) => {
    const { inventory, everything } = await collected({ objects: CLUSTER, faults: [{ does, when: { path: PATH } }] });
    expect(inventory.gaps).toMatchObject([{ what: 'ConfigMap kube-system/aws-auth', why: expect.stringContaining(why) }]);
    expect(inventory.kubernetes).not.toHaveProperty('awsAuth');
    expect(everything).not.toContain('CANARY');
  });

  test('is malformed: a gap that says where', async () => {
    const { inventory } = await collected({ objects: [...CLUSTER, configMap('aws-auth', '- [CANARY')] });
    expect(inventory.gaps).toMatchObject([{ what: 'mapRoles of the ConfigMap kube-system/aws-auth', pointer: '/data/mapRoles' }]);
  });
});

test('network policies and webhook configurations are listed', async () => {
  const policy = object('networking.k8s.io/v1', 'NetworkPolicy', { namespace: 'kube-system', name: 'deny' }, { spec: { podSelector: {} } });
  const webhooks = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'].map((kind) =>
    object('admissionregistration.k8s.io/v1', kind, { name: 'hook' }, { webhooks: [{ name: 'a.example.com' }] }),
  );
  const { inventory } = await collected({ objects: [...CLUSTER, policy, ...webhooks] });
  expect(inventory.gaps).toEqual([]);
  expect(inventory.kubernetes.networkPolicies).toMatchObject([{ namespace: 'kube-system', name: 'deny', policyTypes: ['Ingress'] }]);
  expect(inventory.kubernetes.webhookConfigurations.map(({ kind, webhooks: list }) => [kind, list.length])).toEqual([
    ['MutatingWebhookConfiguration', 1],
    ['ValidatingWebhookConfiguration', 1],
  ]);
});

test('the nodes of a live cluster say which of the clusters of joined account data it is', async () => {
  const nodes = [
    object(
      'v1',
      'Node',
      { name: 'n1', labels: { 'alpha.eksctl.io/cluster-name': 'b' } },
      { spec: { providerID: 'aws:///eu-west-1a/i-1' } },
    ),
  ];
  const folder = mkdtempSync(join(tmpdir(), 'podreach-live-'));
  const server = await startApiServer({ objects: [...CLUSTER, ...nodes], openid: null });
  try {
    const kubeconfig = join(folder, 'config');
    writeFileSync(kubeconfig, server.kubeconfig());
    const builder = createInventoryBuilder();
    for (const name of ['a', 'b'])
      builder.addAwsAnswer({ cluster: { name, arn: `arn:aws:eks:eu-west-1:111122223333:cluster/${name}` } }, { file: `${name}.json` });
    const complete = await collectKubernetesInto(builder, { kubeconfig, env: {} });
    const inventory = complete(builder.finish());
    expect(inventory.cluster).toMatchObject({ name: 'b', eksClusterArn: 'arn:aws:eks:eu-west-1:111122223333:cluster/b' });
    expect(inventory.gaps.map(({ what }) => what)).toEqual(['issuer']);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true });
  }
});
