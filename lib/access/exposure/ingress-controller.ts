import type { Ingress, IngressClass } from '../../inventory/exposure.ts';
import type { LabelSelector } from '../../inventory/kubernetes.ts';

/** Where the packets come from that a controller sends on: pods in the cluster with one of these selectors, or machines outside of it. */
export type Proxies =
  | { readonly pods: readonly LabelSelector[] }
  /** `health checks`: addresses that Google publishes; `private`: somewhere in private networks. */
  | { readonly addresses: 'private' | readonly string[] };

export interface IngressController {
  /** `.spec.controller` of its IngressClasses; longer names that begin with it and a slash are other installations of it. */
  readonly controller: string;
  /** The name that its IngressClass has by convention. */
  readonly className: string;
  readonly proxies: Proxies;
  /** What decides about the scheme of a load balancer that it makes itself; undefined: a Service is in front of its pods. */
  readonly makes?: 'alb' | 'gce' | 'gce-internal' | 'application-gateway';
}

const labelled = (...labels: readonly (readonly [string, string])[]): LabelSelector => ({
  matchLabels: new Map(labels),
  matchExpressions: [],
});
const named = (name: string): LabelSelector => labelled(['app.kubernetes.io/name', name]);

/**
 * Controllers, their names and the labels that their own manifests or charts give their proxies. Sources: the controllers' documentation of
 * IngressClass and their Helm charts (kubernetes/ingress-nginx charts/ingress-nginx, nginx/kubernetes-ingress charts/nginx-ingress, traefik/traefik-helm-chart,
 * haproxytech/helm-charts, haproxy-ingress/charts, Kong/charts, projectcontour/contour examples, istio/istio manifests/charts/gateway,
 * openshift/cluster-ingress-operator); kubernetes-sigs/aws-load-balancer-controller docs/guide/ingress; Google
 * /kubernetes-engine/docs/concepts/ingress and /load-balancing/docs/firewall-rules; Azure/application-gateway-kubernetes-ingress docs.
 */
const CONTROLLERS: readonly IngressController[] = [
  {
    controller: 'k8s.io/ingress-nginx',
    className: 'nginx',
    proxies: { pods: [labelled(['app.kubernetes.io/name', 'ingress-nginx'], ['app.kubernetes.io/component', 'controller'])] },
  },
  {
    controller: 'nginx.org/ingress-controller',
    className: 'nginx-org',
    proxies: { pods: [named('nginx-ingress'), labelled(['app', 'nginx-ingress'])] },
  },
  { controller: 'traefik.io/ingress-controller', className: 'traefik', proxies: { pods: [named('traefik')] } },
  { controller: 'haproxy.org/ingress-controller', className: 'haproxy', proxies: { pods: [named('kubernetes-ingress')] } },
  { controller: 'haproxy-ingress.github.io/controller', className: 'haproxy-ingress', proxies: { pods: [named('haproxy-ingress')] } },
  { controller: 'ingress-controllers.konghq.com/kong', className: 'kong', proxies: { pods: [named('kong'), named('gateway')] } },
  {
    controller: 'projectcontour.io/ingress-controller',
    className: 'contour',
    proxies: {
      pods: [labelled(['app', 'envoy']), labelled(['app.kubernetes.io/name', 'contour'], ['app.kubernetes.io/component', 'envoy'])],
    },
  },
  { controller: 'istio.io/ingress-controller', className: 'istio', proxies: { pods: [labelled(['istio', 'ingressgateway'])] } },
  {
    controller: 'openshift.io/ingress-to-route',
    className: 'openshift-default',
    proxies: {
      pods: [
        {
          matchLabels: new Map(),
          matchExpressions: [
            { key: 'ingresscontroller.operator.openshift.io/deployment-ingresscontroller', operator: 'Exists', values: [] },
          ],
        },
      ],
    },
  },
  { controller: 'ingress.k8s.aws/alb', className: 'alb', proxies: { addresses: 'private' }, makes: 'alb' },
  { controller: 'eks.amazonaws.com/alb', className: 'eks-auto-alb', proxies: { addresses: 'private' }, makes: 'alb' },
  {
    controller: 'k8s.io/ingress-gce',
    className: 'gce',
    proxies: { addresses: ['130.211.0.0/22', '35.191.0.0/16', '2600:2d00:1:b029::/64'] },
    makes: 'gce',
  },
  { controller: 'k8s.io/ingress-gce-internal', className: 'gce-internal', proxies: { addresses: 'private' }, makes: 'gce-internal' },
  {
    controller: 'azure/application-gateway',
    className: 'azure-application-gateway',
    proxies: { addresses: 'private' },
    makes: 'application-gateway',
  },
];

const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/** Which class an Ingress is of, and where that is written. */
export interface ClassOfIngress {
  readonly name: string;
  readonly pointer: string;
  readonly record?: IngressClass;
  /** Undefined: it is none of those that are known. */
  readonly controller?: IngressController;
  readonly hangsOn: readonly string[];
}

const controllerNamed = (name: string): IngressController | undefined =>
  CONTROLLERS.find(({ controller }) => name === controller || name.startsWith(`${controller}/`));

/**
 * The class of an Ingress: the annotation, which is older and goes first, then `.spec.ingressClassName`, then the default class. Where its
 * IngressClass is not there, the name tells by convention. Undefined: it has none, and which controller takes it is not known.
 * Source: https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class
 */
export function classOf({ annotations, className }: Ingress, classes: readonly IngressClass[]): ClassOfIngress | undefined {
  const written = annotations.get(CLASS_ANNOTATION) ?? className;
  const record = classes.find((one) => (written === undefined ? one.isDefault : one.name === written));
  const name = written ?? record?.name;
  if (name === undefined) return undefined;
  const pointer = annotations.has(CLASS_ANNOTATION)
    ? '/metadata/annotations/kubernetes.io~1ingress.class'
    : written === undefined
      ? '/spec'
      : '/spec/ingressClassName';
  const known = record === undefined ? CONTROLLERS.find((one) => one.className === name) : controllerNamed(record.controller);
  // GKE's classes have no object, by its documentation; of the annotation none is needed either.
  const isGuess = record === undefined && !annotations.has(CLASS_ANNOTATION);
  return {
    name,
    pointer,
    ...(record === undefined ? {} : { record }),
    ...(known === undefined ? {} : { controller: known }),
    hangsOn: isGuess ? [`a controller that takes class ${name}, whose IngressClass was not found`] : [],
  };
}

export const controllerName = (one: ClassOfIngress | undefined): string =>
  one?.controller?.controller ?? one?.record?.controller ?? (one === undefined ? 'no known controller' : `class ${one.name}`);
