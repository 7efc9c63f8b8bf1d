import { DATA_ACCOUNT, roleArn } from './company.ts';
import type { JsonObject, KubernetesObject } from './json.ts';
import { type Labels, metadata } from './metadata.ts';
import { NAMESPACE_NAMES } from './namespaces.ts';
import { AZURE_IDENTITIES } from './other-clouds.ts';

export interface ServiceAccountPlan {
  readonly namespace: string;
  readonly name: string;
  /** False where the account says that its token is not to be mounted. */
  readonly automount?: false;
  /** The role that the EKS annotation names, whether or not it works. */
  readonly role?: string;
  /** The audience that the EKS annotation asks for; the webhook's default is `sts.amazonaws.com`. */
  readonly audience?: string;
  readonly imagePullSecret?: string;
  /** What the Azure webhook reads. */
  readonly azureClientId?: string;
}

function add(namespace: string, name: string, more: Omit<ServiceAccountPlan, 'namespace' | 'name'> = {}): ServiceAccountPlan {
  return { namespace, name, ...more };
}

function plain(namespace: string, ...names: readonly string[]): readonly ServiceAccountPlan[] {
  return names.map((name) => add(namespace, name));
}

/** Accounts of the controllers that run beside the API server, out of reach of any node. */
const CONTROLLER_ACCOUNTS = [
  'clusterrole-aggregation-controller',
  'daemon-set-controller',
  'deployment-controller',
  'generic-garbage-collector',
  'job-controller',
  'namespace-controller',
  'replicaset-controller',
  'statefulset-controller',
] as const;

const ADD_ONS: readonly ServiceAccountPlan[] = [
  ...plain(
    'kube-system',
    'aws-node',
    'coredns',
    'ebs-csi-controller-sa',
    'ebs-csi-node-sa',
    'kube-proxy',
    'metrics-server',
    ...CONTROLLER_ACCOUNTS,
  ),
  add('kube-system', 'aws-load-balancer-controller', { role: roleArn('fernwood-aws-load-balancer-controller') }),
  add('kube-system', 'cluster-autoscaler', { role: roleArn('fernwood-cluster-autoscaler') }),
  ...plain('argocd', 'argocd-application-controller', 'argocd-redis', 'argocd-repo-server', 'argocd-server'),
  add('cert-manager', 'cert-manager', { role: roleArn('fernwood-cert-manager-dns') }),
  ...plain('cert-manager', 'cert-manager-webhook'),
  add('external-secrets', 'external-secrets', { role: roleArn('fernwood-external-secrets') }),
  ...plain('external-secrets', 'external-secrets-webhook'),
  ...plain('ingress-nginx', 'ingress-nginx'),
  ...plain('logging', 'log-shipper'),
  add('logging', 'loki', { automount: false }),
  ...plain('monitoring', 'kube-state-metrics', 'prometheus-k8s', 'prometheus-operator'),
  add('monitoring', 'alertmanager', { automount: false }),
  add('monitoring', 'cloudwatch-exporter', { role: roleArn('fernwood-metrics-publisher') }),
  add('monitoring', 'grafana', { automount: false }),
  add('monitoring', 'node-exporter', { automount: false }),
];

const COMPANY: readonly ServiceAccountPlan[] = [
  ...plain('build', 'deployer', 'runner'),
  add('build', 'release-bot', { automount: false, role: roleArn('fernwood-release-bot') }),
  add('storefront', 'web', { imagePullSecret: 'registry-mirror' }),
  add('storefront', 'bff', { automount: false }),
  add('storefront', 'catalog-api', { automount: false }),
  add('storefront', 'catalog-images', { role: roleArn('fernwood-catalog-images') }),
  add('storefront', 'newsletter', { automount: false }),
  ...plain('storefront', 'recommendations'),
  add('storefront', 'product-feed', { automount: false }),
  add('storefront', 'search-indexer', { role: roleArn('fernwood-search-indexer-2024') }),
  add('payments', 'api', { automount: false }),
  add('payments', 'ledger', { role: roleArn('fernwood-payments-shared') }),
  add('payments', 'worker', { role: roleArn('fernwood-payments-worker') }),
  ...plain('payments-sandbox', 'mock-gateway', 'partner-portal'),
  add('orders', 'fulfilment', { automount: false }),
  add('orders', 'invoice-mailer', { role: roleArn('fernwood-invoice-mailer'), audience: 'fernwood-internal' }),
  add('orders', 'order-api', { automount: false }),
  add('orders', 'order-sync', { role: roleArn('fernwood-order-sync') }),
  ...plain('orders', 'archive', 'label-printer', 'refund-processor'),
  add('orders', 'invoice-archive', { automount: false, azureClientId: AZURE_IDENTITIES['id-invoice-archive'].clientId }),
  add('orders', 'shipping-rates', { automount: false, role: roleArn('fernwood-shipping-rates') }),
  ...plain('reports', 'archiver', 'exporter', 'onboarding', 'pod-janitor'),
  add('reports', 'dashboards', { automount: false }),
  add('reports', 'tax-export', { automount: false, azureClientId: AZURE_IDENTITIES['id-tax-export'].clientId }),
  add('reports', 'lake-reader', { role: roleArn('fernwood-lake-reader', DATA_ACCOUNT) }),
  add('reports', 'lake-writer', { role: roleArn('fernwood-lake-writer', DATA_ACCOUNT) }),
  ...plain('ops', 'access-portal', 'rbac-sync', 'support-bot', 'tenant-provisioner', 'toolbox'),
  add('ops', 'status-page', { automount: false }),
];

/** Every account of the cluster, each namespace's `default` included. */
const PLANS: readonly ServiceAccountPlan[] = [
  ...NAMESPACE_NAMES.flatMap((namespace) => plain(namespace, 'default')),
  ...ADD_ONS,
  ...COMPANY,
];

const BY_NAME = new Map(PLANS.map((plan) => [`${plan.namespace}/${plan.name}`, plan]));

/** The plan of an account; a workload that names one that does not exist is a mistake of the generator. */
export function serviceAccount(namespace: string, name: string): ServiceAccountPlan {
  const plan = BY_NAME.get(`${namespace}/${name}`);
  if (plan === undefined) throw new Error(`no service account \`${namespace}/${name}\`: add it to service-accounts.ts`);
  return plan;
}

function annotationsOf(plan: ServiceAccountPlan): Labels | undefined {
  if (plan.role === undefined && plan.azureClientId === undefined) return undefined;
  return {
    ...(plan.role === undefined ? {} : { 'eks.amazonaws.com/role-arn': plan.role }),
    ...(plan.audience === undefined ? {} : { 'eks.amazonaws.com/audience': plan.audience }),
    ...(plan.azureClientId === undefined ? {} : { 'azure.workload.identity/client-id': plan.azureClientId }),
  };
}

export function serviceAccounts(): readonly KubernetesObject[] {
  return PLANS.map((plan) => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    automountServiceAccountToken: plan.automount,
    imagePullSecrets: plan.imagePullSecret === undefined ? undefined : [{ name: plan.imagePullSecret } satisfies JsonObject],
    metadata: metadata('ServiceAccount', {
      name: plan.name,
      namespace: plan.namespace,
      annotations: annotationsOf(plan),
    }),
  }));
}
