import type { KubernetesObject } from './json.ts';
import { type Labels, metadata } from './metadata.ts';

const RESTRICTED: Labels = { 'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/enforce-version': 'latest' };
const BASELINE: Labels = { 'pod-security.kubernetes.io/enforce': 'baseline' };
const WARNS: Labels = { 'pod-security.kubernetes.io/warn': 'baseline' };

/** Every namespace with its labels; `build`, `logging` and `ops` were never put under Pod Security. */
const NAMESPACES: ReadonlyMap<string, Labels> = new Map<string, Labels>([
  ['default', {}],
  ['kube-node-lease', {}],
  ['kube-public', {}],
  ['kube-system', {}],
  ['argocd', { team: 'platform', ...WARNS }],
  ['build', { team: 'developer-experience' }],
  ['cert-manager', { team: 'platform', ...RESTRICTED }],
  ['external-secrets', { team: 'platform', ...RESTRICTED }],
  ['ingress-nginx', { team: 'platform', ...BASELINE }],
  ['logging', { team: 'platform' }],
  ['monitoring', { team: 'platform', ...WARNS }],
  ['ops', { team: 'operations' }],
  ['orders', { team: 'orders', ...RESTRICTED }],
  ['payments', { team: 'payments', ...RESTRICTED }],
  ['payments-sandbox', { team: 'partners', ...RESTRICTED }],
  ['reports', { team: 'data', ...RESTRICTED }],
  ['storefront', { team: 'storefront', ...RESTRICTED }],
]);

export const NAMESPACE_NAMES: readonly string[] = [...NAMESPACES.keys()];

export function namespaces(): readonly KubernetesObject[] {
  return [...NAMESPACES].map(([name, labels]) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: metadata('Namespace', { name, labels: { 'kubernetes.io/metadata.name': name, ...labels } }),
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }));
}
