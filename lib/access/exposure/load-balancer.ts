import type { Service } from '../../inventory/exposure.ts';
import type { StringMap } from '../../inventory/kubernetes.ts';
import { annotationPointer, type Facing, facingOfAddresses, listIn, narrowedTo, type Sign } from './facing.ts';
import type { Provider } from './provider.ts';

type Scheme = { readonly to: Facing['to']; readonly sign: Sign };
const AWS_INTERNAL = 'service.beta.kubernetes.io/aws-load-balancer-internal';
const isTrue = (value: string): boolean => value.toLowerCase() === 'true';

/**
 * Annotations by which a cloud's controller makes a load balancer internal, and what their value has to be. Sources:
 * kubernetes/cloud-provider-aws pkg/providers/v1/aws.go (any value but `false`); Google /kubernetes-engine/docs/concepts/service-load-balancer-parameters;
 * cloud-provider-azure.sigs.k8s.io/topics/loadbalancer; cloud-provider-openstack docs/openstack-cloud-controller-manager; Oracle
 * /iaas/Content/ContEng/Tasks/contengcreatingloadbalancer; Alibaba cloud-provider-alibaba-cloud docs/usage; IBM /docs/containers; DigitalOcean
 * digitalocean-cloud-controller-manager docs/controllers/services/annotations; Scaleway scaleway-cloud-controller-manager docs; Hetzner
 * hcloud-cloud-controller-manager docs/reference/load_balancer_annotations.
 */
const INTERNAL: readonly { readonly annotation: string; readonly isInternal: (value: string) => boolean }[] = [
  { annotation: AWS_INTERNAL, isInternal: (value) => value !== '' && value !== 'false' },
  { annotation: 'networking.gke.io/load-balancer-type', isInternal: (value) => value.toLowerCase() === 'internal' },
  { annotation: 'cloud.google.com/load-balancer-type', isInternal: (value) => value.toLowerCase() === 'internal' },
  { annotation: 'service.beta.kubernetes.io/azure-load-balancer-internal', isInternal: isTrue },
  { annotation: 'service.beta.kubernetes.io/openstack-internal-load-balancer', isInternal: isTrue },
  { annotation: 'service.beta.kubernetes.io/oci-load-balancer-internal', isInternal: isTrue },
  { annotation: 'oci-network-load-balancer.oraclecloud.com/internal', isInternal: isTrue },
  { annotation: 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type', isInternal: (value) => value === 'intranet' },
  { annotation: 'service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type', isInternal: (value) => value === 'private' },
  { annotation: 'service.kubernetes.io/qcloud-loadbalancer-internal-subnetid', isInternal: (value) => value !== '' },
  { annotation: 'service.beta.kubernetes.io/do-loadbalancer-network', isInternal: (value) => value.toUpperCase() === 'INTERNAL' },
  { annotation: 'service.beta.kubernetes.io/scw-loadbalancer-private', isInternal: isTrue },
  { annotation: 'load-balancer.hetzner.cloud/disable-public-network', isInternal: isTrue },
];

/** Annotations that let in less than everybody in ways that are not evaluated. */
const NARROWING = [
  'service.beta.kubernetes.io/aws-load-balancer-security-groups',
  'service.beta.kubernetes.io/aws-load-balancer-security-group-prefix-lists',
  'service.beta.kubernetes.io/azure-allowed-service-tags',
  'service.beta.kubernetes.io/azure-allowed-ip-ranges',
  'service.beta.kubernetes.io/do-loadbalancer-allow-rules',
];

const AWS_SCHEME = 'service.beta.kubernetes.io/aws-load-balancer-scheme';
const AWS_TYPE = 'service.beta.kubernetes.io/aws-load-balancer-type';
const SOURCE_RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** Classes that are internal where nothing else is said, with those that always are. */
const CLASSES = new Map<string, 'internal' | 'internal by default'>([
  ['service.k8s.aws/nlb', 'internal by default'],
  ['eks.amazonaws.com/nlb', 'internal by default'],
  ['networking.gke.io/l4-regional-internal', 'internal'],
]);

/**
 * Whether the AWS Load Balancer Controller makes it, whose load balancers are internal by default; the cloud controller's face the internet.
 * Source: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/nlb/
 */
const isOfAwsController = ({ loadBalancerClass, annotations }: Pick<Service, 'loadBalancerClass' | 'annotations'>): boolean =>
  CLASSES.get(loadBalancerClass ?? '') === 'internal by default' || ['external', 'nlb-ip'].includes(annotations.get(AWS_TYPE) ?? '');

/** What annotations say of a load balancer's scheme; undefined: nothing. Gateways hand the same ones on to the service that they make. */
export function schemeOfAnnotations(annotations: StringMap): Scheme | undefined {
  const scheme = annotations.get(AWS_SCHEME);
  if (scheme === 'internal' || scheme === 'internet-facing') {
    const sign = { pointer: annotationPointer(AWS_SCHEME), says: `asks for a load balancer with scheme ${scheme}` };
    return { to: scheme === 'internal' ? 'network' : 'internet', sign };
  }
  for (const { annotation, isInternal } of INTERNAL) {
    const value = annotations.get(annotation);
    if (value === undefined || !isInternal(value)) continue;
    return { to: 'network', sign: { pointer: annotationPointer(annotation), says: 'asks for an internal load balancer' } };
  }
  return undefined;
}

function schemeOf(service: Service): Scheme {
  const byClass = {
    pointer: '/spec/loadBalancerClass',
    says: `is of class ${service.loadBalancerClass}, whose load balancers are internal`,
  };
  if (CLASSES.get(service.loadBalancerClass ?? '') === 'internal') return { to: 'network', sign: byClass };
  const written = schemeOfAnnotations(service.annotations);
  if (written !== undefined) return written;
  if (isOfAwsController(service)) {
    // The older annotation of this controller is a boolean that says both (pkg/service/model_build_load_balancer.go).
    if (service.annotations.get(AWS_INTERNAL) === 'false')
      return { to: 'internet', sign: { pointer: annotationPointer(AWS_INTERNAL), says: 'asks for a load balancer that is not internal' } };
    const sign = service.loadBalancerClass === undefined ? { pointer: annotationPointer(AWS_TYPE), says: byClass.says } : byClass;
    return { to: 'network', sign: { ...sign, says: 'is made by the AWS Load Balancer Controller, internal by default' } };
  }
  return { to: 'internet', sign: { pointer: '/spec/type', says: 'asks for a load balancer, and nothing makes it an internal one' } };
}

/** The address that was given says more than what was asked for. */
function facingOf(service: Service, provider: Provider | undefined): Facing {
  const scheme = schemeOf(service);
  const { loadBalancerIngress: addresses } = service;
  if (addresses.length === 0)
    return {
      ...scheme,
      hangsOn: [`the load balancer of service ${service.namespace}/${service.name} being there: no address is given to it`],
    };
  const given = facingOfAddresses(addresses);
  const sign = { pointer: '/status/loadBalancer/ingress', says: `is at ${addresses.slice(0, 3).join(', ')}` };
  if (given === undefined) {
    const isTold = scheme.to === 'network' || provider === 'aws' || scheme.sign.pointer !== '/spec/type';
    return {
      to: scheme.to,
      sign: scheme.to === 'network' ? scheme.sign : sign,
      hangsOn: isTold ? [] : [`${addresses[0]} being an address on the internet`],
    };
  }
  const isAtOdds = given === 'internet' && scheme.to === 'network';
  return { to: given, sign, hangsOn: isAtOdds ? [`the address in the status still being its own: the service ${scheme.sign.says}`] : [] };
}

/**
 * Who can reach the load balancer of a service of type LoadBalancer. Source ranges are kept by the cloud or by kube-proxy.
 * Source: https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer and k8s.io/api/core/v1 `LoadBalancerSourceRanges`
 */
export function facingOfLoadBalancer(service: Service, provider: Provider | undefined): Facing {
  const facing = facingOf(service, provider);
  const { annotations, loadBalancerSourceRanges } = service;
  const isInSpec = loadBalancerSourceRanges.length > 0;
  const ranges = isInSpec ? loadBalancerSourceRanges : listIn(annotations.get(SOURCE_RANGES));
  const pointer = isInSpec ? '/spec/loadBalancerSourceRanges' : annotationPointer(SOURCE_RANGES);
  const narrowed = narrowedTo(facing, ranges, { pointer, says: `lets in ${ranges.slice(0, 3).join(', ')} alone` });
  const others = NARROWING.filter((annotation) => annotations.has(annotation)).map((annotation) => `what annotation ${annotation} lets in`);
  return { ...narrowed, hangsOn: [...narrowed.hangsOn, ...others] };
}
