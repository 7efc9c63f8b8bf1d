import type { AwsInlinePolicy, AwsInventory, AwsOidcProvider, AwsRole, PodIdentityAssociation } from '../../../inventory/aws.ts';
import type { Inventory } from '../../../inventory/inventory.ts';
import type { ServiceAccount, Workload } from '../../../inventory/kubernetes.ts';
import { splitArn } from '../../../inventory/normalise/aws-arn.ts';
import { readPolicyDocument } from '../../../inventory/normalise/aws-policy-document.ts';
import { EMPTY_INVENTORY } from '../../../inventory/testing/empty-inventory.ts';

/** A made-up cluster and its account, for tests. */
export const ISSUER = 'oidc.eks.eu-central-1.amazonaws.com/id/TEST';
export const ACCOUNT = '123456789012';
export const CLUSTER_ARN = `arn:aws:eks:eu-central-1:${ACCOUNT}:cluster/test`;
export const PROVIDER = providerArn();
export const STS = 'sts.amazonaws.com';

export function roleArn(name: string, account = ACCOUNT, partition = 'aws'): string {
  return `arn:${partition}:iam::${account}:role/${name}`;
}

export function providerArn(account = ACCOUNT, partition = 'aws', issuer = ISSUER): string {
  return `arn:${partition}:iam::${account}:oidc-provider/${issuer}`;
}

type Json = { readonly [key: string]: unknown };

/** A trust statement for web identity; `more` replaces elements. */
export function trusts(condition?: Json, more: Json = {}): Json {
  const base = { Effect: 'Allow', Principal: { Federated: PROVIDER }, Action: 'sts:AssumeRoleWithWebIdentity' };
  return { ...base, ...(condition === undefined ? {} : { Condition: condition }), ...more };
}

/** `{OPERATOR: {ISSUER:sub: value}}` */
export function sub(operator: string, value: string | readonly string[]): Json {
  return { [operator]: { [`${ISSUER}:sub`]: value } };
}

interface RoleParts {
  readonly trust: Json | readonly Json[] | string;
  readonly inline?: { readonly [name: string]: readonly Json[] };
  readonly attached?: readonly string[];
  readonly boundary?: string;
  readonly policiesUnknown?: true;
}

export function role(arn: string, parts: RoleParts): AwsRole {
  const document = typeof parts.trust === 'string' ? parts.trust : { Version: '2012-10-17', Statement: parts.trust };
  const inlinePolicies = Object.entries(parts.inline ?? {}).map(
    ([name, Statement]): AwsInlinePolicy => ({ name, document: readPolicyDocument({ Version: '2012-10-17', Statement }).document }),
  );
  return {
    arn,
    account: splitArn(arn)?.account ?? '',
    name: arn.slice(arn.lastIndexOf('/') + 1),
    path: '/',
    trust: readPolicyDocument(document).document,
    inlinePolicies,
    attachedPolicies: parts.attached ?? [],
    tags: new Map(),
    ...(parts.boundary === undefined ? {} : { permissionsBoundary: parts.boundary }),
    ...(parts.policiesUnknown === undefined ? {} : { policiesUnknown: true }),
  };
}

export function provider(arn = PROVIDER, clientIds: readonly string[] | undefined = [STS]): AwsOidcProvider {
  const base = { arn, account: splitArn(arn)?.account ?? '', url: arn.slice(arn.indexOf('oidc-provider/') + 'oidc-provider/'.length) };
  return clientIds === undefined ? base : { ...base, clientIds };
}

/** A provider that was listed and never read. */
export function listedProvider(arn = PROVIDER): AwsOidcProvider {
  const { clientIds: _clientIds, ...listed } = provider(arn);
  return listed;
}

export function serviceAccount(path: string, annotations: { readonly [key: string]: string } = {}): ServiceAccount {
  const [namespace = '', name = ''] = path.split('/', 2);
  return { namespace, name, labels: new Map(), annotations: new Map(Object.entries(annotations)), secrets: [], imagePullSecrets: [] };
}

export function annotated(path: string, arn: string, audience?: string): ServiceAccount {
  return serviceAccount(path, {
    'eks.amazonaws.com/role-arn': arn,
    ...(audience === undefined ? {} : { 'eks.amazonaws.com/audience': audience }),
  });
}

export function association(path: string, arn: string, more: Partial<PodIdentityAssociation> = {}): PodIdentityAssociation {
  const [namespace = '', name = ''] = path.split('/', 2);
  return {
    arn: `arn:aws:eks:eu-central-1:${ACCOUNT}:podidentityassociation/test/a-${namespace}-${name}`,
    account: ACCOUNT,
    region: 'eu-central-1',
    clusterName: 'test',
    namespace,
    serviceAccount: name,
    roleArn: arn,
    disableSessionTags: false,
    ...more,
  };
}

export function daemonSet(name: string): Workload {
  const spec: Workload['spec'] = {
    serviceAccountName: 'default',
    hostNetwork: false,
    hostPID: false,
    hostIPC: false,
    shareProcessNamespace: false,
    containers: [],
    volumes: [],
    imagePullSecrets: [],
    nodeSelector: new Map(),
    tolerations: [],
  };
  return {
    kind: 'DaemonSet',
    apiGroup: 'apps',
    namespace: 'kube-system',
    name,
    labels: new Map(),
    template: { labels: new Map(), annotations: new Map() },
    spec,
  };
}

interface WorldParts extends Partial<AwsInventory> {
  readonly serviceAccounts?: readonly ServiceAccount[];
  readonly workloads?: readonly Workload[];
  readonly cluster?: Inventory['cluster'];
}

/** An inventory with one provider for the cluster's issuer, unless `parts` says otherwise. */
export function world(parts: WorldParts): Inventory {
  const {
    serviceAccounts = [],
    workloads = [],
    cluster = { issuer: `https://${ISSUER}`, eksClusterArn: CLUSTER_ARN, name: 'test' },
    ...aws
  } = parts;
  return {
    ...EMPTY_INVENTORY,
    cluster,
    kubernetes: { ...EMPTY_INVENTORY.kubernetes, serviceAccounts, workloads },
    aws: { ...EMPTY_INVENTORY.aws, accounts: [ACCOUNT], accountsWithProviders: [ACCOUNT], oidcProviders: [provider()], ...aws },
  };
}
