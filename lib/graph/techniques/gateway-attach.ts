import { deletion, deletionFix, explained } from '../evidence/exposure.ts';
import { objectEvidence } from '../evidence/objects.ts';
import { type AttachedRoute, exposureOf } from '../facts/exposure.ts';
import type { Facts } from '../facts/facts.ts';
import { defineTechnique } from './technique.ts';

const attachedOf = (facts: Facts, detail: number): AttachedRoute => exposureOf(facts).attachments[detail] as AttachedRoute;

export const gatewayAttach = defineTechnique({
  id: 'gateway-attach',
  title: 'Comes to a route by a gateway',
  class: 'exposure',
  walked: true,
  from: ['gateway'],
  to: ['gateway-route'],
  action: 'Asks a listener of the gateway for what the route takes.',
  precondition:
    "The route names the gateway, and a listener of that name and port allows the route's namespace and kind and has a host name in common with it.",
  remediation: 'Allow routes of the namespaces alone that are meant to be public.',
  coverage: { level: 'partial', misses: 'whether the controller has accepted the route, and conflicts with other routes' },
  attck: ['T1190'],
  references: ['https://gateway-api.sigs.k8s.io/concepts/security-model/', 'https://gateway-api.sigs.k8s.io/api-types/httproute/'],
  find(facts, emit) {
    for (const [index, { from, to, attachment }] of exposureOf(facts).attachments.entries())
      emit(from, to, index, attachment.hangsOn.length === 0 ? 'certain' : 'conditional');
  },
  changes(facts, { detail }) {
    const { gateway, route } = attachedOf(facts, detail);
    return [deletion(route.kind, route), deletion('Gateway', gateway)];
  },
  fix(facts, { detail }, change) {
    const { gateway } = attachedOf(facts, detail);
    return change === deletion('Gateway', gateway) ? deletionFix('Gateway', gateway, 'every route that hangs on it loses it') : undefined;
  },
  explain(facts, { detail }) {
    const { gateway, route, attachment } = attachedOf(facts, detail);
    const listener = gateway.listeners[attachment.listener];
    const evidence = [
      objectEvidence(route.kind, route, attachment.parent.pointer, `hangs on Gateway ${gateway.namespace}/${gateway.name}`),
      objectEvidence(
        'Gateway',
        gateway,
        `/spec/listeners/${attachment.listener}`,
        `listener ${listener?.name} on port ${listener?.port} takes the route`,
      ),
    ];
    return explained(evidence, attachment.hangsOn, deletionFix(route.kind, route, 'nobody is sent on by it any more'));
  },
});
