import { publicAddressOf, type WayIn } from '../../access/exposure/ways-in.ts';
import { kubectl } from '../../access/shell.ts';
import type { Service } from '../../inventory/exposure.ts';
import { exposureOf, outsideNode, type ServiceWay } from '../facts/exposure.ts';
import type { Facts } from '../facts/facts.ts';
import type { Evidence, Fix } from '../model.ts';
import type { FoundEdge, Technique } from '../techniques/technique.ts';
import { clusterOnly, clusterOnlyFix, deletion, deletionFix, explained, externalIPs, externalIPsFix } from './exposure.ts';
import { objectEvidence } from './objects.ts';

const wayOf = (facts: Facts, { detail }: Pick<FoundEdge, 'detail'>): WayIn => (exposureOf(facts).ways[detail] as ServiceWay).way;

/** That the service asks for it, and the address of a node where it is one. */
export function wayEvidence({ service, sign, node }: WayIn): readonly Evidence[] {
  const own = node === undefined ? undefined : publicAddressOf(node);
  return [
    objectEvidence('Service', service, sign.pointer, sign.says),
    ...(node === undefined || own === undefined
      ? []
      : [objectEvidence('Node', node, own.pointer, `has ${own.address}, an address on the internet`)]),
  ];
}

/** How each cloud's load balancer is made internal. Sources: as for lib/access/exposure/load-balancer.ts */
const INTERNAL = new Map<string | undefined, string>([
  ['aws', 'service.beta.kubernetes.io/aws-load-balancer-scheme=internal'],
  ['gce', 'networking.gke.io/load-balancer-type=Internal'],
  ['azure', 'service.beta.kubernetes.io/azure-load-balancer-internal=true'],
  ['openstack', 'service.beta.kubernetes.io/openstack-internal-load-balancer=true'],
]);

const internal = ({ namespace, name }: Service): string => `internal Service/${namespace}/${name}`;

export function internalFix(facts: Facts, service: Service): Fix | undefined {
  const annotation = INTERNAL.get(exposureOf(facts).surroundings.provider);
  if (annotation === undefined) return undefined;
  return {
    says: `make the load balancer of Service ${service.namespace}/${service.name} internal`,
    command: kubectl(service.namespace, 'annotate', 'service', service.name, annotation, '--overwrite'),
    sideEffect:
      'nobody on the internet reaches it; most clouds make a new load balancer with another address, some only once the service is made anew',
  };
}

/** Single changes each of which closes a way to a service. */
export function changesOfWay(facts: Facts, { by, to, service }: WayIn): readonly string[] {
  const own = {
    'load-balancer': [...(to === 'internet' && internalFix(facts, service) !== undefined ? [internal(service)] : []), clusterOnly(service)],
    'node-port': [clusterOnly(service)],
    'external-ip': [externalIPs(service)],
  }[by];
  return [...own, deletion('Service', service)];
}

/** How to make one of these changes. */
export function fixOfWay(facts: Facts, { service }: WayIn, change: string): Fix | undefined {
  if (change === internal(service)) return internalFix(facts, service);
  if (change === clusterOnly(service)) return clusterOnlyFix(service);
  if (change === externalIPs(service)) return externalIPsFix(service);
  return change === deletion('Service', service)
    ? deletionFix('Service', service, 'whoever uses the service by its name loses it')
    : undefined;
}

/** What the techniques have in common whose edges are ways into services; the detail is the way's number. `fixFor`: what to do first about one. */
export const wayIn = (by: WayIn['by'], fixFor: (facts: Facts, found: WayIn) => Fix) =>
  ({
    find(facts, emit) {
      for (const [index, { way, to }] of exposureOf(facts).ways.entries())
        if (way.by === by) emit(outsideNode(facts, way.to), to, index, way.hangsOn.length === 0 ? 'certain' : 'conditional');
    },
    changes: (facts, edge) => changesOfWay(facts, wayOf(facts, edge)),
    fix: (facts, edge, change) => fixOfWay(facts, wayOf(facts, edge), change),
    explain(facts, edge) {
      const found = wayOf(facts, edge);
      return explained(wayEvidence(found), found.hangsOn, fixFor(facts, found));
    },
  }) satisfies Pick<Technique, 'find' | 'changes' | 'fix' | 'explain'>;
