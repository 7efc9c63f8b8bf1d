import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Gap } from '../../inventory/gap.ts';
import { readSnapshot } from './read.ts';
import { zipOf } from './testing/archives.ts';
import { EMPTY_LISTS, emptyLists } from './testing/empty-lists.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'podreach-lists-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

type Files = Record<string, string | Buffer | object>;

/** The gaps of a snapshot of these files. */
async function gapsOf(files: Files): Promise<readonly Gap[]> {
  for (const [path, data] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), typeof data === 'string' || Buffer.isBuffer(data) ? data : JSON.stringify(data));
  }
  return (await readSnapshot(root)).gaps;
}

/** The lists that gaps about missing ones name. */
const missed = (gaps: readonly Gap[]): string[] =>
  gaps.filter(({ file, resources }) => file === undefined && resources !== undefined).flatMap(({ resources = [] }) => resources);

const metadata = (name: string, more: object = {}) => ({ name, uid: `uid-${name}`, ...more });
const object = (apiVersion: string, kind: string, more: object = {}) => ({ apiVersion, kind, metadata: metadata('x'), ...more });
const list = (...items: object[]) => ({ apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } });
const crd = (group: string, kind: string, plural: string) =>
  object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
    spec: { group, names: { kind, plural }, scope: 'Namespaced', versions: [] },
  });
const version = (gitVersion: string) => ({ serverVersion: { gitVersion, gitCommit: 'c' } });
const NODE = list(object('v1', 'Node'));
/** Everything but these lists, which are in no file. */
const allBut = (...lists: string[]): Files => ({
  'node.json': NODE,
  'lists.json': emptyLists(EMPTY_LISTS.filter((one) => !lists.includes(one.list))),
});
const VAP = 'validatingadmissionpolicies';
const MAP = ['mutatingadmissionpolicies', 'mutatingadmissionpolicybindings'];

describe('a list that is there, and be it empty, is not missed', () => {
  test.each<[string, Files]>([
    ['a typed list for each', allBut()],
    ['one object of the kind', { ...allBut('pods'), 'a.yaml': stringify(object('v1', 'Pod', { spec: { containers: [] } })) }],
    ['an object of an old group', { ...allBut('ingresses'), 'a.json': object('extensions/v1beta1', 'Ingress') }],
    ['a typed list of the raw API', { ...allBut('pods'), 'a.json': { kind: 'PodList', apiVersion: 'v1', metadata: {}, items: [] } }],
    ['a typed list whose kind comes last', { ...allBut('pods'), 'a.json': '{"items":[],"apiVersion":"v1","kind":"PodList"}' }],
    ['a typed list whose items are null', { ...allBut('pods'), 'a.json': '{"kind":"PodList","apiVersion":"v1","items":null}' }],
    ['an empty list of kubectl in a file of its name', { ...allBut(VAP), [`${VAP}.json`]: list() }],
    ['the same in YAML', { ...allBut(VAP), [`${VAP}.yaml`]: stringify(list()) }],
    ['the same compressed', { ...allBut(VAP), [`${VAP}.json.gz`]: gzipSync(JSON.stringify(list())) }],
    ['the same with its group', { ...allBut(VAP), [`${VAP}.admissionregistration.k8s.io.json`]: list() }],
    ['the same in a folder, in capitals', { ...allBut(VAP), 'b/ValidatingAdmissionPolicies.JSON': list() }],
    ['the same in an archive', { ...allBut(VAP), 'b.zip': zipOf([{ name: `dump/${VAP}.json`, data: JSON.stringify(list()) }]) }],
    ['what jq leaves of it', { ...allBut(VAP), [`${VAP}.json`]: '[]' }],
    [
      'metadata of secrets',
      {
        ...allBut('secrets'),
        'secrets.json': { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', items: [{ metadata: metadata('s') }] },
      },
    ],
    [
      'no metadata of secrets',
      { ...allBut('secrets'), 'secrets.json': { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', items: [] } },
    ],
    [
      'an optional kind that is defined and listed',
      {
        ...allBut(),
        'crd.json': crd('kyverno.io', 'ClusterPolicy', 'clusterpolicies'),
        'p.json': object('kyverno.io/v1', 'ClusterPolicy'),
      },
    ],
    [
      'an optional kind that is defined, and its empty list',
      { ...allBut(), 'crd.json': crd('kyverno.io', 'ClusterPolicy', 'clusterpolicies'), 'clusterpolicies.kyverno.io.json': list() },
    ],
    [
      'a defined kind that nobody asks for',
      { ...allBut(), 'crd.json': crd('example.com', 'Widget', 'widgets'), 'crd2.json': crd('kyverno.io', 'Report', 'reports') },
    ],
    [
      'an optional kind that is defined, and its empty typed list',
      {
        ...allBut(),
        'crd.json': crd('kyverno.io', 'ClusterPolicy', 'clusterpolicies'),
        'p.json': { kind: 'ClusterPolicyList', apiVersion: 'kyverno.io/v1', items: [] },
      },
    ],
    ['a defined kind whose name is no name', { ...allBut(), 'crd.json': crd('kyverno.io', 'Policy', 'x; curl evil') }],
    ['a version that has no mutating policies by default', { ...allBut(...MAP), 'version.json': version('v1.35.9-eks-1') }],
    [
      'a version that has no admission policies by default',
      { ...allBut(...MAP, VAP, 'validatingadmissionpolicybindings'), 'version.json': version('v1.29.14') },
    ],
  ])('%s', async (_name, files) => expect(missed(await gapsOf(files))).toEqual([]));
});

describe('a list of which there is nothing is missed', () => {
  test.each<[string, Files, string[]]>([
    ['none', allBut('pods'), ['pods']],
    ['an empty list of kubectl in a file of another name', { ...allBut('pods'), 'a.json': list() }, ['pods']],
    ['a file of its name that holds others', { ...allBut('pods'), 'pods.json': list(object('v1', 'Service')) }, ['pods']],
    ['an empty file of its name, as a command leaves it that failed', { ...allBut('pods'), 'pods.json': '' }, ['pods']],
    [
      'the same kind of another group',
      { ...allBut('networkpolicies'), 'a.json': object('crd.projectcalico.org/v1', 'NetworkPolicy') },
      ['networkpolicies'],
    ],
    [
      'an empty list of the same plural of another group',
      { ...allBut('networkpolicies'), 'networkpolicies.crd.projectcalico.org.json': list() },
      ['networkpolicies'],
    ],
    [
      'a typed list of a kind that nobody asks for',
      { ...allBut('pods'), 'a.json': { kind: 'PodTemplateList', apiVersion: 'v1', items: [] } },
      ['pods'],
    ],
    [
      'a typed list of the same kind of another group',
      { ...allBut('services'), 'a.json': { kind: 'ServiceList', apiVersion: 'serving.knative.dev/v1', items: [] } },
      ['services'],
    ],
    [
      'the same within a list',
      { ...allBut('services'), 'a.json': list({ kind: 'ServiceList', apiVersion: 'serving.knative.dev/v1', items: [] }) },
      ['services'],
    ],
    [
      'a defined kind of the same plural as a built-in one, of which there is an empty list',
      {
        ...allBut('networkpolicies'),
        'networkpolicies.json': list(),
        'crd.json': crd('crd.projectcalico.org', 'NetworkPolicy', 'networkpolicies'),
      },
      ['networkpolicies.crd.projectcalico.org'],
    ],
    [
      'an optional kind that is defined',
      { ...allBut(), 'crd.json': crd('gateway.networking.k8s.io', 'Gateway', 'gateways') },
      ['gateways.gateway.networking.k8s.io'],
    ],
    [
      'a kind that Gatekeeper makes',
      { ...allBut(), 'crd.json': crd('constraints.gatekeeper.sh', 'K8sNoRoot', 'k8snoroot') },
      ['k8snoroot.constraints.gatekeeper.sh'],
    ],
    ['a version that has mutating policies', { ...allBut(...MAP), 'version.json': version('v1.36.2') }, MAP],
    ['a version that nobody told', allBut(...MAP), MAP],
    ['a version that has admission policies', { ...allBut(...MAP, VAP), 'version.json': version('1.30+') }, [VAP]],
  ])('%s', async (_name, files, expected) => expect(missed(await gapsOf(files))).toEqual(expected));
});

test('a list that somebody was refused is said once', async () => {
  const message = 'pods is forbidden: User "u" cannot list resource "pods" in API group "" at the cluster scope';
  for (const data of [`Error from server (Forbidden): ${message}`, JSON.stringify({ kind: 'Status', status: 'Failure', message })]) {
    const gaps = await gapsOf({ ...allBut('pods'), 'pods.json': data });
    expect(gaps).toMatchObject([{ what: 'pods', resources: ['pods'], permission: 'list pods' }]);
  }
});

test('a refusal in another group is not taken for the built-in list', async () => {
  const message =
    'x is forbidden: User "u" cannot list resource "networkpolicies" in API group "crd.projectcalico.org" at the cluster scope';
  const gaps = await gapsOf({ ...allBut('networkpolicies'), 'x.json': message });
  expect(gaps.map(({ resources }) => resources)).toEqual([['networkpolicies'], ['networkpolicies.crd.projectcalico.org']]);
});

describe('a list of which the end was not read is not whole', () => {
  const short = (...items: object[]): string => JSON.stringify(list(...items, {})).replace(/,\{\}\].*/, ',{"kind":');
  const account = object('v1', 'ServiceAccount');
  const policy = object('kyverno.io/v1', 'ClusterPolicy');

  test.each<[string, Files, string[] | undefined]>([
    ['by what it held so far', { 'a.json': short(account, object('v1', 'Service')) }, ['serviceaccounts', 'services']],
    [
      'by the kind of the list',
      { 'a.json': '{"kind":"ServiceAccountList","apiVersion":"v1","items":[{"metadata":{"name":"x"}},{"meta' },
      ['serviceaccounts'],
    ],
    ['of another group, by what it held', { 'a.json': short(policy) }, ['clusterpolicies.kyverno.io']],
    ['by its name, where it held nothing', { ...allBut('pods'), 'b/pods.json': '{"items":[{"meta' }, ['pods']],
    ['by its name with a group', { 'deployments.apps.yaml': 'items: [\nkind: List' }, ['deployments']],
    ['of another group, by its name', { 'clusterpolicies.kyverno.io.json': '{' }, ['clusterpolicies.kyverno.io']],
    ['in YAML, by the documents before', { 'a.yaml': `${stringify(account)}---\nkind: [\n` }, ['serviceaccounts']],
    ['compressed', { 'a.json.gz': gzipSync(short(account)) }, ['serviceaccounts']],
    ['compressed and cut', { 'pods.json.gz': gzipSync(JSON.stringify(list(account))).subarray(0, -12) }, ['pods']],
    ['in an archive', { 'b.zip': zipOf([{ name: 'roles.json', data: '{"items":[' }]) }, ['roles']],
    ['and nothing tells of what, though the file before did', { 'a.json': list(account), 'b.json': '{"items":[{"meta' }, undefined],
    ['nor a kind that nobody asks for', { 'b.json': short(object('v1', 'ConfigMap')) }, undefined],
  ])('%s', async (_name, files, expected) => {
    const gaps = await gapsOf({ ...allBut(), ...files });
    expect(gaps.map(({ resources }) => resources)).toEqual([expected]);
  });
});

test('what every cluster has and the rest are two gaps, each with the command that exports exactly them', async () => {
  const gaps = await gapsOf(allBut('pods', 'nodes', 'roles', VAP, 'secrets'));
  expect(gaps.map(({ what }) => what)).toEqual(['2 lists of the cluster', '2 lists of the cluster']);
  expect(gaps.map(({ resources }) => resources)).toEqual(
    expect.arrayContaining([
      ['pods', 'roles'],
      ['secrets', VAP],
    ]),
  );
  const remedies = gaps.map(({ remedy }) => remedy).join('\n');
  expect(remedies).toContain('`for list in pods roles; do kubectl get "$list" -A -o json > "$list.json" || rm "$list.json"; done`');
  expect(remedies).toContain(`\`for list in ${VAP}; do `);
  expect(remedies).toMatch(/`kubectl get secrets -A -o json \| jq '.*map_values\(""\)\)' > secrets\.json`/);
  expect(remedies).not.toMatch(/for list in [^;]*secrets/);
});

const commandsOf = ({ command = '' }: Gap): readonly string[] => command.split('\n');

test('what is copied is what the remedy says, and no more', async () => {
  const gaps = await gapsOf(allBut('pods', 'secrets', ...MAP));
  const told = gaps.map(({ remedy }) => [...remedy.matchAll(/`([^`]*)`/g)].map(([, command]) => command));
  expect(gaps.map(commandsOf)).toEqual(told);
  expect(told.map(({ length }) => length).toSorted()).toEqual([1, 3]);
});

test('the command mends the gap, whatever kinds the server has', async () => {
  await writeFile(
    join(root, 'kubectl'),
    `#!/bin/sh
case "$*" in
  version*) echo '${JSON.stringify(version('v1.33.4'))}' ;;
  *mutatingadmission*) echo 'error: the server does not have a resource type' >&2; exit 1 ;;
  *) echo '${JSON.stringify(list())}' ;;
esac
`,
    { mode: 0o755 },
  );
  const lists = ['pods', VAP, ...MAP];
  const gaps = await gapsOf(allBut(...lists));
  expect(missed(gaps).toSorted()).toEqual(lists.toSorted());
  for (const command of gaps.flatMap(commandsOf))
    execFileSync('bash', ['--norc', '-c', command], {
      cwd: root,
      stdio: 'ignore',
      env: { ...process.env, PATH: `${root}:${process.env.PATH}` },
    });
  expect(await gapsOf({})).toEqual([]);
});

test('the version of the server is asked for where it is not known and could tell', async () => {
  const asks = async (files: Files): Promise<boolean> =>
    (await gapsOf(files)).flatMap(commandsOf).some((command) => command.startsWith('kubectl version'));
  expect(await asks(allBut('pods', 'services'))).toBe(false);
  expect(await asks(allBut(...MAP))).toBe(true);
  expect(await asks({ 'version.json': version('v1.36.0') })).toBe(false);
});

test('what definitions would tell is said where they are missing', async () => {
  const [gap, ...rest] = await gapsOf(allBut('customresourcedefinitions'));
  expect(rest).toEqual([]);
  expect(gap).toMatchObject({ what: 'customresourcedefinitions', why: expect.stringContaining('the Gateway API or a policy engine') });
});

test('an empty list of kubectl alone is of a cluster too', async () => {
  const others = EMPTY_LISTS.map((one) => one.list).filter((one) => one !== 'pods');
  expect(missed(await gapsOf({ 'pods.json': list() })).toSorted()).toEqual(others.toSorted());
});

test('a folder of clouds alone misses no list of a cluster', async () => {
  const files = {
    'a.json': { Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/x', UserId: 'x' },
    'version.json': version('v1.36.0'),
    'gcp/roles.json': '[]',
    'gcp/nodes.json': { items: [] },
  };
  expect(missed(await gapsOf(files))).toEqual([]);
});

describe('plain manifests', () => {
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'd' },
    spec: { template: { spec: { containers: [{ name: 'c' }] } } },
  };
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'r' }, rules: [] };

  test.each<[string, Files]>([
    ['documents', { 'all.yaml': [deployment, role].map((one) => stringify(one)).join('---\n') }],
    ['a list of them', { 'all.yaml': stringify({ apiVersion: 'v1', kind: 'List', items: [deployment, role] }) }],
  ])('%s have one gap that says that they are not the cluster', async (_name, files) => {
    const gaps = await gapsOf(files);
    expect(gaps).toMatchObject([{ what: 'the cluster that these manifests are for', remedy: expect.stringContaining('podreach preview') }]);
    expect(gaps[0]?.resources).toContain(VAP);
  });

  test('stay manifests beside an empty list of a cloud', async () => {
    const gaps = await gapsOf({ 'a.json': role, 'gcp/roles.json': '[]' });
    expect(gaps.map(({ what }) => what)).toEqual(['the cluster that these manifests are for']);
  });

  test('miss no pods of the controllers that they have, nor other controllers', async () => {
    const resources = missed(await gapsOf({ 'a.yaml': stringify(deployment) }));
    for (const one of ['pods', 'deployments', 'jobs']) expect(resources).not.toContain(one);
    expect(resources).toContain('serviceaccounts');
  });

  test.each<[string, Files]>([
    ['a uid', { 'a.json': { ...role, metadata: metadata('r') } }],
    ['a typed list', { 'a.json': { kind: 'RoleList', apiVersion: 'rbac.authorization.k8s.io/v1', items: [role] } }],
    ['an empty list', { 'a.json': role, 'pods.json': list() }],
    ['a version', { 'a.json': role, 'version.json': version('v1.36.0') }],
  ])('are a cluster with %s', async (_name, files) => {
    expect((await gapsOf(files)).map(({ what }) => what)).not.toContain('the cluster that these manifests are for');
  });
});
