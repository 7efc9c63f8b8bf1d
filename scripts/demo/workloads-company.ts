import { type ContainerPlan, ownImage } from './container.ts';
import type { Labels } from './metadata.ts';
import { GCP_AUDIENCE } from './other-clouds.ts';
import { configMapVolume, emptyDir, secretVolume, tokenVolume } from './volumes.ts';
import type { WorkloadPlan } from './workload.ts';

interface ServicePlan extends Omit<Partial<WorkloadPlan>, 'containers' | 'namespace' | 'name'> {
  /** What the one container of the service has beside name, image and port. */
  readonly container?: Partial<ContainerPlan>;
}

/** A service of the company: one hardened container, one image of its own. */
function service(namespace: string, name: string, plan: ServicePlan = {}): WorkloadPlan {
  const { container, ...rest } = plan;
  return {
    kind: 'Deployment',
    pool: 'apps',
    replicas: 1,
    ...rest,
    namespace,
    name,
    containers: [{ name, image: ownImage(`${namespace}/${name}`), port: 8080, ...container }],
  };
}

const STOREFRONT: readonly WorkloadPlan[] = [
  service('storefront', 'web', {
    serviceAccount: 'web',
    replicas: 2,
    container: { env: { NODE_ENV: 'production', FEATURE_FLAG_KEY: 'CANARY-ENV-storefront-feature-flag-key' } },
  }),
  service('storefront', 'bff', { serviceAccount: 'bff', replicas: 2, container: { secretEnv: { SESSION_KEY: 'session-signing/key' } } }),
  service('storefront', 'catalog-api', { serviceAccount: 'catalog-api', replicas: 3, container: { secretEnvFrom: ['catalog-database'] } }),
  service('storefront', 'catalog-images', { serviceAccount: 'catalog-images' }),
  service('storefront', 'search-indexer', { serviceAccount: 'search-indexer' }),
  service('storefront', 'recommendations', { serviceAccount: 'recommendations', replicas: 2, automount: true }),
  service('storefront', 'session-cache', {
    kind: 'StatefulSet',
    replicas: 2,
    automount: false,
    container: { image: 'public.ecr.aws/docker/library/valkey:9.0.0', port: 6379 },
  }),
  service('storefront', 'product-feed', {
    serviceAccount: 'product-feed',
    container: {
      env: { GOOGLE_APPLICATION_CREDENTIALS: '/etc/google/credential-configuration.json' },
      mounts: { 'google-token': 'ro:/var/run/secrets/google', 'google-config': 'ro:/etc/google' },
    },
    volumes: [tokenVolume('google-token', GCP_AUDIENCE, 'token'), configMapVolume('google-config', 'product-feed-google')],
  }),
  service('storefront', 'newsletter', {
    kind: 'CronJob',
    serviceAccount: 'newsletter',
    container: { secretEnv: { SMTP_PASSWORD: 'newsletter-smtp/password' } },
  }),
];

const PAYMENTS: readonly WorkloadPlan[] = [
  service('payments', 'api', { serviceAccount: 'api', replicas: 2, container: { secretEnvFrom: ['payment-gateway'] } }),
  service('payments', 'worker', {
    serviceAccount: 'worker',
    replicas: 2,
    container: { secretEnv: { DATABASE_URL: 'payments-database/url' }, mounts: { scratch: '/tmp' } },
    volumes: [emptyDir('scratch')],
  }),
  service('payments', 'ledger', {
    kind: 'StatefulSet',
    serviceAccount: 'ledger',
    replicas: 2,
    container: { mounts: { signing: 'ro:/etc/ledger/signing' } },
    volumes: [secretVolume('signing', 'ledger-signing-key')],
  }),
  service('payments-sandbox', 'mock-gateway', { serviceAccount: 'mock-gateway' }),
  service('payments-sandbox', 'partner-portal', { serviceAccount: 'partner-portal', container: { secretEnvFrom: ['sandbox-gateway'] } }),
];

/** kubectl apply keeps a second copy of what a manifest says, literal passwords included. */
const LAST_APPLIED: Labels = {
  'kubectl.kubernetes.io/last-applied-configuration':
    '{"apiVersion":"apps/v1","kind":"Deployment","spec":{"env":[{"name":"SMTP_PASSWORD","value":"CANARY-ENV-orders-smtp-password"}]}}\n',
};

/** Asks azure-workload-identity's webhook for a token. */
const AZURE_LABEL: Labels = { 'azure.workload.identity/use': 'true' };

const ORDERS: readonly WorkloadPlan[] = [
  service('orders', 'order-api', { serviceAccount: 'order-api', replicas: 2, container: { secretEnvFrom: ['orders-database'] } }),
  service('orders', 'fulfilment', { serviceAccount: 'fulfilment', replicas: 2 }),
  service('orders', 'order-sync', { serviceAccount: 'order-sync' }),
  service('orders', 'invoice-mailer', {
    serviceAccount: 'invoice-mailer',
    annotations: LAST_APPLIED,
    container: { env: { SMTP_HOST: 'smtp.fernwood.example', SMTP_PASSWORD: 'CANARY-ENV-orders-smtp-password' } },
  }),
  service('orders', 'refund-processor', { serviceAccount: 'refund-processor', replicas: 2 }),
  service('orders', 'label-printer', { serviceAccount: 'label-printer' }),
  service('orders', 'invoice-archive', { serviceAccount: 'invoice-archive', podLabels: AZURE_LABEL }),
  service('orders', 'shipping-rates', { serviceAccount: 'shipping-rates', replicas: 2 }),
  service('orders', 'archive', { serviceAccount: 'archive', automount: false }),
];

const REPORTS: readonly WorkloadPlan[] = [
  service('reports', 'exporter', { serviceAccount: 'exporter' }),
  service('reports', 'archiver', { serviceAccount: 'archiver' }),
  service('reports', 'lake-reader', { serviceAccount: 'lake-reader' }),
  service('reports', 'lake-writer', { serviceAccount: 'lake-writer' }),
  service('reports', 'onboarding', { serviceAccount: 'onboarding' }),
  service('reports', 'pod-janitor', { serviceAccount: 'pod-janitor' }),
  service('reports', 'tax-export', { serviceAccount: 'tax-export', podLabels: AZURE_LABEL }),
  service('reports', 'dashboards', {
    serviceAccount: 'dashboards',
    replicas: 2,
    container: { secretEnv: { WAREHOUSE_PASSWORD: 'warehouse/password' } },
  }),
];

const OPERATIONS: readonly WorkloadPlan[] = [
  service('ops', 'toolbox', { pool: 'general', serviceAccount: 'toolbox', container: { args: ['sleep', 'infinity'] } }),
  service('ops', 'support-bot', {
    pool: 'apps',
    serviceAccount: 'support-bot',
    container: { secretEnv: { CHAT_TOKEN: 'support-chat/token' } },
  }),
  service('ops', 'rbac-sync', { pool: 'general', serviceAccount: 'rbac-sync' }),
  service('ops', 'access-portal', { pool: 'apps', serviceAccount: 'access-portal' }),
  service('ops', 'status-page', {
    pool: 'apps',
    serviceAccount: 'status-page',
    replicas: 2,
    container: { secretEnvFrom: ['status-bucket'] },
  }),
];

/** What the company writes itself. */
export const COMPANY_WORKLOADS: readonly WorkloadPlan[] = [...STOREFRONT, ...PAYMENTS, ...ORDERS, ...REPORTS, ...OPERATIONS];
