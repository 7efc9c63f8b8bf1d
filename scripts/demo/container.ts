import { REGISTRY } from './company.ts';
import type { JsonObject } from './json.ts';

export interface ContainerPlan {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  /** Literal values. */
  readonly env?: { readonly [name: string]: string };
  /** `NAME: 'secret/key'`. */
  readonly secretEnv?: { readonly [name: string]: string };
  /** Secrets whose keys all become variables. */
  readonly secretEnvFrom?: readonly string[];
  /** `volume: '/path'`; a path that begins with `ro:` is mounted read-only. */
  readonly mounts?: { readonly [volume: string]: string };
  readonly port?: number;
  /** The default is what the restricted Pod Security standard asks for; null leaves it out. */
  readonly securityContext?: JsonObject | null;
}

const RESTRICTED: JsonObject = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
};

/** An image of the company's own registry; every team tags by year, month and build. */
export function ownImage(repository: string, build = '2026.11.3'): string {
  return `${REGISTRY}/${repository}:${build}`;
}

function environment(plan: ContainerPlan): readonly JsonObject[] | undefined {
  const literal = Object.entries(plan.env ?? {}).map(([name, value]) => ({ name, value }));
  const secret = Object.entries(plan.secretEnv ?? {}).map(([name, reference]) => {
    const [secretName = '', key = ''] = reference.split('/');
    return { name, valueFrom: { secretKeyRef: { key, name: secretName } } };
  });
  return literal.length + secret.length === 0 ? undefined : [...literal, ...secret];
}

function volumeMount(name: string, path: string): JsonObject {
  return path.startsWith('ro:') ? { mountPath: path.slice(3), name, readOnly: true } : { mountPath: path, name };
}

/** A container as it stands in a pod template; defaults that decide nothing are left out, to keep the demo small. */
export function container(plan: ContainerPlan): JsonObject {
  const { securityContext = RESTRICTED } = plan;
  return {
    name: plan.name,
    image: plan.image,
    imagePullPolicy: 'IfNotPresent',
    args: plan.args,
    env: environment(plan),
    envFrom: plan.secretEnvFrom?.map((name) => ({ secretRef: { name } })),
    ports: plan.port === undefined ? undefined : [{ containerPort: plan.port, name: 'http', protocol: 'TCP' }],
    resources: {},
    securityContext: securityContext === null ? undefined : securityContext,
    volumeMounts: plan.mounts === undefined ? undefined : Object.entries(plan.mounts).map(([name, path]) => volumeMount(name, path)),
  };
}
