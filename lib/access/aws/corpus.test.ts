import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AwsResourcePolicy } from '../../inventory/aws.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { ServiceAccount } from '../../inventory/kubernetes.ts';
import { awsOriginOf, createAwsCollector, normaliseAwsAnswer } from '../../inventory/normalise/aws-answer.ts';
import { readPolicyDocument } from '../../inventory/normalise/aws-policy-document.ts';
import { EMPTY_INVENTORY } from '../../inventory/testing/empty-inventory.ts';
import { awsAssume } from './assume.ts';
import { indexAws } from './aws-index.ts';
import { type AwsLink, awsLinks } from './links.ts';
import { evaluateAssociation } from './pod-identity.ts';
import { awsReview } from './review.ts';
import { canAssumeWithWebIdentity } from './web-identity.ts';

const CORPUS = resolve(process.env.CORPUS_DIR ?? join(import.meta.dirname, '../../../../shared/corpus'));
const present = existsSync(join(CORPUS, 'expected/aws.json'));
if (!present) process.stderr.write(`skipped 1 file of AWS answers: no corpus at ${CORPUS} (set CORPUS_DIR)\n`);

interface MatrixRow {
  readonly serviceAccount: string;
  readonly role: string;
  readonly canAssume: boolean;
  readonly code: string;
}

interface Expected {
  readonly issuer: string;
  readonly clusterArn: string;
  readonly cluster: string;
  readonly roles: {
    readonly [arn: string]: { readonly webIdentity: boolean; readonly assumableBy: '*' | readonly string[]; readonly code: string };
  };
  readonly links: readonly (MatrixRow & { readonly audience: string })[];
  readonly podIdentity: readonly (MatrixRow & { readonly targetRole?: string; readonly targetCanAssume?: boolean })[];
  readonly chains: readonly {
    readonly from: string;
    readonly to: string;
    readonly allowed: boolean;
    readonly code: string;
    readonly context: { readonly [key: string]: string };
  }[];
  readonly permissions: readonly {
    readonly role: string;
    readonly account: string;
    readonly action: string;
    readonly resource: string;
    readonly decision: string;
    readonly by: string;
    readonly context: { readonly [key: string]: string };
    /** The policy of the resource, where the row supposes one that the recorded account does not have. */
    readonly resourcePolicy?: unknown;
  }[];
}

function json<Value>(...path: string[]): Value {
  return JSON.parse(readFileSync(join(CORPUS, ...path), 'utf8')) as Value;
}

interface Metadata {
  readonly namespace: string;
  readonly name: string;
  readonly annotations?: { readonly [key: string]: string };
}

function serviceAccounts(...path: string[]): ServiceAccount[] {
  return json<{ items: readonly { metadata: Metadata }[] }>(...path).items.map(({ metadata }) => ({
    namespace: metadata.namespace,
    name: metadata.name,
    labels: new Map(),
    annotations: new Map(Object.entries(metadata.annotations ?? {})),
    secrets: [],
    imagePullSecrets: [],
  }));
}

function load(): { inventory: Inventory; gaps: readonly unknown[] } {
  const collector = createAwsCollector();
  const root = join(CORPUS, 'prod-eu/aws');
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const file = relative(root, path);
    const known = normaliseAwsAnswer(JSON.parse(readFileSync(path, 'utf8')), awsOriginOf(file), collector);
    if (!known) throw new Error(`${file} is an AWS answer that was not recognised`);
  }
  const { aws, gaps } = collector.finish();
  const expected = json<Expected>('expected/aws.json');
  const cluster = { name: expected.cluster, issuer: expected.issuer, eksClusterArn: expected.clusterArn };
  const kubernetes = { ...EMPTY_INVENTORY.kubernetes, serviceAccounts: serviceAccounts('prod-eu/kubernetes/serviceaccounts.json') };
  return { inventory: { ...EMPTY_INVENTORY, cluster, kubernetes, aws }, gaps };
}

const keysOf = (context: { readonly [key: string]: string }) => new Map(Object.entries(context).map(([key, value]) => [key, [value]]));

describe.skipIf(!present)('the recorded account', () => {
  const { inventory, gaps } = present ? load() : { inventory: EMPTY_INVENTORY, gaps: [] };
  const expected = present ? json<Expected>('expected/aws.json') : undefined;
  const index = indexAws(inventory);
  const links = awsLinks(inventory);

  it('is read whole', () => {
    expect(gaps).toEqual([]);
    expect(inventory.aws.accounts).toEqual(['111122223333', '444455556666']);
    expect(inventory.aws.accountsWithProviders).toEqual(['111122223333', '444455556666']);
    expect(inventory.aws.roles).toHaveLength(66);
    expect(inventory.aws.roles.filter((role) => role.policiesUnknown === true)).toEqual([]);
    expect(inventory.aws.oidcProviders.map((provider) => provider.clientIds)).toEqual(
      Array.from({ length: 4 }, () => ['sts.amazonaws.com']),
    );
    expect(inventory.aws.eksClusters.map((cluster) => cluster.name)).toEqual(['prod-eu', 'staging-eu']);
    expect(inventory.aws.podIdentityAssociations).toHaveLength(16);
  });

  it('agrees with every row of the matrix, and with its codes', () => {
    const rows = readFileSync(join(CORPUS, 'expected/aws-matrix.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as MatrixRow);
    expect(rows.length).toBeGreaterThan(0);
    const answers = rows.map(({ serviceAccount, role }) => {
      const { canAssume, code } = canAssumeWithWebIdentity(index, { serviceAccount, roleArn: role, audience: 'sts.amazonaws.com' });
      return { serviceAccount, role, canAssume, code };
    });
    expect(answers.filter((answer, at) => JSON.stringify(answer) !== JSON.stringify(rows[at]))).toEqual([]);
  });

  it('agrees on who may assume each role', () => {
    const accounts = serviceAccounts('expected/aws-serviceaccounts.json').map(({ namespace, name }) => `${namespace}/${name}`);
    for (const [roleArn, { assumableBy, code }] of Object.entries(expected?.roles ?? {})) {
      const ask = (serviceAccount: string) => canAssumeWithWebIdentity(index, { serviceAccount, roleArn, audience: 'sts.amazonaws.com' });
      const able = accounts.filter((serviceAccount) => ask(serviceAccount).canAssume === true);
      expect(able.sort(), roleArn).toEqual(assumableBy === '*' ? [...accounts].sort() : [...assumableBy].sort());
      expect(ask(able[0] ?? 'nobody/here').code, roleArn).toBe(code);
    }
  });

  it.each(expected?.links ?? [])('agrees on the annotation of $serviceAccount', (row) => {
    const found = links.filter(
      (link) => link.serviceAccount === row.serviceAccount && link.method === 'irsa' && link.identity === row.role,
    );
    expect(found.map(({ audience, state, code }) => ({ audience, state, code }))).toEqual([
      { audience: row.audience, state: row.canAssume ? 'wired' : 'broken', code: row.code },
    ]);
  });

  it.each(expected?.podIdentity ?? [])('agrees on the association of $serviceAccount', (row) => {
    const association = inventory.aws.podIdentityAssociations.find(
      (one) => `${one.namespace}/${one.serviceAccount}` === row.serviceAccount,
    );
    if (association === undefined) throw new Error('the association is not there');
    const answer = evaluateAssociation(index, association);
    expect({ canAssume: answer.canAssume, code: answer.code, target: answer.target?.canAssume }).toEqual({
      canAssume: row.canAssume,
      code: row.code,
      target: row.targetCanAssume,
    });
    const state = (identity: string | undefined) =>
      links.find((link) => link.serviceAccount === row.serviceAccount && link.method === 'pod-identity' && link.identity === identity)
        ?.state;
    expect(state(row.role)).toBe(row.canAssume ? 'wired' : 'broken');
    if (row.targetRole !== undefined) expect(state(row.targetRole)).toBe(row.targetCanAssume === true ? 'wired' : 'broken');
  });

  it.each(expected?.chains ?? [])('agrees on the chain from $from to $to ($code)', (row) => {
    const answer = awsAssume(inventory, { from: row.from, to: row.to, context: keysOf(row.context) });
    expect(answer).toMatchObject({ allowed: row.allowed, code: row.code });
  });

  it.each(expected?.permissions ?? [])('agrees on $action of $role on $resource ($decision, $by)', (row) => {
    const supposed: AwsResourcePolicy[] =
      row.resourcePolicy === undefined ? [] : [{ arn: row.resource, document: readPolicyDocument(row.resourcePolicy).document }];
    const { aws } = inventory;
    const world = { ...inventory, aws: { ...aws, resourcePolicies: [...aws.resourcePolicies, ...supposed] } };
    const identity = aws.roles.find(({ name, account }) => name === row.role && account === row.account)?.arn ?? '';
    const answer = awsReview(world, { identity, action: row.action, resource: row.resource, context: keysOf(row.context) });
    expect(answer).toEqual({ decision: row.decision, by: row.by });
  });

  it('says on what it hangs where nothing was said of the request', () => {
    const identity = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
    expect(
      awsReview(inventory, {
        identity: identity('tagged-ec2-irsa'),
        action: 'ec2:StartInstances',
        resource: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc',
      }),
    ).toEqual({ decision: 'Conditional', by: 'inline start', dependsOn: ['aws:ResourceTag/env'] });
    expect(
      awsAssume(inventory, { from: identity('bridge-irsa'), to: 'arn:aws:iam::444455556666:role/cross-account-target' }),
    ).toMatchObject({
      allowed: 'conditional',
      code: 'condition-unknown',
    });
  });

  it('has a broken link for an association whose role is missing, and one possible link for the annotation that loses', () => {
    const brief = (link: AwsLink) => ({ method: link.method, state: link.state, code: link.code });
    expect(links.filter((link) => link.serviceAccount === 'shop/ghost' && link.method === 'pod-identity').map(brief)).toEqual([
      { method: 'pod-identity', state: 'broken', code: 'role-missing' },
    ]);
    expect(links.filter((link) => link.serviceAccount === 'dual/app' && link.identity.endsWith('/dual-irsa-podid')).map(brief)).toEqual([
      { method: 'irsa', state: 'possible', code: 'pod-identity-wins' },
      { method: 'pod-identity', state: 'wired', code: 'ok' },
    ]);
  });

  it('reads the raw answers that are JSON', () => {
    const collector = createAwsCollector();
    for (const name of [
      'eks-DescribeCluster.prod-eu.json',
      'eks-ListPodIdentityAssociations.page-1.json',
      'eks-ListPodIdentityAssociations.page-2.json',
    ]) {
      expect(normaliseAwsAnswer(json('wire/aws', name), awsOriginOf(name), collector), name).toBe(true);
    }
    const raw = collector.finish();
    expect(raw.aws.eksClusters.map((cluster) => cluster.issuer)).toEqual([expected?.issuer]);
    expect(raw.gaps).toHaveLength(16);
    expect(new Set(raw.gaps.map((gap) => gap.permission))).toEqual(new Set(['eks:DescribePodIdentityAssociation']));
  });
});
