import { explained, externalIPsFix } from '../evidence/exposure.ts';
import { changesOfWay, findWays, fixOfWay, wayEvidence, wayOf } from '../evidence/way-in.ts';
import { defineTechnique } from './technique.ts';

export const externalIp = defineTechnique({
  id: 'external-ip',
  title: 'Reaches a service at an external address',
  class: 'exposure',
  walked: true,
  from: ['internet', 'node-network'],
  to: ['service'],
  action: 'Sends packets to an address that nodes take for the service.',
  precondition: '`spec.externalIPs` of the service names an address whose packets come to a node.',
  remediation: 'Take the externalIPs out, and refuse them by the admission plugin DenyServiceExternalIPs.',
  coverage: { level: 'partial', misses: 'whether anything routes the address to a node, and firewalls in front of it' },
  attck: ['T1190'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/service/#external-ips'],
  find(facts, emit) {
    findWays(facts, 'external-ip', emit);
  },
  changes(facts, edge) {
    return changesOfWay(facts, wayOf(facts, edge));
  },
  fix(facts, edge, change) {
    return fixOfWay(facts, wayOf(facts, edge), change);
  },
  explain(facts, edge) {
    const found = wayOf(facts, edge);
    return explained(wayEvidence(found), found.hangsOn, externalIPsFix(found.service));
  },
});
