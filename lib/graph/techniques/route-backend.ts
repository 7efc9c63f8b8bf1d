import { deletion, deletionFix, explained } from '../evidence/exposure.ts';
import { objectEvidence } from '../evidence/objects.ts';
import { exposureOf, type RoutedService } from '../facts/exposure.ts';
import type { Facts } from '../facts/facts.ts';
import { defineTechnique } from './technique.ts';

const routedOf = (facts: Facts, detail: number): RoutedService => exposureOf(facts).routed[detail] as RoutedService;
const SIDE_EFFECT = 'nobody is sent on by it any more';

export const routeBackend = defineTechnique({
  id: 'route-backend',
  title: 'Is sent on by a route',
  class: 'exposure',
  walked: true,
  from: ['gateway-route'],
  to: ['service'],
  action: 'Asks for what the route sends on to the service.',
  precondition: 'A rule of the route names the service; one of another namespace only with a ReferenceGrant there.',
  remediation: 'Route what has to be public alone, and grant references to named services.',
  coverage: { level: 'partial', misses: 'filters that answer by themselves, and backends that are no services' },
  attck: ['T1190'],
  references: ['https://gateway-api.sigs.k8s.io/api-types/httproute/', 'https://gateway-api.sigs.k8s.io/api-types/referencegrant/'],
  find(facts, emit) {
    for (const [index, { from, to }] of exposureOf(facts).routed.entries()) emit(from, to, index);
  },
  changes: (facts, { detail }) => [deletion(routedOf(facts, detail).route.kind, routedOf(facts, detail).route)],
  explain(facts, { detail }) {
    const { route, backends, grant } = routedOf(facts, detail);
    const evidence = backends
      .slice(0, 10)
      .map((backend) =>
        objectEvidence(
          route.kind,
          route,
          backend.pointer,
          `sends requests to service ${backend.namespace ?? route.namespace}/${backend.name}`,
        ),
      );
    const granted =
      grant === undefined
        ? []
        : [
            objectEvidence(
              'ReferenceGrant',
              grant.grant,
              `/spec/from/${grant.from}`,
              `lets a ${route.kind} of namespace ${route.namespace} name services here`,
            ),
          ];
    return explained([...evidence, ...granted], [], deletionFix(route.kind, route, SIDE_EFFECT));
  },
});
