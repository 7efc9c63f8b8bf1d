import type { AwsInventory } from '../../../../inventory/aws.ts';
import type { Inventory, KubernetesInventory } from '../../../../inventory/inventory.ts';
import type { Container, LabelSelector, Pod, ServiceAccount, Volume } from '../../../../inventory/kubernetes.ts';
import type { NetworkPolicy, NetworkPolicyRule } from '../../../../inventory/network-policy.ts';
import { EMPTY_INVENTORY } from '../../../../inventory/testing/empty-inventory.ts';
import type { WebhookConfiguration } from '../../../../inventory/webhook.ts';
import { annotated, ISSUER, role, roleArn, STS, sub, trusts, world } from '../../../aws/testing/world.ts';
import type { CloudLink } from '../../link.ts';

/** A cluster in which shop/api works with an annotated role, from which tests take one thing away. */
export const ACCOUNT = 'shop/api';
export const ROLE = roleArn('api');
export const SUBJECT = 'system:serviceaccount:shop:api';

export const everything: LabelSelector = { matchLabels: new Map(), matchExpressions: [] };

const ENVIRONMENT = ['AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE'];

export interface PodParts {
  readonly name?: string;
  /** Audience of the projected token; undefined: it has none. */
  readonly audience?: string | undefined;
  readonly envNames?: readonly string[];
  readonly labels?: Record<string, string>;
  readonly container?: Partial<Container>;
  readonly pod?: Partial<Pod>;
  readonly spec?: Partial<Pod['spec']>;
}

/** A running pod of shop/api as the webhook leaves it. */
export function pod(parts: PodParts = {}): Pod {
  const {
    name = 'api-1',
    audience = STS,
    envNames = ENVIRONMENT,
    labels = {},
    container = {},
    spec = {},
  } = 'audience' in parts ? { audience: undefined, ...parts } : parts;
  const volumes: Volume[] =
    audience === undefined ? [] : [{ index: 0, name: 'token', projectedSecrets: [], tokens: [{ audience, path: 'token', source: 0 }] }];
  return {
    namespace: 'shop',
    name,
    uid: `uid-${name}`,
    labels: new Map(Object.entries(labels)),
    annotations: new Map(),
    owner: { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'api-abc' },
    nodeName: 'n1',
    phase: 'Running',
    spec: {
      serviceAccountName: 'api',
      hostNetwork: false,
      hostPID: false,
      hostIPC: false,
      shareProcessNamespace: false,
      containers: [
        {
          list: 'containers',
          index: 0,
          name: 'main',
          image: 'example.com/api:1',
          volumeMounts: [{ volume: 'token', mountPath: '/var/run/token', readOnly: true }],
          secretReferences: [],
          envNames,
          ports: [],
          ...container,
        },
      ],
      volumes,
      imagePullSecrets: [],
      nodeSelector: new Map(),
      tolerations: [],
      ...spec,
    },
    ...parts.pod,
  };
}

/** A NetworkPolicy of namespace shop for every pod, with these egress rules. */
export const egressPolicy = (...egress: readonly NetworkPolicyRule[]): NetworkPolicy => ({
  namespace: 'shop',
  name: 'egress',
  podSelector: everything,
  policyTypes: ['Egress'],
  ingress: [],
  egress,
});

export const toAddress = (cidr: string, ...except: readonly string[]): NetworkPolicyRule => ({
  ports: [],
  peers: [{ ipBlock: { cidr, except } }],
});
export const toPods: NetworkPolicyRule = { ports: [], peers: [{ namespaceSelector: everything }] };

/** A policy that limits nothing, so that policies count as read. */
const HARMLESS: NetworkPolicy = { ...egressPolicy(), namespace: 'other', name: 'ingress', policyTypes: ['Ingress'] };

export const webhook = (name: string, objectSelector: LabelSelector = everything): WebhookConfiguration => ({
  kind: 'MutatingWebhookConfiguration',
  name,
  webhooks: [{ name: `${name}.example.com`, operations: ['CREATE'], apiGroups: [''], resources: ['pods'], objectSelector }],
});

export interface SceneParts {
  readonly account?: ServiceAccount;
  readonly pods?: readonly Pod[];
  readonly kubernetes?: Partial<KubernetesInventory>;
  readonly aws?: Partial<AwsInventory>;
  readonly inventory?: Partial<Inventory>;
}

/** Everything is in order but for what `parts` says. */
export function scene({
  account = annotated(ACCOUNT, ROLE),
  pods = [pod()],
  kubernetes = {},
  aws = {},
  inventory = {},
}: SceneParts = {}): Inventory {
  const api = role(ROLE, {
    trust: trusts({ StringEquals: { [`${ISSUER}:aud`]: STS, ...(sub('StringEquals', SUBJECT).StringEquals as object) } }),
    attached: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
  });
  const base = world({ roles: [api], ...aws });
  return {
    ...base,
    kubernetes: {
      ...base.kubernetes,
      serviceAccounts: [account],
      pods,
      workloads: [
        {
          kind: 'ReplicaSet',
          apiGroup: 'apps',
          namespace: 'shop',
          name: 'api-abc',
          labels: new Map(),
          owner: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' },
          template: { labels: new Map(), annotations: new Map() },
          spec: pod().spec,
        },
      ],
      namespaces: [{ name: 'shop', labels: new Map() }],
      networkPolicies: [HARMLESS],
      webhookConfigurations: [webhook('pod-identity-webhook')],
      ...kubernetes,
    },
    ...inventory,
  };
}

/** A cluster of another cloud: nothing of AWS, and no webhook but those that are given. */
export function elsewhere(
  account: ServiceAccount,
  pods: readonly Pod[],
  more: Partial<Inventory> & { readonly kubernetes?: KubernetesInventory } = {},
): Inventory {
  return {
    ...EMPTY_INVENTORY,
    kubernetes: {
      ...EMPTY_INVENTORY.kubernetes,
      serviceAccounts: [account],
      pods,
      networkPolicies: [HARMLESS],
      webhookConfigurations: [webhook('azure-wi-webhook')],
    },
    ...more,
  };
}

/** A link as the cloud's own code would make it. */
export const link = (parts: Pick<CloudLink, 'provider' | 'identity' | 'method' | 'audience'> & Partial<CloudLink>): CloudLink => ({
  serviceAccount: ACCOUNT,
  state: 'wired',
  code: 'exact',
  reason: 'it is named exactly',
  principal: {},
  evidence: [],
  ...parts,
});
