import { REGION } from './company.ts';
import type { JsonObject, KubernetesObject } from './json.ts';
import { metadata } from './metadata.ts';

interface ServicePlan {
  readonly namespace: string;
  readonly name: string;
  /** The label of its pods; the service's own name where it is left out. */
  readonly app?: string;
  readonly address: string;
  readonly spec?: JsonObject;
  readonly annotations?: { readonly [name: string]: string };
  readonly hostname?: string;
}

const balancer = (hostname: string | undefined): JsonObject => ({
  loadBalancer: hostname === undefined ? {} : { ingress: [{ hostname }] },
});

function service({ namespace, name, app = name, address, spec = {}, annotations, hostname }: ServicePlan): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata('Service', { name, namespace, annotations }),
    spec: {
      clusterIP: address,
      ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 'http' }],
      selector: { 'app.kubernetes.io/name': app },
      type: 'ClusterIP',
      ...spec,
    },
    status: balancer(hostname),
  };
}

function ingressClass(name: string, controller: string): KubernetesObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: metadata('IngressClass', { name, generation: 1 }),
    spec: { controller },
  };
}

interface IngressPlan {
  readonly namespace: string;
  readonly name: string;
  readonly className: 'nginx' | 'alb';
  readonly host: string;
  readonly service: string;
  readonly hostname: string;
  readonly annotations?: { readonly [name: string]: string };
}

function ingress(plan: IngressPlan): KubernetesObject {
  const backend = { service: { name: plan.service, port: { name: 'http' } } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadata('Ingress', { name: plan.name, namespace: plan.namespace, generation: 1, annotations: plan.annotations }),
    spec: { ingressClassName: plan.className, rules: [{ host: plan.host, http: { paths: [{ backend, path: '/', pathType: 'Prefix' }] } }] },
    status: balancer(plan.hostname),
  };
}

const EDGE = `k8s-ingressn-ingressn-1f0c7d2b6a-8c41d7e90b52f6a3.elb.${REGION}.amazonaws.com`;
const INTERNAL = `internal-k8s-monitori-grafana-5e2b91c4d7-1187402365.${REGION}.elb.amazonaws.com`;

/**
 * How Fernwood is reached: one load balancer on the internet in front of ingress-nginx, one inside for Grafana, and node ports for a partner's
 * courier. Payments is routed to as well, but its NetworkPolicy lets the shop in and nobody else.
 */
export function exposure(): readonly KubernetesObject[] {
  const nginx = { className: 'nginx', hostname: EDGE } as const;
  return [
    ingressClass('nginx', 'k8s.io/ingress-nginx'),
    ingressClass('alb', 'ingress.k8s.aws/alb'),
    service({
      namespace: 'ingress-nginx',
      name: 'ingress-nginx-controller',
      app: 'ingress-nginx',
      address: '172.20.44.10',
      hostname: EDGE,
      annotations: {
        'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip',
        'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing',
      },
      spec: { externalTrafficPolicy: 'Cluster', loadBalancerClass: 'service.k8s.aws/nlb', type: 'LoadBalancer' },
    }),
    service({ namespace: 'storefront', name: 'web', address: '172.20.91.17' }),
    service({ namespace: 'payments', name: 'api', address: '172.20.60.201' }),
    service({ namespace: 'payments-sandbox', name: 'partner-portal', address: '172.20.8.133' }),
    service({ namespace: 'monitoring', name: 'grafana', address: '172.20.130.5' }),
    service({
      namespace: 'orders',
      name: 'shipping-rates',
      address: '172.20.17.66',
      spec: {
        externalTrafficPolicy: 'Local',
        ports: [{ name: 'http', nodePort: 31_480, port: 80, protocol: 'TCP', targetPort: 'http' }],
        type: 'NodePort',
      },
    }),
    ingress({ ...nginx, namespace: 'storefront', name: 'web', host: 'www.fernwood.example', service: 'web' }),
    ingress({ ...nginx, namespace: 'payments', name: 'callbacks', host: 'callbacks.fernwood.example', service: 'api' }),
    ingress({ ...nginx, namespace: 'payments-sandbox', name: 'partners', host: 'partners.fernwood.example', service: 'partner-portal' }),
    ingress({
      className: 'alb',
      namespace: 'monitoring',
      name: 'grafana',
      host: 'grafana.fernwood.example',
      service: 'grafana',
      hostname: INTERNAL,
      annotations: { 'alb.ingress.kubernetes.io/scheme': 'internal', 'alb.ingress.kubernetes.io/target-type': 'ip' },
    }),
  ];
}
