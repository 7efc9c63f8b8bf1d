import type { GatewayRoute, ReferenceGrant } from '../../inventory/exposure.ts';

const GATEWAY_GROUP = 'gateway.networking.k8s.io';

/** The grant that lets a route name a service of another namespace, with the places in it that say so. */
export interface GrantPlace {
  readonly grant: ReferenceGrant;
  readonly from: number;
  readonly to: number;
}

/**
 * The first grant of the service's namespace that lets the route name it; undefined: none. A route may name services of its own namespace anyway.
 * Source: https://gateway-api.sigs.k8s.io/api-types/referencegrant/
 */
export function grantFor(grants: readonly ReferenceGrant[], { kind, namespace }: GatewayRoute, service: string): GrantPlace | undefined {
  for (const grant of grants) {
    const from = grant.from.findIndex((one) => one.group === GATEWAY_GROUP && one.kind === kind && one.namespace === namespace);
    const to = grant.to.findIndex((one) => one.group === '' && one.kind === 'Service' && (one.name === undefined || one.name === service));
    if (from >= 0 && to >= 0) return { grant, from, to };
  }
  return undefined;
}
