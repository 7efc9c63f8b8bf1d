import type { Gateway } from '../../inventory/exposure.ts';
import type { LabelSelector } from '../../inventory/kubernetes.ts';
import { type Facing, facingOfAddresses } from './facing.ts';
import { schemeOfAnnotations } from './load-balancer.ts';

/** Classes by whose name a cloud says the scheme. Source: Google /kubernetes-engine/docs/concepts/gateway-api, Azure /application-gateway/for-containers. */
const CLASSES: readonly { readonly is: (className: string) => boolean; readonly to: Facing['to'] }[] = [
  { is: (name) => /^gke-l7-(?:rilb|cross-regional-internal-managed)(?:-mc)?$/.test(name), to: 'network' },
  { is: (name) => /^gke-l7-(?:gxlb|global-external-managed|regional-external-managed)(?:-mc)?$/.test(name), to: 'internet' },
  { is: (name) => name === 'azure-alb-external', to: 'internet' },
];

/** Its proxies' pods: the label of the Gateway API, and those of Envoy Gateway. Source: GEP-1762 and gateway.envoyproxy.io */
export function proxiesOfGateway({ namespace, name }: Gateway): readonly LabelSelector[] {
  const labelled = (...labels: readonly (readonly [string, string])[]): LabelSelector => ({
    matchLabels: new Map(labels),
    matchExpressions: [],
  });
  return [
    labelled(['gateway.networking.k8s.io/gateway-name', name]),
    labelled(['gateway.envoyproxy.io/owning-gateway-name', name], ['gateway.envoyproxy.io/owning-gateway-namespace', namespace]),
  ];
}

const isInsideOnly = (address: string, clusterIPs: ReadonlySet<string>): boolean =>
  clusterIPs.has(address) || /\.svc(?:\.cluster\.local)?\.?$/.test(address.toLowerCase());

/** Whether the infrastructure's service stays inside the cluster. Source: https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/ */
const isToldToStayInside = ({ annotations, infrastructureAnnotations }: Gateway): boolean =>
  (infrastructureAnnotations?.get('networking.istio.io/service-type') ?? annotations.get('networking.istio.io/service-type')) ===
  'ClusterIP';

/**
 * Who can send packets to a gateway; undefined: nobody from outside of the cluster. Addresses in its status say more than what it asks for.
 * Source: https://gateway-api.sigs.k8s.io/api-types/gateway/
 */
export function facingOfGateway(gateway: Gateway, clusterIPs: ReadonlySet<string>): Facing | undefined {
  const { className, addresses, annotations, infrastructureAnnotations } = gateway;
  if (isToldToStayInside(gateway)) return undefined;
  if (addresses.length > 0 && addresses.every((address) => isInsideOnly(address, clusterIPs))) return undefined;
  const outer = addresses.filter((address) => !isInsideOnly(address, clusterIPs));
  const given = facingOfAddresses(outer);
  const at = { pointer: '/spec/listeners', says: `listens at ${outer.slice(0, 3).join(', ')}` };
  if (given !== undefined) return { to: given, sign: at, hangsOn: [] };
  const none = outer.length === 0 ? ['the gateway being there: no address is given to it'] : [];
  const ofClass = CLASSES.find(({ is }) => is(className));
  if (ofClass !== undefined)
    return { to: ofClass.to, sign: { pointer: '/spec/gatewayClassName', says: `is of class ${className}` }, hangsOn: none };
  const passedOn = schemeOfAnnotations(infrastructureAnnotations ?? new Map());
  if (passedOn !== undefined) {
    const sign = { ...passedOn.sign, pointer: `/spec/infrastructure${passedOn.sign.pointer.replace('/metadata', '')}` };
    return { to: passedOn.to, sign, hangsOn: none };
  }
  const own = schemeOfAnnotations(annotations);
  if (own !== undefined) return { ...own, hangsOn: none };
  const [name] = outer;
  const hangsOn =
    name === undefined ? [`a controller of class ${className} giving it an address on the internet`] : [`${name} being on the internet`];
  return {
    to: 'internet',
    sign: name === undefined ? { pointer: '/spec/gatewayClassName', says: `is of class ${className}` } : at,
    hangsOn,
  };
}
