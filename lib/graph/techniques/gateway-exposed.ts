import { deletion, deletionFix, explained } from '../evidence/exposure.ts';
import { objectEvidence } from '../evidence/objects.ts';
import { type ExposedGateway, exposureOf, outsideNode } from '../facts/exposure.ts';
import type { Facts } from '../facts/facts.ts';
import { defineTechnique } from './technique.ts';

const exposedOf = (facts: Facts, detail: number): ExposedGateway => exposureOf(facts).gateways[detail] as ExposedGateway;

export const gatewayExposed = defineTechnique({
  id: 'gateway-exposed',
  title: 'Reaches a gateway',
  class: 'exposure',
  walked: true,
  from: ['internet', 'node-network'],
  to: ['gateway'],
  action: "Sends requests to the gateway's listeners.",
  precondition: 'The gateway has an address that is reached from there, or its class or annotations ask for one.',
  remediation: 'Use a class with internal addresses for internal applications.',
  coverage: {
    level: 'partial',
    misses: 'firewalls and web application firewalls, parameters of the class, and policies that controllers attach to gateways',
  },
  attck: ['T1190'],
  references: [
    'https://gateway-api.sigs.k8s.io/api-types/gateway/',
    'https://cloud.google.com/kubernetes-engine/docs/concepts/gateway-api',
  ],
  find(facts, emit) {
    for (const [index, { node, facing }] of exposureOf(facts).gateways.entries())
      emit(outsideNode(facts, facing.to), node, index, facing.hangsOn.length === 0 ? 'certain' : 'conditional');
  },
  changes: (facts, { detail }) => [deletion('Gateway', exposedOf(facts, detail).gateway)],
  explain(facts, { detail }) {
    const { gateway, facing } = exposedOf(facts, detail);
    const evidence = objectEvidence('Gateway', gateway, facing.sign.pointer, facing.sign.says);
    return explained([evidence], facing.hangsOn, deletionFix('Gateway', gateway, 'every route that hangs on it loses it'));
  },
});
