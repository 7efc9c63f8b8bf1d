import type { AwsAuthMapping } from '../aws-auth.ts';
import { type AwsAnswerOrigin, createInventoryBuilder } from '../builder.ts';
import type { Inventory } from '../inventory.ts';
import type { WebhookConfiguration } from '../webhook.ts';

type Json = Record<string, unknown>;

/** `a/bot` → namespace a, name bot; `bot` → no namespace. */
function metadata(path: string, more: Json = {}): Json {
  const slash = path.indexOf('/');
  if (slash === -1) return { name: path, ...more };
  return { namespace: path.slice(0, slash), name: path.slice(slash + 1), ...more };
}

/** Metadata of a path with what `more` adds to it, and the rest of `more`. */
function withMetadata(path: string, { metadata: extra, ...rest }: Json): Json {
  return { ...rest, metadata: metadata(path, extra as Json | undefined) };
}

/** An RBAC rule: `rule('create', '', 'pods/exec')`; several verbs, groups, resources or names with commas. */
export function rule(verbs: string, apiGroups: string, resources: string, resourceNames?: string): Json {
  const list = (text: string): string[] => text.split(',');
  return {
    verbs: list(verbs),
    apiGroups: list(apiGroups),
    resources: list(resources),
    ...(resourceNames === undefined ? {} : { resourceNames: list(resourceNames) }),
  };
}

/** A binding's subjects: `sa('a/bot')`, `user('alice')`, `group('system:authenticated')`. */
export const sa = (path: string): Json => ({ kind: 'ServiceAccount', ...metadata(path) });
export const user = (name: string): Json => ({ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name });
export const group = (name: string): Json => ({ kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name });

const RBAC = 'rbac.authorization.k8s.io/v1';

/** A pod as the API server admits it: with a uid, and with the token volume mounted unless told otherwise. */
export interface PodOptions {
  readonly serviceAccount?: string;
  readonly node?: string;
  readonly phase?: string;
  /** False: no token volume. */
  readonly token?: boolean;
  /** Merged into the spec. */
  readonly spec?: Json;
  /** Merged into the one container. */
  readonly container?: Json;
  /** Merged into the metadata; `{ uid: undefined }` makes a manifest that nobody has admitted. */
  readonly metadata?: Json;
  readonly volumes?: readonly Json[];
  readonly mounts?: readonly Json[];
}

const TOKEN_VOLUME = {
  name: 'kube-api-access-x2x4z',
  projected: { sources: [{ serviceAccountToken: { expirationSeconds: 3607, path: 'token' } }] },
};
const TOKEN_MOUNT = { name: 'kube-api-access-x2x4z', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true };

function podSpec({ serviceAccount = 'default', node = 'n1', token = true, spec, container, volumes = [], mounts = [] }: PodOptions): Json {
  return {
    serviceAccountName: serviceAccount,
    ...(node === '' ? {} : { nodeName: node }),
    volumes: [...volumes, ...(token ? [TOKEN_VOLUME] : [])],
    containers: [{ name: 'main', image: 'example.com/main:1', volumeMounts: [...mounts, ...(token ? [TOKEN_MOUNT] : [])], ...container }],
    ...spec,
  };
}

/**
 * A small cluster for tests, written as its objects: they pass through the same normaliser as real ones.
 * `cluster().serviceAccount('a/bot').role('a/r', rule('create', '', 'pods/exec')).roleBinding('a/rb', 'Role/r', sa('a/bot')).inventory()`
 */
export class ClusterFixture {
  readonly objects: Json[] = [];
  readonly #answers: { readonly answer: Json; readonly origin: AwsAnswerOrigin }[] = [];
  readonly #clouds: { readonly cloud: 'gcp' | 'azure'; readonly answer: unknown; readonly path: string }[] = [];
  readonly #unread: string[] = [];
  #awsAuth: readonly AwsAuthMapping[] | undefined;
  #cluster: { name?: string; issuer?: string; version?: string } = { version: 'v1.36.2' };

  /** Version, issuer or name of the cluster; the version is v1.36.2 where nothing is said, `undefined` for unknown. */
  about(cluster: { name?: string; issuer?: string; version?: string }): this {
    this.#cluster = cluster;
    return this;
  }

  /** A list that could not be read: `unread('secrets')`. */
  unread(list: string): this {
    this.#unread.push(list);
    return this;
  }

  add(object: Json): this {
    this.objects.push(object);
    return this;
  }

  namespace(name: string, labels: Json = {}): this {
    return this.add({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
  }

  serviceAccount(path: string, more: Json = {}): this {
    return this.add({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadata(path), ...more });
  }

  secret(path: string, more: Json = {}): this {
    const { metadata: extra, ...rest } = more as { metadata?: Json };
    return this.add({ apiVersion: 'v1', kind: 'Secret', type: 'Opaque', metadata: metadata(path, extra), ...rest });
  }

  /** `spec` may name a `providerID`. */
  node(name: string, labels: Json = {}, spec: Json = {}): this {
    return this.add({ apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, spec });
  }

  /** `networkPolicy('a/deny', { podSelector: {}, policyTypes: ['Egress'] })` */
  networkPolicy(path: string, spec: Json): this {
    return this.add({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: metadata(path), spec });
  }

  /** `service('a/web', { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80 }] })`; `more` is merged into the object. */
  service(path: string, spec: Json, more: Json = {}): this {
    return this.add({ apiVersion: 'v1', kind: 'Service', ...withMetadata(path, more), spec });
  }

  ingress(path: string, spec: Json, more: Json = {}): this {
    return this.add({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', ...withMetadata(path, more), spec });
  }

  /** `gateway('a/edge', { gatewayClassName: 'istio', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] })` */
  gateway(path: string, spec: Json, more: Json = {}): this {
    return this.add({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', ...withMetadata(path, more), spec });
  }

  /** `route('HTTPRoute', 'a/web', { parentRefs: [{ name: 'edge' }], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] })` */
  route(kind: string, path: string, spec: Json, more: Json = {}): this {
    return this.add({ apiVersion: 'gateway.networking.k8s.io/v1', kind, ...withMetadata(path, more), spec });
  }

  webhookConfiguration(kind: WebhookConfiguration['kind'], name: string, ...webhooks: Json[]): this {
    return this.add({ apiVersion: 'admissionregistration.k8s.io/v1', kind, metadata: { name }, webhooks });
  }

  /** Entries of the ConfigMap kube-system/aws-auth; called without any: it is there, or known not to be, and lets nobody in. */
  awsAuth(...mappings: AwsAuthMapping[]): this {
    this.#awsAuth = [...(this.#awsAuth ?? []), ...mappings];
    return this;
  }

  role(path: string, ...rules: Json[]): this {
    return this.add({ apiVersion: RBAC, kind: 'Role', metadata: metadata(path), rules });
  }

  clusterRole(name: string, ...rules: Json[]): this {
    return this.add({ apiVersion: RBAC, kind: 'ClusterRole', metadata: { name }, rules });
  }

  /** `ref` is `Role/NAME` or `ClusterRole/NAME`. */
  roleBinding(path: string, ref: string, ...subjects: Json[]): this {
    const [kind, name] = ref.split('/');
    return this.add({
      apiVersion: RBAC,
      kind: 'RoleBinding',
      metadata: metadata(path),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name },
      subjects,
    });
  }

  clusterRoleBinding(name: string, ref: string, ...subjects: Json[]): this {
    const [kind, roleName] = ref.split('/');
    return this.add({
      apiVersion: RBAC,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: roleName },
      subjects,
    });
  }

  pod(path: string, options: PodOptions = {}): this {
    const { phase = 'Running', metadata: extra } = options;
    return this.add({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: metadata(path, { uid: `uid-of-${path}`, ...extra }),
      spec: podSpec(options),
      status: { phase },
    });
  }

  /** A controller with a pod template: `workload('Deployment', 'a/web')`. */
  workload(kind: string, path: string, options: PodOptions = {}): this {
    const apiVersion = kind === 'ReplicationController' ? 'v1' : kind === 'Job' || kind === 'CronJob' ? 'batch/v1' : 'apps/v1';
    const template = { metadata: {}, spec: podSpec({ ...options, node: '', token: false }) };
    const spec = kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template };
    return this.add({ apiVersion, kind, metadata: metadata(path, { uid: `uid-of-${path}`, ...options.metadata }), spec });
  }

  /** An answer of the `aws` command, told by its content: `aws({ OpenIDConnectProviderList: [] })`; `origin` says what its path would. */
  aws(answer: Json, origin: AwsAnswerOrigin = { file: 'aws.json' }): this {
    this.#answers.push({ answer, origin });
    return this;
  }

  /** An answer of Google Cloud; its path says what it is about where it does not: `METHOD/RESOURCE.json`. */
  gcp(answer: unknown, path: string): this {
    this.#clouds.push({ cloud: 'gcp', answer, path });
    return this;
  }

  /** An answer of Azure, likewise. */
  azure(answer: unknown, path: string): this {
    this.#clouds.push({ cloud: 'azure', answer, path });
    return this;
  }

  /** Throws where an answer of a cloud is taken for none. */
  inventory(): Inventory {
    const builder = createInventoryBuilder();
    builder.setCluster(this.#cluster);
    for (const [index, object] of this.objects.entries())
      builder.addObject(object, { source: 'snapshot', file: 'fixture.json', pointer: `/items/${index}` });
    for (const { answer, origin } of this.#answers) builder.addAwsAnswer(answer, origin);
    for (const { cloud, answer, path } of this.#clouds) {
      const origin = { file: path, path };
      const isKnown = cloud === 'gcp' ? builder.addGcpAnswer(answer, origin) : builder.addAzureAnswer(answer, origin);
      if (!isKnown) throw new Error(`\`${path}\` is no answer of ${cloud}`);
    }
    if (this.#awsAuth !== undefined) builder.addAwsAuth(this.#awsAuth);
    for (const list of this.#unread)
      builder.addGap({ source: 'kubernetes', what: list, resources: [list], why: 'forbidden', remedy: 'grant it' });
    return builder.finish();
  }
}

export const cluster = (): ClusterFixture => new ClusterFixture();
