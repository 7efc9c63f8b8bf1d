import type { EndpointSlice, Service } from '../../inventory/exposure.ts';
import { isUnread } from '../../inventory/unread-list.ts';
import { objectEvidence } from '../evidence/objects.ts';
import { proven } from '../evidence/proven.ts';
import type { Facts } from '../facts/facts.ts';
import type { AnyOf, Holding } from '../facts/rights.ts';
import { isEverywhere } from '../facts/scopes.ts';
import { allTraffic, servicesIn, serviceTraffic } from '../facts/traffic.ts';
import { defineTechnique, type Emit } from './technique.ts';

const CREATE_SLICE: AnyOf = [{ verbs: ['create'], apiGroup: 'discovery.k8s.io', resource: 'endpointslices' }];
const CHANGE_SLICE: AnyOf = [{ verbs: ['update', 'patch'], apiGroup: 'discovery.k8s.io', resource: 'endpointslices' }];
const ENDPOINTS: AnyOf = [{ verbs: ['create', 'update', 'patch'], apiGroup: '', resource: 'endpoints' }];

const CLIENTS = 'no NetworkPolicy keeping the clients from the address';

const hasEndpoints = ({ type }: Service): boolean => type !== 'ExternalName';
/** Nobody but its author writes the Endpoints of a Service without selector; of others kube-proxy reads slices that follow the pods. */
const byHand = (service: Service): boolean => hasEndpoints(service) && (service.selector === undefined || service.selector.size === 0);

interface Way {
  readonly rights: AnyOf;
  readonly fits: (service: Service) => boolean;
  readonly says: string;
}

/** Reports everything that is sent in a scope, where a Service there fits. */
function emitScope(facts: Facts, emit: Emit, { node, holding, way }: { node: number; holding: Holding; way: Way }): void {
  const { scope, by } = holding;
  const service = servicesIn(facts, scope, undefined).find(way.fits);
  if (service === undefined && !isUnread(facts.inventory, 'services')) return;
  const also = service === undefined ? [] : [objectEvidence('Service', service, '/spec/ports', way.says)];
  emit(node, allTraffic(facts, scope), facts.keep({ parts: [{ rights: way.rights, by }], also, hangsOn: CLIENTS }), 'conditional');
}

/** Endpoints have the name of their Service. */
function emitNamedEndpoints(facts: Facts, emit: Emit, { node, holding, way }: { node: number; holding: Holding; way: Way }): void {
  for (const service of servicesIn(facts, holding.scope, holding.name).filter(way.fits)) {
    const also = [objectEvidence('Service', service, '/spec/ports', way.says)];
    const detail = facts.keep({ parts: [{ rights: way.rights, by: holding.by }], also, hangsOn: CLIENTS });
    emit(node, serviceTraffic(facts, service.namespace, service.name), detail, 'conditional');
  }
}

type Slices = ReadonlyMap<string, readonly EndpointSlice[]>;

/** A slice says in a label which Service it is for. */
function emitNamedSlices(facts: Facts, emit: Emit, { node, holding, slices }: { node: number; holding: Holding; slices: Slices }): void {
  for (const slice of slices.get(holding.name ?? '') ?? []) {
    if (slice.service === undefined) continue;
    if (!isEverywhere(holding.scope) && slice.namespace !== holding.scope) continue;
    const also = [
      objectEvidence('EndpointSlice', slice, '/metadata/labels/kubernetes.io~1service-name', `holds addresses of Service ${slice.service}`),
    ];
    const detail = facts.keep({ parts: [{ rights: CHANGE_SLICE, by: holding.by }], also, hangsOn: CLIENTS });
    emit(node, serviceTraffic(facts, slice.namespace, slice.service), detail, 'conditional');
  }
}

const SLICES: Omit<Way, 'rights'> = { fits: hasEndpoints, says: 'is sent to every address in a slice that carries its name' };
const HAND: Way = { rights: ENDPOINTS, fits: byHand, says: 'has no selector: its Endpoints are copied to slices as they are written' };

export const endpointRepoint = defineTechnique({
  id: 'endpoint-repoint',
  title: 'Points Services at its own address',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-traffic', 'service-traffic'],
  action: 'Adds its own address to the endpoints of Services, and gets part of what is sent to them.',
  precondition:
    '`create`, `update` or `patch` on endpointslices.discovery.k8s.io where there are Services; on endpoints only for Services without selector.',
  remediation: 'Take endpoints and endpointslices out of the role, as Kubernetes did for `edit` and `admin` in 1.22.',
  coverage: {
    level: 'partial',
    misses: 'old proxies and ingress controllers that read Endpoints of Services with a selector; slices with names that were not read',
  },
  attck: ['T1557'],
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#write-access-for-endpoints',
    'https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#endpointslice-mirroring',
  ],
  find(facts, emit) {
    const slices = Map.groupBy(facts.inventory.kubernetes.endpointSlices, ({ name }) => name);
    for (const rights of [CREATE_SLICE, CHANGE_SLICE]) {
      facts.eachHolding(rights, ({ node }, holding) => {
        if (holding.name === undefined) emitScope(facts, emit, { node, holding, way: { ...SLICES, rights } });
        else emitNamedSlices(facts, emit, { node, holding, slices });
      });
    }
    facts.eachHolding(ENDPOINTS, ({ node }, holding) => {
      if (holding.name === undefined) emitScope(facts, emit, { node, holding, way: HAND });
      else emitNamedEndpoints(facts, emit, { node, holding, way: HAND });
    });
  },
  ...proven,
});
