import { ownImage } from './container.ts';
import type { JsonObject } from './json.ts';
import { hostPath, secretVolume } from './volumes.ts';
import type { WorkloadPlan } from './workload.ts';

const ONE = { kind: 'Deployment', pool: 'general', replicas: 1 } as const;
const ROOT: JsonObject = { securityContext: {} };

const DELIVERY: readonly WorkloadPlan[] = [
  {
    ...ONE,
    kind: 'StatefulSet',
    namespace: 'argocd',
    name: 'argocd-application-controller',
    serviceAccount: 'argocd-application-controller',
    partOf: 'argocd',
    containers: [
      {
        name: 'argocd-application-controller',
        image: 'quay.io/argoproj/argocd:v3.2.0',
        args: ['/usr/local/bin/argocd-application-controller'],
        secretEnv: { REDIS_PASSWORD: 'argocd-redis/auth' },
      },
    ],
  },
  {
    ...ONE,
    namespace: 'argocd',
    name: 'argocd-server',
    serviceAccount: 'argocd-server',
    partOf: 'argocd',
    replicas: 2,
    containers: [
      {
        name: 'argocd-server',
        image: 'quay.io/argoproj/argocd:v3.2.0',
        args: ['/usr/local/bin/argocd-server'],
        port: 8080,
        secretEnv: { REDIS_PASSWORD: 'argocd-redis/auth' },
      },
    ],
  },
  {
    ...ONE,
    namespace: 'argocd',
    name: 'argocd-repo-server',
    serviceAccount: 'argocd-repo-server',
    partOf: 'argocd',
    automount: false,
    replicas: 2,
    containers: [
      { name: 'argocd-repo-server', image: 'quay.io/argoproj/argocd:v3.2.0', args: ['/usr/local/bin/argocd-repo-server'], port: 8081 },
    ],
  },
  {
    ...ONE,
    namespace: 'argocd',
    name: 'argocd-redis',
    serviceAccount: 'argocd-redis',
    partOf: 'argocd',
    automount: false,
    containers: [
      {
        name: 'redis',
        image: 'public.ecr.aws/docker/library/redis:8.2.2-alpine',
        port: 6379,
        secretEnv: { REDIS_PASSWORD: 'argocd-redis/auth' },
      },
    ],
  },
];

const SECURITY: readonly WorkloadPlan[] = [
  {
    ...ONE,
    namespace: 'cert-manager',
    name: 'cert-manager',
    serviceAccount: 'cert-manager',
    containers: [{ name: 'cert-manager-controller', image: 'quay.io/jetstack/cert-manager-controller:v1.19.1', port: 9402 }],
  },
  {
    ...ONE,
    namespace: 'cert-manager',
    name: 'cert-manager-webhook',
    serviceAccount: 'cert-manager-webhook',
    containers: [{ name: 'cert-manager-webhook', image: 'quay.io/jetstack/cert-manager-webhook:v1.19.1', port: 10_250 }],
  },
  {
    ...ONE,
    namespace: 'external-secrets',
    name: 'external-secrets',
    serviceAccount: 'external-secrets',
    containers: [
      { name: 'external-secrets', image: 'ghcr.io/external-secrets/external-secrets:v1.0.0', args: ['--concurrent=1'], port: 8080 },
    ],
  },
  {
    ...ONE,
    namespace: 'external-secrets',
    name: 'external-secrets-webhook',
    serviceAccount: 'external-secrets-webhook',
    automount: false,
    containers: [
      {
        name: 'webhook',
        image: 'ghcr.io/external-secrets/external-secrets:v1.0.0',
        args: ['webhook'],
        port: 10_250,
        mounts: { certs: 'ro:/tmp/certs' },
      },
    ],
    volumes: [secretVolume('certs', 'external-secrets-webhook')],
  },
  {
    ...ONE,
    namespace: 'ingress-nginx',
    name: 'ingress-nginx-controller',
    app: 'ingress-nginx',
    podLabels: { 'app.kubernetes.io/component': 'controller' },
    serviceAccount: 'ingress-nginx',
    replicas: 2,
    containers: [
      {
        name: 'controller',
        image: 'registry.k8s.io/ingress-nginx/controller:v1.14.0',
        port: 8080,
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
          runAsNonRoot: true,
          runAsUser: 101,
        },
        mounts: { 'webhook-cert': 'ro:/usr/local/certificates/' },
      },
    ],
    volumes: [secretVolume('webhook-cert', 'ingress-nginx-admission')],
  },
];

const BUILD: readonly WorkloadPlan[] = [
  {
    ...ONE,
    namespace: 'build',
    name: 'github-runner',
    serviceAccount: 'runner',
    replicas: 2,
    containers: [
      {
        name: 'runner',
        image: ownImage('build/runner', '2.329.0'),
        env: { RUNNER_GROUP: 'fernwood', NPM_TOKEN: 'CANARY-ENV-build-npm-token' },
        secretEnv: { RUNNER_TOKEN: 'github-app/registration-token' },
      },
    ],
  },
  {
    ...ONE,
    namespace: 'build',
    name: 'image-builder',
    containers: [
      {
        name: 'builder',
        image: ownImage('build/image-builder', '2023.08.2'),
        securityContext: { runAsUser: 0 },
        mounts: { runtime: 'ro:/run/containerd/containerd.sock', registry: 'ro:/root/.docker' },
      },
    ],
    volumes: [hostPath('runtime', '/run/containerd/containerd.sock', 'Socket'), secretVolume('registry', 'registry-push')],
    spec: ROOT,
  },
  {
    ...ONE,
    namespace: 'build',
    name: 'release-bot',
    serviceAccount: 'release-bot',
    containers: [{ name: 'release-bot', image: ownImage('build/release-bot'), port: 8080 }],
  },
];

/** The platform team's add-ons for delivery and security, and the build farm. */
export const PLATFORM_WORKLOADS: readonly WorkloadPlan[] = [...DELIVERY, ...SECURITY, ...BUILD];
