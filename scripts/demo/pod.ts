import { REGION } from './company.ts';
import type { Json, JsonObject, KubernetesObject } from './json.ts';
import { controlledBy, type Labels, metadata } from './metadata.ts';
import { pick, suffix } from './naming.ts';
import type { NodePlan } from './nodes.ts';
import { AZURE_AUDIENCE, AZURE_TENANT } from './other-clouds.ts';
import { hasAssociation } from './pod-identity.ts';
import { type ServiceAccountPlan, serviceAccount } from './service-accounts.ts';
import { apiTokenVolume, tokenVolume } from './volumes.ts';

export interface PodPlan {
  readonly name: string;
  readonly generateName?: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly owner: KubernetesObject;
  /** The template's spec, before admission. */
  readonly spec: JsonObject;
  readonly node: NodePlan;
  /** A Job's pod has ended; all others run. */
  readonly phase?: 'Running' | 'Succeeded';
}

/** What admission adds to every container of a pod, and the volume that it takes. */
interface Injection {
  readonly env: readonly JsonObject[];
  readonly mount: JsonObject;
  readonly volume: JsonObject;
}

const IRSA_DIRECTORY = '/var/run/secrets/eks.amazonaws.com/serviceaccount';
const AZURE_DIRECTORY = '/var/run/secrets/azure/tokens';
const POD_IDENTITY_DIRECTORY = '/var/run/secrets/pods.eks.amazonaws.com/serviceaccount';

function variables(values: { readonly [name: string]: string }): readonly JsonObject[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

/** What azure-workload-identity's webhook does for a pod that asks for it with its label. */
function azureInjection(account: ServiceAccountPlan, labels: Labels): Injection | undefined {
  if (account.azureClientId === undefined || labels['azure.workload.identity/use'] !== 'true') return undefined;
  const name = 'azure-identity-token';
  return {
    env: variables({
      AZURE_CLIENT_ID: account.azureClientId,
      AZURE_TENANT_ID: AZURE_TENANT,
      AZURE_FEDERATED_TOKEN_FILE: `${AZURE_DIRECTORY}/${name}`,
      AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com/',
    }),
    mount: { mountPath: AZURE_DIRECTORY, name, readOnly: true },
    volume: tokenVolume(name, AZURE_AUDIENCE, name),
  };
}

/** What amazon-eks-pod-identity-webhook does; where both an association and the annotation exist, the association wins. */
function cloudInjection(account: ServiceAccountPlan): Injection | undefined {
  const region = { AWS_STS_REGIONAL_ENDPOINTS: 'regional', AWS_DEFAULT_REGION: REGION, AWS_REGION: REGION };
  if (hasAssociation(account.namespace, account.name)) {
    const env = {
      ...region,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials',
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: `${POD_IDENTITY_DIRECTORY}/eks-pod-identity-token`,
    };
    const name = 'eks-pod-identity-token';
    return {
      env: variables(env),
      mount: { mountPath: POD_IDENTITY_DIRECTORY, name, readOnly: true },
      volume: tokenVolume(name, 'pods.eks.amazonaws.com', name),
    };
  }
  if (account.role === undefined) return undefined;
  const env = { ...region, AWS_ROLE_ARN: account.role, AWS_WEB_IDENTITY_TOKEN_FILE: `${IRSA_DIRECTORY}/token` };
  const name = 'aws-iam-token';
  return {
    env: variables(env),
    mount: { mountPath: IRSA_DIRECTORY, name, readOnly: true },
    volume: tokenVolume(name, account.audience ?? 'sts.amazonaws.com', 'token'),
  };
}

/** The API token, unless the pod or its account says no: the pod's word counts first. */
function apiInjection(spec: JsonObject, account: ServiceAccountPlan, seed: string): Injection | undefined {
  const mounts = typeof spec.automountServiceAccountToken === 'boolean' ? spec.automountServiceAccountToken : account.automount !== false;
  if (!mounts) return undefined;
  const name = `kube-api-access-${suffix(`token ${seed}`)}`;
  return {
    env: [],
    mount: { mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', name, readOnly: true },
    volume: apiTokenVolume(name),
  };
}

function list(value: Json | undefined): readonly JsonObject[] {
  return (value ?? []) as readonly JsonObject[];
}

function inject(container: JsonObject, injections: readonly Injection[]): JsonObject {
  const env = [...list(container.env), ...injections.flatMap((injection) => injection.env)];
  const volumeMounts = [...list(container.volumeMounts), ...injections.map((injection) => injection.mount)];
  return { ...container, env: env.length === 0 ? undefined : env, volumeMounts: volumeMounts.length === 0 ? undefined : volumeMounts };
}

const TOLERATIONS: readonly JsonObject[] = ['not-ready', 'unreachable'].map((state) => ({
  effect: 'NoExecute',
  key: `node.kubernetes.io/${state}`,
  operator: 'Exists',
  tolerationSeconds: 300,
}));

/** A template's spec as it stands in the pod: tokens mounted, pull secrets of the account, defaults, a node. */
function admit(plan: PodPlan): JsonObject {
  const { spec } = plan;
  const account = serviceAccount(plan.namespace, String(spec.serviceAccountName ?? 'default'));
  const clouds = [cloudInjection(account), azureInjection(account, plan.labels)].filter((injection) => injection !== undefined);
  const api = apiInjection(spec, account, plan.name);
  const injections = [...(api === undefined ? [] : [api]), ...clouds];
  const volumes = [...clouds.map((injection) => injection.volume), ...list(spec.volumes), api?.volume].filter(
    (volume) => volume !== undefined,
  );
  return {
    ...spec,
    containers: list(spec.containers).map((container) => inject(container, injections)),
    initContainers:
      spec.initContainers === undefined ? undefined : list(spec.initContainers).map((container) => inject(container, injections)),
    imagePullSecrets: account.imagePullSecret === undefined ? spec.imagePullSecrets : [{ name: account.imagePullSecret }],
    nodeName: plan.node.name,
    serviceAccount: account.name,
    serviceAccountName: account.name,
    tolerations: spec.tolerations ?? TOLERATIONS,
    volumes: volumes.length === 0 ? undefined : volumes,
  };
}

/** A pod as the API server of cluster `fernwood-prod` shows it. */
export function pod(plan: PodPlan): KubernetesObject {
  const { name, namespace, generateName, labels, node, phase = 'Running' } = plan;
  const address = plan.spec.hostNetwork === true ? node.address : `10.21.${pick(`ip3 ${name}`, 64)}.${2 + pick(`ip4 ${name}`, 250)}`;
  const meta = metadata('Pod', { name, namespace, generateName, labels, ownerReferences: [controlledBy(plan.owner)], young: true });
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: meta,
    spec: admit(plan),
    status: {
      hostIP: node.address,
      phase,
      podIP: address,
      qosClass: 'BestEffort',
      startTime: meta.creationTimestamp,
    },
  };
}
