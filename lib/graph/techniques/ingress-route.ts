import { deletion, deletionFix, explained } from '../evidence/exposure.ts';
import { objectEvidence } from '../evidence/objects.ts';
import { exposureOf, type IngressRoute } from '../facts/exposure.ts';
import type { Facts } from '../facts/facts.ts';
import { defineTechnique } from './technique.ts';

const routeOf = (facts: Facts, detail: number): IngressRoute => exposureOf(facts).ingressRoutes[detail] as IngressRoute;

export const ingressRoute = defineTechnique({
  id: 'ingress-route',
  title: 'Is sent on by an Ingress',
  class: 'exposure',
  walked: true,
  from: ['ingress'],
  to: ['service'],
  action: 'Asks for a host and path that the Ingress sends on to the service.',
  precondition: "A rule or the default backend of the Ingress names a service of the Ingress' namespace that is there.",
  remediation: 'Route the paths alone that have to be public.',
  coverage: {
    level: 'partial',
    misses: 'rules of the controller beside the Ingress, such as snippets, middlewares and ExternalName services that name another one',
  },
  attck: ['T1190'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-rules'],
  find(facts, emit) {
    for (const [index, { from, to }] of exposureOf(facts).ingressRoutes.entries()) emit(from, to, index);
  },
  changes: (facts, { detail }) => [deletion('Ingress', routeOf(facts, detail).ingress)],
  explain(facts, { detail }) {
    const { ingress, backends } = routeOf(facts, detail);
    const evidence = backends.slice(0, 10).map((backend) => {
      const { host, path } = backend as { host?: string; path?: string };
      const what = host === undefined && path === undefined ? 'everything else' : `${host ?? 'any host'}${path ?? '/'}`;
      return objectEvidence('Ingress', ingress, backend.pointer, `sends ${what} to service ${backend.service}`);
    });
    return explained(evidence, [], deletionFix('Ingress', ingress, 'nobody reaches its hosts and paths from outside of the cluster'));
  },
});
