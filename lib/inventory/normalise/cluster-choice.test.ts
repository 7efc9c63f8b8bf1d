import { describe, expect, test } from 'vitest';
import type { EksCluster } from '../aws.ts';
import type { AksCluster, AzureFederatedCredential } from '../azure.ts';
import type { GkeCluster } from '../gcp.ts';
import type { Node } from '../kubernetes.ts';
import { type ClusterClaims, chooseCluster } from './cluster-choice.ts';

const NOTHING: ClusterClaims = {
  issuers: new Set(),
  versions: new Set(),
  servers: new Set(),
  names: new Set(),
  uids: new Set(),
  managed: { eks: [], gke: [], aks: [] },
  instances: [],
  credentials: [],
  nodes: [],
  serviceAccounts: [],
  paths: new Set(),
};
const SUBSCRIPTION = '/subscriptions/11111111-2222-4333-8444-555555555555';

function eks(name: string, region = 'eu-west-1'): EksCluster {
  const arn = `arn:aws:eks:${region}:111122223333:cluster/${name}`;
  return { arn, account: '111122223333', region, name, issuer: `https://oidc.eks.${region}.amazonaws.com/id/${name.toUpperCase()}` };
}

function gke(name: string, { location = 'europe-west1', project = 'acme', pools = ['default-pool'] } = {}): GkeCluster {
  const place = /-[a-z]$/.test(location) ? 'zones' : 'locations';
  return {
    selfLink: `https://container.googleapis.com/v1/projects/${project}/${place}/${location}/clusters/${name}`,
    project,
    location,
    name,
    nodePools: pools.map((pool) => ({ name: pool, oauthScopes: [] })),
  };
}

function aks(name: string): AksCluster {
  return {
    id: `${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/${name}`,
    name,
    issuer: `https://westeurope.oic.prod-aks.azure.com/tenant/${name}/`,
    oidcEnabled: true,
    workloadIdentityEnabled: true,
    nodeResourceGroup: `MC_rg_${name}_westeurope`,
  };
}

function node(name: string, providerID?: string, labels: Record<string, string> = {}): Node {
  return { name, labels: new Map(Object.entries(labels)), taints: [], ...(providerID === undefined ? {} : { providerID }) };
}

const gkeNode = (name: string, { zone = 'europe-west1-b', project = 'acme', pool = 'default-pool' } = {}): Node =>
  node(name, `gce://${project}/${zone}/${name}`, { 'cloud.google.com/gke-nodepool': pool });
const aksNode = (group: string, subscription = SUBSCRIPTION): Node =>
  node('aks-1', `azure://${subscription}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachineScaleSets/x/virtualMachines/0`);

function credential(issuer: string, subject: string): AzureFederatedCredential {
  return { id: 'x', identity: 'x', name: 'x', issuer, subject, audiences: [] };
}

/** What was chosen, as `cloud:name`, and what the gaps are about. */
function chosen(claims: Partial<ClusterClaims>): { clusters: string[]; gaps: string[]; issuer: string | undefined } {
  const { cluster, gaps } = chooseCluster({ ...NOTHING, ...claims });
  const ids = { eks: cluster.eksClusterArn, gke: cluster.gkeSelfLink, aks: cluster.aksClusterId };
  return {
    clusters: Object.entries(ids).flatMap(([cloud, id]) => (id === undefined ? [] : [`${cloud}:${id.slice(id.lastIndexOf('/') + 1)}`])),
    gaps: gaps.map(({ what }) => what),
    issuer: cluster.issuer,
  };
}

const ALL = {
  eks: [eks('prod'), eks('staging')],
  gke: [gke('prod'), gke('prod-blue'), gke('staging')],
  aks: [aks('prod'), aks('staging')],
};
const OPEN = 'OIDC issuer of the cluster';
const GUESS = 'which cluster this is';

describe('what was asked for', () => {
  test.each([
    ['a name of one cloud', { managed: { ...ALL, gke: [], aks: [] }, asked: 'staging' }, ['eks:staging'], []],
    ['a name that three clouds know', { managed: ALL, asked: 'prod' }, ['eks:prod', 'gke:prod', 'aks:prod'], [OPEN]],
    ['an ARN', { managed: ALL, asked: eks('prod').arn }, ['eks:prod'], []],
    ['a selfLink', { managed: ALL, asked: gke('prod-blue').selfLink }, ['gke:prod-blue'], []],
    ['a selfLink without its host', { managed: ALL, asked: 'projects/acme/locations/europe-west1/clusters/staging' }, ['gke:staging'], []],
    ['a resource id in another case', { managed: ALL, asked: aks('prod').id.toUpperCase() }, ['aks:prod'], []],
    ['an issuer', { managed: ALL, asked: aks('staging').issuer ?? '' }, ['aks:staging'], []],
    ['the issuer of a GKE cluster', { managed: ALL, asked: gke('prod').selfLink.replace('https://', '') }, ['gke:prod'], []],
    [
      'a name in two regions',
      { managed: { ...ALL, eks: [eks('prod'), eks('prod', 'us-east-1')], gke: [], aks: [] }, asked: 'prod' },
      [],
      [OPEN],
    ],
    ['a name that nobody knows', { managed: ALL, asked: 'nope' }, [], [OPEN]],
    ['a name that merely begins one', { managed: ALL, asked: 'prod-b' }, [], [OPEN]],
    [
      'a cluster against the nodes',
      { managed: ALL, asked: gke('staging').selfLink, nodes: [gkeNode('gke-prod-default-pool-0a1b2c3d-x1y2')] },
      ['gke:staging'],
      [],
    ],
  ] as [string, Partial<ClusterClaims>, string[], string[]][])('%s', (_name, claims, clusters, gaps) => {
    expect(chosen(claims)).toMatchObject({ clusters, gaps });
  });

  test('of several clouds has the issuer of the discovery document, or of the cloud that the nodes run in', () => {
    const asked = { managed: ALL, asked: 'prod' };
    const said = chosen({ ...asked, issuers: new Set([aks('prod').issuer ?? '']) });
    expect(said).toEqual({ clusters: ['eks:prod', 'gke:prod', 'aks:prod'], gaps: [], issuer: aks('prod').issuer });
    const seen = chosen({ ...asked, nodes: [gkeNode('x')] });
    expect(seen).toMatchObject({ gaps: [], issuer: gke('prod').selfLink });
    expect(chosen(asked)).toMatchObject({ gaps: [OPEN], issuer: eks('prod').issuer });
  });
});

describe('the discovery document', () => {
  test.each([
    ['of EKS', eks('staging').issuer, ['eks:staging']],
    ['of AKS', aks('staging').issuer, ['aks:staging']],
    ['of GKE', gke('staging').selfLink, ['gke:staging']],
    ['of a cluster that nobody has', 'https://kubernetes.default.svc.cluster.local', []],
  ])('%s decides, whatever nodes and folders are called', (_name, issuer, clusters) => {
    const claims = {
      managed: ALL,
      issuers: new Set([issuer ?? '']),
      paths: new Set(['/data/prod']),
      nodes: [aksNode('MC_rg_prod_westeurope')],
    };
    expect(chosen(claims)).toEqual({ clusters, gaps: [], issuer });
  });

  test('of a zonal GKE cluster has locations where its selfLink has zones', () => {
    const zonal = gke('prod', { location: 'europe-west1-b' });
    expect(zonal.selfLink).toContain('/zones/');
    const issuer = 'https://container.googleapis.com/v1/projects/acme/locations/europe-west1-b/clusters/prod';
    expect(chosen({ managed: { ...ALL, gke: [zonal] }, issuers: new Set([issuer]) })).toMatchObject({ clusters: ['gke:prod'] });
  });
});

describe('the nodes', () => {
  const instance = (tags: [string, string][]): ClusterClaims['instances'][number] => ({
    id: 'i-1',
    account: '111122223333',
    region: 'eu-west-1',
    tags: new Map(tags),
  });
  const eksNode = (labels: Record<string, string> = {}): Node => node('ip-10-0-0-1', 'aws:///eu-west-1a/i-1', labels);
  const long = gke('a-cluster-with-a-long-name', { pools: ['workers'] });
  test.each([
    ['of GKE by their names', { nodes: [gkeNode('gke-prod-default-pool-0a1b2c3d-x1y2')] }, ['gke:prod']],
    ['of GKE by the longer of two names', { nodes: [gkeNode('gke-prod-blue-default-pool-0a1b2c3d-x1y2')] }, ['gke:prod-blue']],
    [
      'of GKE by the longer of two names, without a label',
      { nodes: [gkeNode('gke-prod-blue-x-0a1b2c3d-x1y2', { pool: '' })] },
      ['gke:prod-blue'],
    ],
    ['of GKE by a pool that looks like a cluster', { nodes: [gkeNode('gke-prod-blue-0a1b2c3d-x1y2', { pool: 'blue' })] }, ['gke:prod']],
    [
      'of GKE by a name that is cut',
      {
        managed: { ...ALL, gke: [...ALL.gke, long] },
        nodes: [gkeNode('gke-a-cluster-with-a-l-workers-0a1b2c3d-x1y2', { pool: 'workers' })],
      },
      ['gke:a-cluster-with-a-long-name'],
    ],
    ['of AKS by their resource group, in any case', { nodes: [aksNode('mc_RG_staging_westeurope')] }, ['aks:staging']],
    ['of AKS by their label', { nodes: [node('a', undefined, { 'kubernetes.azure.com/cluster': 'MC_rg_prod_westeurope' })] }, ['aks:prod']],
    [
      'of EKS by the tag of their instance',
      { nodes: [eksNode()], instances: [instance([['eks:cluster-name', 'staging']])] },
      ['eks:staging'],
    ],
    ['of EKS by the older tag', { nodes: [eksNode()], instances: [instance([['kubernetes.io/cluster/prod', 'owned']])] }, ['eks:prod']],
    ['of EKS by the label of eksctl', { nodes: [eksNode({ 'alpha.eksctl.io/cluster-name': 'prod' })] }, ['eks:prod']],
    [
      'of EKS in the region of one cluster',
      { managed: { ...ALL, eks: [eks('prod'), eks('us', 'us-east-1')] }, nodes: [eksNode()] },
      ['eks:prod'],
    ],
  ] as [string, Partial<ClusterClaims>, string[]][])('%s', (_name, claims, clusters) => {
    expect(chosen({ managed: ALL, ...claims })).toMatchObject({ clusters, gaps: [] });
  });

  test.each([
    ['of another project', { nodes: [gkeNode('gke-prod-default-pool-0a1b2c3d-x1y2', { project: 'other' })] }, []],
    ['of another location', { nodes: [gkeNode('gke-prod-default-pool-0a1b2c3d-x1y2', { zone: 'us-central1-b' })] }, []],
    ['of another subscription', { nodes: [aksNode('MC_rg_prod_westeurope', '/subscriptions/other')] }, []],
    ['of two clusters', { nodes: [aksNode('MC_rg_prod_westeurope'), aksNode('MC_rg_staging_westeurope')] }, [OPEN]],
    ['of GKE with names of their own', { nodes: [gkeNode('worker-1')] }, [OPEN]],
    ['of EKS that nobody describes', { nodes: [eksNode()] }, [OPEN]],
    ['of a machine at home', { nodes: [node('kind-control-plane', 'kind://docker/kind/kind-control-plane')] }, [OPEN]],
  ] as [string, Partial<ClusterClaims>, string[]][])('%s name nobody', (_name, claims, gaps) => {
    expect(chosen({ managed: ALL, ...claims })).toMatchObject({ clusters: [], gaps });
  });

  test('of one cloud are not of the only cluster of another', () => {
    expect(chosen({ managed: { ...ALL, eks: [eks('prod')], gke: [], aks: [] }, nodes: [gkeNode('x')] })).toEqual({
      clusters: [],
      gaps: [],
      issuer: undefined,
    });
  });
});

describe('the only one', () => {
  const none = { eks: [], gke: [], aks: [] };
  test.each([
    ['cluster of the data', { ...none, gke: [gke('a')] }, ['gke:a'], []],
    ['name, which two clouds have', { ...none, eks: [eks('a')], aks: [aks('a')] }, ['eks:a', 'aks:a'], [OPEN]],
    ['of each of two clouds, under two names', { ...none, eks: [eks('a')], aks: [aks('b')] }, [], [OPEN]],
    ['where there is none', none, [], []],
  ] as [string, ClusterClaims['managed'], string[], string[]][])('%s', (_name, managed, clusters, gaps) => {
    expect(chosen({ managed })).toMatchObject({ clusters, gaps });
  });
});

describe('a guess', () => {
  const paths = (...list: string[]): Partial<ClusterClaims> => ({ managed: { ...ALL, eks: [], aks: [] }, paths: new Set(list) });
  test.each([
    ['the folder is called after it', paths('/corpus/staging'), ['gke:staging']],
    ['the folder begins with it', paths('/corpus/staging-gke'), ['gke:staging']],
    ['the longer of two names', paths('/corpus/prod-blue-2026'), ['gke:prod-blue']],
    ['an archive is called after it', paths('/tmp/prod.tar.gz'), ['gke:prod']],
    ['the folder above is', paths('/corpus/prod_gke/kubernetes'), ['gke:prod']],
    ['the innermost folder counts', paths('/staging/prod'), ['gke:prod']],
    ['on Windows', paths('C:\\snapshots\\staging'), ['gke:staging']],
  ])('by the path, where %s, is said', (_name, claims, clusters) => {
    expect(chosen(claims)).toMatchObject({ clusters, gaps: [GUESS] });
  });

  test.each([
    ['no folder is called after one', paths('/corpus/snapshot')],
    ['the name goes on', paths('/corpus/production')],
    ['the name stands in the middle', paths('/corpus/my-prod')],
    ['the folder is far above', paths('/prod/home/me/data/x')],
  ])('is not made where %s', (_name, claims) => {
    expect(chosen(claims)).toMatchObject({ clusters: [], gaps: [OPEN] });
  });

  const serviceAccounts = [
    { namespace: 'shop', name: 'api' },
    { namespace: 'shop', name: 'web' },
  ];
  const of = (name: string, ...subjects: string[]) =>
    subjects.map((subject) => credential(aks(name).issuer ?? '', `system:serviceaccount:${subject}`));
  test.each([
    ['most credentials', [...of('staging', 'shop:api', 'shop:web'), ...of('prod', 'shop:api')], ['aks:staging'], [GUESS]],
    ['the only credential', of('prod', 'shop:web'), ['aks:prod'], [GUESS]],
    ['as many credentials for both', [...of('staging', 'shop:api'), ...of('prod', 'shop:api')], [], [OPEN]],
    ['credentials for accounts that are not there', of('prod', 'x:y', 'shop:ghost'), [], [OPEN]],
    ['credentials for another sort of subject', [credential(aks('prod').issuer ?? '', 'repo:acme/x')], [], [OPEN]],
    ['an issuer without its slash', [credential((aks('prod').issuer ?? '').slice(0, -1), 'system:serviceaccount:shop:api')], [], [OPEN]],
  ] as [string, AzureFederatedCredential[], string[], string[]][])('on AKS by %s', (_name, credentials, clusters, gaps) => {
    const claims = { managed: { ...ALL, eks: [], gke: [] }, credentials, serviceAccounts };
    expect(chosen(claims)).toMatchObject({ clusters, gaps });
  });

  test('says what it rests on and how to be sure', () => {
    const { gaps } = chooseCluster({ ...NOTHING, ...paths('/home/somebody/prod') });
    expect(gaps[0]?.why).toBe(
      `it was guessed from the path, which has \`prod\` in it: \`${gke('prod').selfLink}\`, one of 3 clusters of the account data`,
    );
    expect(gaps[0]?.remedy).toContain('--cluster');
    expect(gaps[0]?.why).not.toContain('somebody');
  });

  test('100,000 nodes of as many pools and 2,000 clusters are no hindrance', () => {
    const nodes = Array.from({ length: 100_000 }, (_, index) => gkeNode(`gke-prod-p${index}-0a1b2c3d-x1y2`, { pool: `p${index}` }));
    const many = Array.from({ length: 2000 }, (_, index) => gke(`c-${index}`));
    expect(chosen({ managed: { ...ALL, gke: [...many, gke('prod')] }, nodes })).toMatchObject({ clusters: ['gke:prod'] });
  });
});
