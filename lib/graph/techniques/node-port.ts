import { clusterOnlyFix } from '../evidence/exposure.ts';
import { wayIn } from '../evidence/way-in.ts';
import { defineTechnique } from './technique.ts';

export const nodePort = defineTechnique({
  id: 'node-port',
  title: 'Reaches a service by a port of the nodes',
  class: 'exposure',
  walked: true,
  from: ['internet', 'node-network'],
  to: ['service'],
  action: 'Sends packets to a port that every node listens on for the service.',
  precondition: 'The service has a node port; from the internet, a node also has a public address.',
  remediation: 'Use type ClusterIP behind an Ingress or a Gateway, and keep public addresses off nodes.',
  coverage: {
    level: 'partial',
    misses: "firewalls and security groups of the nodes, kube-proxy's `--nodeport-addresses`, and other machines that forward to the nodes",
  },
  attck: ['T1190'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport'],
  ...wayIn('node-port', (_, { service }) => clusterOnlyFix(service)),
});
