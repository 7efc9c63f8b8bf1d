import { ACCOUNT, DATA_ACCOUNT, roleArn } from './company.ts';
import type { JsonObject, KubernetesObject } from './json.ts';
import { AZURE_IDENTITIES, type AzureIdentityName, gsa } from './other-clouds.ts';

/** What `reach` has to say of two nodes: `conditional` is every way that hangs on something, `none` no way at all. */
export interface Chain {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly expect: 'certain' | 'conditional' | 'none';
}

const CLUSTER_ADMIN = 'cluster-admin:cluster';
const INTERNET = 'internet:internet';
const NODE_NETWORK = 'node-network:nodes';

function awsRole(name: string, account = ACCOUNT): string {
  return `aws-role:${roleArn(name, account)}`;
}

const azureIdentity = (name: AzureIdentityName): string => `azure-identity:${AZURE_IDENTITIES[name].clientId}`;

/** Finds pods by their workload: the generated part of a name is nobody's business here. */
class Pods {
  readonly #pods: readonly KubernetesObject[];

  constructor(objects: readonly KubernetesObject[]) {
    this.#pods = objects.filter((object) => object.kind === 'Pod');
  }

  #find(namespace: string, workload: string, fits: (pod: KubernetesObject) => boolean = () => true): KubernetesObject {
    const found = this.#pods.find((pod) => pod.metadata.namespace === namespace && nameLabel(pod) === workload && fits(pod));
    if (found === undefined) throw new Error(`no pod of workload \`${namespace}/${workload}\``);
    return found;
  }

  /** Id of the first pod of a workload. */
  id(namespace: string, workload: string): string {
    return `pod:${namespace}/${this.#find(namespace, workload).metadata.name}`;
  }

  nodeOf(namespace: string, workload: string): string {
    return String((this.#find(namespace, workload).spec as JsonObject).nodeName);
  }

  /** Id of the pod of a DaemonSet on one node. */
  onNode(namespace: string, workload: string, node: string): string {
    return `pod:${namespace}/${this.#find(namespace, workload, (pod) => (pod.spec as JsonObject).nodeName === node).metadata.name}`;
  }
}

function nameLabel(pod: KubernetesObject): string {
  return String((pod.metadata.labels as JsonObject)['app.kubernetes.io/name']);
}

/** Ways that a visitor should find, in the order of demo/README.md. */
function ways(pods: Pods): readonly Chain[] {
  const controllerNode = pods.nodeOf('argocd', 'argocd-application-controller');
  const builderNode = pods.nodeOf('build', 'image-builder');
  const certain = (name: string, from: string, to: string): Chain => ({ name, from, to, expect: 'certain' });
  const conditional = (name: string, from: string, to: string): Chain => ({ name, from, to, expect: 'conditional' });
  return [
    certain('1 storefront web → shell in payments → IRSA role', pods.id('storefront', 'web'), awsRole('fernwood-payments-worker')),
    certain('1 storefront web → shell in payments → gateway secret', pods.id('storefront', 'web'), 'secret:payments/payment-gateway'),
    certain('2 CI runner → pod as deployer → cluster admin', pods.id('build', 'github-runner'), CLUSTER_ADMIN),
    certain('3 log shipper → its node', pods.onNode('logging', 'log-shipper', controllerNode), `node:${controllerNode}`),
    certain(
      '3 log shipper → node → Argo CD controller → cluster admin',
      pods.onNode('logging', 'log-shipper', controllerNode),
      CLUSTER_ADMIN,
    ),
    certain(
      '4 external-secrets → token secret → tenant-provisioner',
      pods.id('external-secrets', 'external-secrets'),
      'sa:ops/tenant-provisioner',
    ),
    certain('4 token secret → bind admin → cluster admin', 'secret:ops/tenant-provisioner-token', CLUSTER_ADMIN),
    certain('4 ingress controller → list secrets → cluster admin', pods.id('ingress-nginx', 'ingress-nginx'), CLUSTER_ADMIN),
    certain('5 report exporter → Pod Identity → administrator role', pods.id('reports', 'exporter'), awsRole('fernwood-reports-exporter')),
    certain('6 Prometheus → kubelet exec → cluster admin', pods.id('monitoring', 'prometheus-k8s'), CLUSTER_ADMIN),
    certain(
      '6 Prometheus operator → kubelet exec → exporter',
      pods.id('monitoring', 'prometheus-operator'),
      pods.id('reports', 'exporter'),
    ),
    certain('7 image builder → containerd socket → node', pods.id('build', 'image-builder'), `node:${builderNode}`),
    certain('8 toolbox → impersonate system:masters', pods.id('ops', 'toolbox'), CLUSTER_ADMIN),
    certain('8 support bot → token of refund-processor', pods.id('ops', 'support-bot'), 'sa:orders/refund-processor'),
    certain('8 support bot → token of refund-processor → refund secret', pods.id('ops', 'support-bot'), 'secret:orders/refund-gateway'),
    certain('8 rbac-sync → escalate its own role → cluster admin', pods.id('ops', 'rbac-sync'), CLUSTER_ADMIN),
    certain(
      '8 partner portal → admin of its namespace → its accounts',
      pods.id('payments-sandbox', 'partner-portal'),
      'sa:payments-sandbox/mock-gateway',
    ),
    certain('8 the payments team owns the sandbox', 'group:fernwood:payments', 'namespace-admin:payments-sandbox'),
    certain('9 cross-account role with a provider of its own', 'sa:reports/lake-reader', awsRole('fernwood-lake-reader', DATA_ACCOUNT)),
    certain('9 prefix wildcard, for the account it was made for', 'sa:payments/ledger', awsRole('fernwood-payments-shared')),
    conditional(
      '9 prefix wildcard without a colon, from the sandbox',
      'sa:payments-sandbox/mock-gateway',
      awsRole('fernwood-payments-shared'),
    ),
    conditional('9 role open to the whole cluster', 'sa:storefront/recommendations', awsRole('fernwood-metrics-publisher')),
    conditional('9 trust works, annotation missing', 'sa:storefront/recommendations', awsRole('fernwood-recommendations')),
  ];
}

/** Ways through the clouds, and back into the cluster. */
function cloudWays(pods: Pods): readonly Chain[] {
  const certain = (name: string, from: string, to: string): Chain => ({ name, from, to, expect: 'certain' });
  const conditional = (name: string, from: string, to: string): Chain => ({ name, from, to, expect: 'conditional' });
  return [
    certain('10 release bot → AWS role → access entry → cluster admin', pods.id('build', 'release-bot'), CLUSTER_ADMIN),
    certain('10 shipping rates → hands a role to a function', pods.id('orders', 'shipping-rates'), awsRole('fernwood-batch-customers')),
    certain('10 lake reader → keeper of the lake', pods.id('reports', 'lake-reader'), awsRole('fernwood-lake-keeper', DATA_ACCOUNT)),
    certain('11 product feed → Google service account', pods.id('storefront', 'product-feed'), `gsa:${gsa('product-feed')}`),
    certain('11 product feed → token of Terraform’s account', pods.id('storefront', 'product-feed'), `gsa:${gsa('terraform')}`),
    conditional('11 trusted by Google, no pod asks', 'sa:storefront/recommendations', `gsa:${gsa('basket-forecast')}`),
    certain('12 invoice archive → Azure identity', pods.id('orders', 'invoice-archive'), azureIdentity('id-invoice-archive')),
    certain(
      '12 invoice archive → credential on Terraform’s identity',
      pods.id('orders', 'invoice-archive'),
      azureIdentity('id-finance-terraform'),
    ),
  ];
}

/** How the outside comes in; a flaw in what listens is always needed. */
function exposedWays(pods: Pods): readonly Chain[] {
  const conditional = (name: string, from: string, to: string): Chain => ({ name, from, to, expect: 'conditional' });
  return [
    conditional('13 the internet → ingress controller → cluster admin', INTERNET, CLUSTER_ADMIN),
    conditional('13 the internet → Ingress → storefront web → IRSA role', INTERNET, awsRole('fernwood-payments-worker')),
    conditional('13 the internet → Ingress → partner portal', INTERNET, pods.id('payments-sandbox', 'partner-portal')),
    conditional('13 the VPC → internal load balancer → Grafana', NODE_NETWORK, pods.id('monitoring', 'grafana')),
    conditional('13 the VPC → node port → shipping rates', NODE_NETWORK, pods.id('orders', 'shipping-rates')),
  ];
}

/** Exposure that looks like a way and is none. */
function exposedDeadEnds(pods: Pods): readonly Chain[] {
  const none = (name: string, from: string, to: string): Chain => ({ name, from, to, expect: 'none' });
  return [
    none('a NetworkPolicy keeps the ingress controller from payments', 'ingress:payments/callbacks', pods.id('payments', 'api')),
    none('the service behind it is no way either', 'service:payments/api', pods.id('payments', 'api')),
    none('an internal load balancer leads to Grafana alone', 'ingress:monitoring/grafana', pods.id('orders', 'order-api')),
    none('the partners’ Ingress leads to no cluster role', 'ingress:payments-sandbox/partners', CLUSTER_ADMIN),
    none('a node port leads to no cluster role', 'service:orders/shipping-rates', CLUSTER_ADMIN),
  ];
}

/** Cloud links that look like ways and are none. */
function cloudDeadEnds(pods: Pods): readonly Chain[] {
  const none = (name: string, from: string, to: string): Chain => ({ name, from, to, expect: 'none' });
  return [
    none('the lambda role is for functions alone', pods.id('orders', 'shipping-rates'), awsRole('fernwood-prod-node')),
    none('shipping rates leads to no cluster role', pods.id('orders', 'shipping-rates'), CLUSTER_ADMIN),
    none('a keeper trusts the reader, not the writer', pods.id('reports', 'lake-writer'), awsRole('fernwood-lake-keeper', DATA_ACCOUNT)),
    none('the member names namespace `report`', 'sa:reports/dashboards', `gsa:${gsa('board-report')}`),
    none('a reader of data gets no token of another account', 'sa:storefront/recommendations', `gsa:${gsa('terraform')}`),
    none('Azure compares the issuer with its slash', pods.id('reports', 'tax-export'), azureIdentity('id-tax-export')),
    none('Google’s token opens nothing in Azure', pods.id('storefront', 'product-feed'), azureIdentity('id-invoice-archive')),
    none('one hop is too few for a pod of its own network', pods.id('ops', 'status-page'), awsRole('fernwood-prod-node')),
  ];
}

/** Pairs that look like ways and are none; each names the rule that closes it. */
function deadEnds(pods: Pods): readonly Chain[] {
  const none = (name: string, from: string, to: string): Chain => ({ name, from, to, expect: 'none' });
  return [
    none('exec in payments is no exec in orders', pods.id('storefront', 'web'), pods.id('orders', 'order-api')),
    none('payments leads to no cluster role', pods.id('storefront', 'web'), CLUSTER_ADMIN),
    none('a token for one named account is no token for its neighbour', pods.id('ops', 'support-bot'), 'sa:orders/archive'),
    none('the refund secret is the only one that refund-processor may get', pods.id('ops', 'support-bot'), 'secret:orders/orders-database'),
    none('support bot ends at refunds', pods.id('ops', 'support-bot'), CLUSTER_ADMIN),
    none('groups without a user cannot be impersonated', pods.id('ops', 'access-portal'), CLUSTER_ADMIN),
    none('rolebindings without bind hand out nothing new', pods.id('reports', 'onboarding'), 'sa:reports/exporter'),
    none('pods/* is no wildcard', pods.id('reports', 'pod-janitor'), pods.id('reports', 'exporter')),
    none('jobs are not in the core group', pods.id('orders', 'label-printer'), 'sa:orders/archive'),
    none('a binding to a deleted role grants nothing', pods.id('orders', 'order-sync'), 'secret:orders/orders-database'),
    none('no token mounted, no rights', pods.id('orders', 'archive'), 'secret:orders/orders-database'),
    none('the token was invalidated', 'secret:build/deployer-token', 'sa:build/deployer'),
    none('admin of the sandbox stays in the sandbox', pods.id('payments-sandbox', 'partner-portal'), CLUSTER_ADMIN),
    none(
      'admin of the sandbox reads no secret of payments',
      pods.id('payments-sandbox', 'partner-portal'),
      'secret:payments/payment-gateway',
    ),
    none('nodes/metrics is no exec', pods.id('kube-system', 'metrics-server'), CLUSTER_ADMIN),
    none('kube-state-metrics here lists no secrets', pods.id('monitoring', 'kube-state-metrics'), 'secret:monitoring/grafana-admin'),
    none('the trust policy has a typing error in the namespace', pods.id('orders', 'order-sync'), awsRole('fernwood-order-sync')),
    none('a star in StringEquals is a letter', pods.id('storefront', 'catalog-images'), awsRole('fernwood-catalog-images')),
    none('the provider does not know the audience', pods.id('orders', 'invoice-mailer'), awsRole('fernwood-invoice-mailer')),
    none('the role was deleted', pods.id('storefront', 'search-indexer'), awsRole('fernwood-search-indexer-2024')),
    none('the provider is in the other account', pods.id('reports', 'lake-writer'), awsRole('fernwood-lake-writer', DATA_ACCOUNT)),
    none('the role does not allow sts:TagSession', pods.id('reports', 'archiver'), awsRole('fernwood-reports-archiver')),
    none('one IRSA role is not another', pods.id('reports', 'lake-reader'), awsRole('fernwood-payments-worker')),
    none('a calm service reaches no node', pods.id('storefront', 'catalog-api'), `node:${pods.nodeOf('storefront', 'catalog-api')}`),
    none('a calm service reaches no secret of another', pods.id('orders', 'order-api'), 'secret:payments/payment-gateway'),
    none('a calm service is no administrator', pods.id('storefront', 'bff'), CLUSTER_ADMIN),
  ];
}

/** What the tests assert of the demo. */
export function chains(objects: readonly KubernetesObject[]): readonly Chain[] {
  const pods = new Pods(objects);
  return [...ways(pods), ...cloudWays(pods), ...exposedWays(pods), ...deadEnds(pods), ...cloudDeadEnds(pods), ...exposedDeadEnds(pods)];
}
