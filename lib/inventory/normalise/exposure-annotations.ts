import type { StringMap } from '../kubernetes.ts';
import type { RawObject } from './field-reader.ts';
import type { Normalising } from './metadata.ts';

/**
 * Annotations of a Service (or of a Gateway's infrastructure) that decide whether its load balancer faces the internet and whom it lets in.
 * Sources: staging/src/k8s.io/api/core/v1/annotation_key_constants.go, and the pages of the cloud controllers:
 * AWS https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/,
 * Google https://cloud.google.com/kubernetes-engine/docs/how-to/internal-load-balancing,
 * Azure https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/,
 * OpenStack https://github.com/kubernetes/cloud-provider-openstack/blob/master/docs/openstack-cloud-controller-manager/expose-applications-using-loadbalancer-type-service.md.
 */
const OF_LOAD_BALANCER: ReadonlySet<string> = new Set([
  'service.beta.kubernetes.io/load-balancer-source-ranges',
  'service.beta.kubernetes.io/aws-load-balancer-internal',
  'service.beta.kubernetes.io/aws-load-balancer-scheme',
  'service.beta.kubernetes.io/aws-load-balancer-type',
  'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type',
  'service.beta.kubernetes.io/aws-load-balancer-security-groups',
  'service.beta.kubernetes.io/aws-load-balancer-security-group-prefix-lists',
  'networking.gke.io/load-balancer-type',
  'cloud.google.com/load-balancer-type',
  'service.beta.kubernetes.io/azure-load-balancer-internal',
  'service.beta.kubernetes.io/azure-allowed-service-tags',
  'service.beta.kubernetes.io/azure-allowed-ip-ranges',
  'service.beta.kubernetes.io/azure-deny-all-except-load-balancer-source-ranges',
  'service.beta.kubernetes.io/openstack-internal-load-balancer',
  'service.beta.kubernetes.io/oci-load-balancer-internal',
  'oci-network-load-balancer.oraclecloud.com/internal',
  'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type',
  'service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type',
  'service.kubernetes.io/qcloud-loadbalancer-internal-subnetid',
  'service.beta.kubernetes.io/do-loadbalancer-network',
  'service.beta.kubernetes.io/do-loadbalancer-allow-rules',
  'service.beta.kubernetes.io/scw-loadbalancer-private',
  'load-balancer.hetzner.cloud/disable-public-network',
  'networking.istio.io/service-type',
]);

const HOST_MAX = 253;

/** Address of a service that is asked about a request: its path and query may hold a token, so that only the host is kept. */
const NGINX_AUTH_URL = 'nginx.ingress.kubernetes.io/auth-url';

/**
 * Annotations of an Ingress that decide who may come in: which controller takes it, the scheme of its load balancer, allowed ranges, and
 * whether anybody authenticates. Never the authentication's own Secrets or client data. Sources:
 * https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/,
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/,
 * https://azure.github.io/application-gateway-kubernetes-ingress/annotations/, https://www.haproxy.com/documentation/kubernetes-ingress/.
 */
const OF_INGRESS: ReadonlySet<string> = new Set([
  'kubernetes.io/ingress.class',
  'kubernetes.io/ingress.allow-http',
  'alb.ingress.kubernetes.io/scheme',
  'alb.ingress.kubernetes.io/inbound-cidrs',
  'alb.ingress.kubernetes.io/security-groups',
  'alb.ingress.kubernetes.io/security-group-prefix-lists',
  'alb.ingress.kubernetes.io/target-type',
  'alb.ingress.kubernetes.io/auth-type',
  'nginx.ingress.kubernetes.io/whitelist-source-range',
  'nginx.ingress.kubernetes.io/allowlist-source-range',
  'nginx.ingress.kubernetes.io/denylist-source-range',
  'nginx.ingress.kubernetes.io/auth-type',
  'nginx.ingress.kubernetes.io/auth-tls-verify-client',
  'nginx.ingress.kubernetes.io/satisfy',
  NGINX_AUTH_URL,
  'ingress.kubernetes.io/whitelist-source-range',
  'haproxy.org/allow-list',
  'haproxy.org/whitelist',
  'haproxy.org/auth-type',
  'haproxy-ingress.github.io/allowlist-source-range',
  'haproxy-ingress.github.io/whitelist-source-range',
  'appgw.ingress.kubernetes.io/use-private-ip',
  'traefik.ingress.kubernetes.io/router.middlewares',
  'traefik.ingress.kubernetes.io/router.entrypoints',
]);

/** Whether an annotation decides about a load balancer. */
export function decidesForLoadBalancer(annotation: string): boolean {
  return OF_LOAD_BALANCER.has(annotation);
}

/** The annotations of an Ingress that are kept, addresses cut down to their host. */
export function ingressAnnotationsOf(metadata: RawObject, { fields, pool }: Normalising): StringMap {
  const kept = pool.map(metadata, 'annotations', { fields, at: '/metadata', keep: (key) => OF_INGRESS.has(key) });
  const address = kept.get(NGINX_AUTH_URL);
  if (address === undefined) return kept;
  return new Map([...kept, [NGINX_AUTH_URL, hostOfUrl(address) ?? '']]);
}

/** Host and port of a URL, or of what is written like one; undefined: it is none. User and password, path and query are not kept. */
export function hostOfUrl(url: string): string | undefined {
  const authority = /^https?:\/\/([^/?#]*)/i.exec(url)?.[1];
  const host = authority?.slice(authority.lastIndexOf('@') + 1).slice(0, HOST_MAX);
  return host === '' ? undefined : host;
}
