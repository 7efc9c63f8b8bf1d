import { allOf, anyChange, anyOf } from '../closing.ts';
import { deletion, deletionFix, explained } from '../evidence/exposure.ts';
import { objectEvidence } from '../evidence/objects.ts';
import { changesOfWay, fixOfWay, wayEvidence } from '../evidence/way-in.ts';
import { type ExposedIngress, exposureOf, outsideNode } from '../facts/exposure.ts';
import type { Facts } from '../facts/facts.ts';
import { defineTechnique } from './technique.ts';

const exposedOf = (facts: Facts, detail: number): ExposedIngress => exposureOf(facts).ingresses[detail] as ExposedIngress;
const SIDE_EFFECT = 'nobody reaches its hosts and paths from outside of the cluster';

export const ingressExposed = defineTechnique({
  id: 'ingress-exposed',
  title: 'Reaches an Ingress',
  class: 'exposure',
  walked: true,
  from: ['internet', 'node-network'],
  to: ['ingress'],
  action: 'Sends requests to the hosts and paths of the Ingress.',
  precondition:
    "A controller takes the Ingress, and its own load balancer, or the service in front of the controller's pods, is reached from there.",
  remediation: 'Give internal applications an internal class, and authentication in front of all others.',
  coverage: {
    level: 'partial',
    misses:
      'firewalls and web application firewalls, IngressClassParams and other settings of controllers, and authentication in the application',
  },
  attck: ['T1190'],
  references: [
    'https://kubernetes.io/docs/concepts/services-networking/ingress/',
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#scheme',
    'https://cloud.google.com/kubernetes-engine/docs/concepts/ingress',
  ],
  find(facts, emit) {
    for (const [index, { node, facing }] of exposureOf(facts).ingresses.entries())
      emit(outsideNode(facts, facing.to), node, index, facing.hangsOn.length === 0 ? 'certain' : 'conditional');
  },
  changes(facts, { detail }) {
    const exposed = exposedOf(facts, detail);
    const [first, ...others] = exposed.facing.ways.map((way) => changesOfWay(facts, way));
    const ofController = (first ?? []).filter((change) => others.every((changes) => changes.includes(change)));
    return [deletion('Ingress', exposed.ingress), ...ofController];
  },
  closing(facts, { detail }) {
    const { ingress, facing } = exposedOf(facts, detail);
    const ofController = allOf(facing.ways.map((way) => anyChange(changesOfWay(facts, way))));
    return anyOf([{ change: deletion('Ingress', ingress) }, ofController]);
  },
  fix(facts, { detail }, change) {
    for (const way of exposedOf(facts, detail).facing.ways) {
      const fix = fixOfWay(facts, way, change);
      if (fix !== undefined) return fix;
    }
    return undefined;
  },
  explain(facts, { detail }) {
    const { ingress, facing } = exposedOf(facts, detail);
    const { sign, behind } = facing;
    const evidence = [objectEvidence('Ingress', ingress, sign.pointer, sign.says), ...(behind === undefined ? [] : wayEvidence(behind))];
    return explained(evidence, facing.hangsOn, deletionFix('Ingress', ingress, SIDE_EFFECT));
  },
});
