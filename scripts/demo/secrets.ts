import type { KubernetesObject } from './json.ts';
import { type Labels, metadata, uidOf } from './metadata.ts';

export interface SecretPlan {
  readonly namespace: string;
  readonly name: string;
  readonly type?: string;
  readonly keys: readonly string[];
  readonly labels?: Labels;
  readonly annotations?: Labels;
}

const DOCKER = 'kubernetes.io/dockerconfigjson';
const TLS = 'kubernetes.io/tls';

function opaque(namespace: string, name: string, ...keys: readonly string[]): SecretPlan {
  return { namespace, name, keys };
}

function tls(namespace: string, name: string): SecretPlan {
  return { namespace, name, type: TLS, keys: ['tls.crt', 'tls.key'] };
}

/** A token that never ends, as clusters before 1.24 made for every account. */
function accountToken(namespace: string, account: string, labels: Labels): SecretPlan {
  const annotations = {
    'kubernetes.io/service-account.name': account,
    'kubernetes.io/service-account.uid': uidOf('ServiceAccount', namespace, account),
  };
  return {
    namespace,
    name: `${account}-token`,
    type: 'kubernetes.io/service-account-token',
    keys: ['ca.crt', 'namespace', 'token'],
    labels,
    annotations,
  };
}

const SECRETS: readonly SecretPlan[] = [
  opaque('argocd', 'argocd-redis', 'auth'),
  opaque('argocd', 'argocd-secret', 'admin.password', 'server.secretkey'),
  opaque('build', 'github-app', 'registration-token', 'private-key.pem'),
  { namespace: 'build', name: 'registry-push', type: DOCKER, keys: ['.dockerconfigjson'] },
  tls('external-secrets', 'external-secrets-webhook'),
  tls('ingress-nginx', 'ingress-nginx-admission'),
  tls('kube-system', 'aws-load-balancer-tls'),
  opaque('monitoring', 'alertmanager-config', 'alertmanager.yaml'),
  opaque('monitoring', 'grafana-admin', 'user', 'password'),
  opaque('monitoring', 'prometheus-k8s-config', 'prometheus.yaml.gz'),
  // Keys of an IAM user that nobody remembers.
  opaque('ops', 'status-bucket', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'),
  opaque('ops', 'support-chat', 'token'),
  accountToken('ops', 'tenant-provisioner', { 'kubernetes.io/legacy-token-last-used': '2026-11-20' }),
  opaque('orders', 'orders-database', 'DATABASE_URL', 'DATABASE_PASSWORD'),
  opaque('orders', 'refund-gateway', 'api-key'),
  opaque('payments', 'ledger-signing-key', 'ed25519.key'),
  opaque('payments', 'payment-gateway', 'GATEWAY_KEY', 'GATEWAY_WEBHOOK_SECRET'),
  opaque('payments', 'payments-database', 'url'),
  opaque('payments-sandbox', 'sandbox-gateway', 'GATEWAY_KEY'),
  // The cleaner has marked it: the API server refuses this token. The account behind it is cluster admin.
  accountToken('build', 'deployer', {
    'kubernetes.io/legacy-token-invalid-since': '2026-03-02',
    'kubernetes.io/legacy-token-last-used': '2025-02-27',
  }),
  opaque('reports', 'warehouse', 'password'),
  opaque('storefront', 'catalog-database', 'DATABASE_URL', 'DATABASE_PASSWORD'),
  {
    ...opaque('storefront', 'newsletter-smtp', 'password'),
    // kubectl apply keeps a second copy of the value here.
    annotations: {
      'kubectl.kubernetes.io/last-applied-configuration':
        '{"apiVersion":"v1","kind":"Secret","stringData":{"password":"CANARY-storefront/newsletter-smtp/last-applied"}}\n',
    },
  },
  { namespace: 'storefront', name: 'registry-mirror', type: DOCKER, keys: ['.dockerconfigjson'] },
  opaque('storefront', 'session-signing', 'key'),
  tls('storefront', 'shop-fernwood-example-tls'),
];

/** No value is a secret: each is base64 of `CANARY-` and its place, so that a test can look for all of them. */
export function secrets(): readonly KubernetesObject[] {
  return SECRETS.map(({ namespace, name, keys, labels, annotations, type = 'Opaque' }) => ({
    apiVersion: 'v1',
    data: Object.fromEntries(keys.map((key) => [key, Buffer.from(`CANARY-${namespace}/${name}/${key}`).toString('base64')])),
    kind: 'Secret',
    metadata: metadata('Secret', { namespace, name, labels, annotations }),
    type,
  }));
}
