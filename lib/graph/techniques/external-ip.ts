import { externalIPsFix } from '../evidence/exposure.ts';
import { wayIn } from '../evidence/way-in.ts';
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
  ...wayIn('external-ip', (_, { service }) => externalIPsFix(service)),
});
