import type { Ingress } from '../../inventory/exposure.ts';
import { annotationPointer, type Facing, facingOfAddresses, listIn, narrowedTo } from './facing.ts';
import { type ClassOfIngress, controllerName } from './ingress-controller.ts';
import type { WayIn } from './ways-in.ts';

export interface IngressFacing extends Facing {
  /** Every way from there to the services in front of its controller's pods: without them nobody comes to it. */
  readonly ways: readonly WayIn[];
  /** The way to the service in front of its controller's pods, where that decides. */
  readonly behind?: WayIn;
}

const ALB_SCHEME = 'alb.ingress.kubernetes.io/scheme';
const APPGW_PRIVATE = 'appgw.ingress.kubernetes.io/use-private-ip';

/** Lists of the clients that are let in, by annotation. Sources: as for the annotations that the inventory keeps. */
const CLIENT_LISTS = [
  'nginx.ingress.kubernetes.io/whitelist-source-range',
  'nginx.ingress.kubernetes.io/allowlist-source-range',
  'alb.ingress.kubernetes.io/inbound-cidrs',
  'haproxy-ingress.github.io/allowlist-source-range',
  'haproxy-ingress.github.io/whitelist-source-range',
  'haproxy.org/allow-list',
  'haproxy.org/whitelist',
  'ingress.kubernetes.io/whitelist-source-range',
];

/** Annotations that put authentication or rules in front, by their values that do. */
const GUARDS: readonly { readonly annotation: string; readonly is: (value: string) => boolean; readonly says: string }[] = [
  { annotation: 'nginx.ingress.kubernetes.io/auth-url', is: (value) => value !== '', says: 'getting past the external authentication' },
  { annotation: 'nginx.ingress.kubernetes.io/auth-type', is: (value) => value !== '', says: 'getting past the authentication' },
  { annotation: 'nginx.ingress.kubernetes.io/auth-tls-verify-client', is: (value) => value === 'on', says: 'having a client certificate' },
  {
    annotation: 'alb.ingress.kubernetes.io/auth-type',
    is: (value) => value !== '' && value !== 'none',
    says: 'getting past the authentication',
  },
  { annotation: 'alb.ingress.kubernetes.io/security-groups', is: () => true, says: 'what the security groups let in' },
  { annotation: 'alb.ingress.kubernetes.io/security-group-prefix-lists', is: () => true, says: 'what the prefix lists let in' },
  { annotation: 'haproxy.org/auth-type', is: (value) => value !== '', says: 'getting past the authentication' },
  { annotation: 'traefik.ingress.kubernetes.io/router.middlewares', is: (value) => value !== '', says: 'what the middlewares let through' },
];

function byAddress({ loadBalancerIngress: addresses }: Ingress): Facing | undefined {
  const to = facingOfAddresses(addresses);
  const sign = { pointer: '/status/loadBalancer/ingress', says: `is at ${addresses.slice(0, 3).join(', ')}` };
  return to === undefined ? undefined : { to, sign, hangsOn: [] };
}

/** By what the controllers that make load balancers themselves are told. An ALB is internal by default; its host name tells where it is there. */
function byMaker(ingress: Ingress, found: ClassOfIngress | undefined): Facing | undefined {
  const { annotations, loadBalancerIngress: addresses } = ingress;
  const none = addresses.length === 0 ? ['the load balancer being there: no address is given to the Ingress'] : [];
  const ofClass = { pointer: found?.pointer ?? '/spec', says: `is taken by ${controllerName(found)}` };
  switch (found?.controller?.makes) {
    case 'alb': {
      const scheme = annotations.get(ALB_SCHEME);
      const at = { pointer: '/status/loadBalancer/ingress', says: `is at ${addresses[0]}` };
      const sign =
        scheme === undefined
          ? addresses.length > 0
            ? at
            : ofClass
          : { pointer: annotationPointer(ALB_SCHEME), says: `asks for a load balancer with scheme ${scheme}` };
      // Host names of internal ones begin with `internal-`, and have been told apart by then.
      return {
        to: scheme === 'internet-facing' || (scheme === undefined && addresses.length > 0) ? 'internet' : 'network',
        sign,
        hangsOn: none,
      };
    }
    case 'gce':
      return { to: 'internet', sign: ofClass, hangsOn: none };
    case 'gce-internal':
      return { to: 'network', sign: ofClass, hangsOn: none };
    case 'application-gateway': {
      const isPrivate = annotations.get(APPGW_PRIVATE)?.toLowerCase() === 'true';
      const sign = isPrivate ? { pointer: annotationPointer(APPGW_PRIVATE), says: 'uses the private address of the gateway' } : ofClass;
      return { to: isPrivate ? 'network' : 'internet', sign, hangsOn: none };
    }
    default:
      return undefined;
  }
}

/** By the ways to the controller's own service: a sure way from the internet before others, and one from the network last. */
function byController(found: ClassOfIngress | undefined, ways: readonly WayIn[]): Facing & Pick<IngressFacing, 'behind'> {
  const sign = { pointer: found?.pointer ?? '/spec', says: `is taken by ${controllerName(found)}` };
  const unknown = [`${controllerName(found)} being reached from the internet`];
  const internet = ways.filter(({ to }) => to === 'internet').sort((a, b) => a.hangsOn.length - b.hangsOn.length)[0];
  const best = internet ?? ways[0];
  if (best === undefined) return { to: 'internet', sign, hangsOn: unknown };
  return { to: best.to, sign, hangsOn: best.hangsOn, behind: best, ...(best.clients === undefined ? {} : { clients: best.clients }) };
}

/**
 * Who can send requests to an Ingress. `controllerWays` lead to the services in front of its controller's pods.
 * Source: https://kubernetes.io/docs/concepts/services-networking/ingress/ and the controllers' own documentation
 */
export function facingOfIngress(ingress: Ingress, found: ClassOfIngress | undefined, controllerWays: readonly WayIn[]): IngressFacing {
  const facing: Facing & Pick<IngressFacing, 'behind'> =
    byAddress(ingress) ?? byMaker(ingress, found) ?? byController(found, controllerWays);
  const { annotations } = ingress;
  const list = CLIENT_LISTS.find((annotation) => listIn(annotations.get(annotation)).length > 0);
  const clients = listIn(list === undefined ? undefined : annotations.get(list));
  const narrowed = narrowedTo(facing, clients, {
    pointer: annotationPointer(list ?? ''),
    says: `lets in ${clients.slice(0, 3).join(', ')} alone`,
  });
  const guards = GUARDS.filter(({ annotation, is }) => annotations.has(annotation) && is(annotations.get(annotation) ?? ''));
  return {
    ...narrowed,
    ways: controllerWays.filter(({ to }) => to === narrowed.to),
    hangsOn: [
      ...narrowed.hangsOn,
      ...guards.map(({ annotation, says }) => `${says} (annotation ${annotation})`),
      ...(found?.hangsOn ?? []),
    ],
  };
}
