import type { KubernetesObject } from './json.ts';
import { metadata } from './metadata.ts';

/** What the add-ons define, by group: Argo CD, cert-manager, External Secrets and the Prometheus operator. */
const DEFINED: ReadonlyMap<string, readonly (readonly [kind: string, plural: string, scope: 'Namespaced' | 'Cluster'])[]> = new Map([
  [
    'argoproj.io/v1alpha1',
    [
      ['Application', 'applications', 'Namespaced'],
      ['ApplicationSet', 'applicationsets', 'Namespaced'],
      ['AppProject', 'appprojects', 'Namespaced'],
    ],
  ],
  [
    'cert-manager.io/v1',
    [
      ['Certificate', 'certificates', 'Namespaced'],
      ['CertificateRequest', 'certificaterequests', 'Namespaced'],
      ['ClusterIssuer', 'clusterissuers', 'Cluster'],
      ['Issuer', 'issuers', 'Namespaced'],
    ],
  ],
  [
    'external-secrets.io/v1',
    [
      ['ClusterExternalSecret', 'clusterexternalsecrets', 'Cluster'],
      ['ClusterSecretStore', 'clustersecretstores', 'Cluster'],
      ['ExternalSecret', 'externalsecrets', 'Namespaced'],
      ['SecretStore', 'secretstores', 'Namespaced'],
    ],
  ],
  [
    'monitoring.coreos.com/v1',
    [
      ['Alertmanager', 'alertmanagers', 'Namespaced'],
      ['PodMonitor', 'podmonitors', 'Namespaced'],
      ['Prometheus', 'prometheuses', 'Namespaced'],
      ['PrometheusRule', 'prometheusrules', 'Namespaced'],
      ['ServiceMonitor', 'servicemonitors', 'Namespaced'],
    ],
  ],
]);

/** The definitions without their schemas, which are long and decide nothing here. */
export function definitions(): readonly KubernetesObject[] {
  return [...DEFINED].flatMap(([apiVersion, kinds]) => {
    const [group = '', version = ''] = apiVersion.split('/');
    return kinds.map(([kind, plural, scope]) => ({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: metadata('CustomResourceDefinition', { name: `${plural}.${group}`, generation: 1 }),
      spec: {
        conversion: { strategy: 'None' },
        group,
        names: { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase() },
        scope,
        versions: [{ name: version, served: true, storage: true }],
      },
    }));
  });
}
