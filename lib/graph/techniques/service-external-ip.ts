import type { Service } from '../../inventory/exposure.ts';
import { isUnread } from '../../inventory/unread-list.ts';
import { objectEvidence } from '../evidence/objects.ts';
import { proven } from '../evidence/proven.ts';
import { askingAnywhere } from '../facts/asking.ts';
import type { Facts } from '../facts/facts.ts';
import { proofOf } from '../facts/rbac-edges.ts';
import type { AnyOf, Holding } from '../facts/rights.ts';
import { allTraffic, servicesIn } from '../facts/traffic.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique } from './technique.ts';

const CREATE: AnyOf = [{ verbs: ['create'], apiGroup: '', resource: 'services' }];
const CHANGE: AnyOf = [{ verbs: ['update', 'patch'], apiGroup: '', resource: 'services' }];
const STATUS: AnyOf = [{ verbs: ['update', 'patch'], apiGroup: '', resource: 'services', subresource: 'status' }];

const BEHIND = 'a pod of the attacker behind the Service, and a proxy on the nodes that sends the address there, as kube-proxy does';
const REFUSED =
  'nothing refusing the address: the admission plugin DenyServiceExternalIPs is a flag of the API server that nobody can read, webhooks and policies are not evaluated';

/** The first Service that a right reaches; empty: Services could not be read, undefined: none. */
function reached(
  facts: Facts,
  { scope, name }: Holding,
  fits: (service: Service) => boolean,
  says: string,
): readonly Evidence[] | undefined {
  const found = servicesIn(facts, scope, name).find(fits);
  if (found !== undefined) return [objectEvidence('Service', found, '/spec/type', says)];
  return isUnread(facts.inventory, 'services') ? [] : undefined;
}

export const serviceExternalIp = defineTechnique({
  id: 'service-external-ip',
  title: 'Claims an address by a Service',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-traffic'],
  action: 'Gives a Service any address as its own, and every node sends what pods send to that address to the attacker (CVE-2020-8554).',
  precondition:
    '`create` on services, `update` or `patch` on one that is there, or `update` or `patch` on `services/status` where there is one of type LoadBalancer.',
  remediation:
    'Switch on DenyServiceExternalIPs or refuse `externalIPs` by a ValidatingAdmissionPolicy, and give nobody `services/status`.',
  coverage: { level: 'partial', misses: 'what is read in the traffic: connections whose certificate is checked are only cut' },
  attck: ['T1557'],
  references: [
    'https://github.com/kubernetes/kubernetes/issues/97076',
    'https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#denyserviceexternalips',
  ],
  find(facts, emit) {
    const found = (
      node: number,
      rights: AnyOf,
      { by, also, hangsOn }: { by: Holding['by']; also: readonly Evidence[]; hangsOn: string },
    ): void => emit(node, allTraffic(facts, ''), facts.keep({ parts: [{ rights, by }], also, hangsOn }), 'conditional');
    facts.eachHolding(CREATE, ({ node }, { by }) => found(node, CREATE, { by, also: [], hangsOn: `${REFUSED}; ${BEHIND}` }));
    facts.eachHolding(CHANGE, ({ node }, holding) => {
      const also = reached(facts, holding, ({ type }) => type !== 'ExternalName', 'can be given any address in spec.externalIPs');
      if (also !== undefined) found(node, CHANGE, { by: holding.by, also, hangsOn: `${REFUSED}; ${BEHIND}` });
    });
    // Only a LoadBalancer keeps addresses in its status. Source: kubernetes pkg/apis/core/validation `ValidateLoadBalancerStatus`.
    facts.eachHolding(STATUS, ({ node }, holding) => {
      const also = reached(facts, holding, ({ type }) => type === 'LoadBalancer', 'can be given any address in status.loadBalancer');
      if (also !== undefined) found(node, STATUS, { by: holding.by, also, hangsOn: BEHIND });
    });
  },
  ...proven,
  asks: (facts, { detail }) => askingAnywhere(facts, proofOf(facts, detail).parts),
});
