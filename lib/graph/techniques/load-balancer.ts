import { clusterOnlyFix } from '../evidence/exposure.ts';
import { internalFix, wayIn } from '../evidence/way-in.ts';
import { defineTechnique } from './technique.ts';

export const loadBalancer = defineTechnique({
  id: 'load-balancer',
  title: 'Reaches the load balancer of a service',
  class: 'exposure',
  walked: true,
  from: ['internet', 'node-network'],
  to: ['service'],
  action: "Sends packets to the service's load balancer.",
  precondition:
    'The service is of type LoadBalancer, and no annotation, class, source range or private address keeps its load balancer from the internet.',
  remediation: 'Make the load balancer internal, or let in known clients alone by `loadBalancerSourceRanges`.',
  coverage: {
    level: 'partial',
    misses:
      'firewalls, security groups and web application firewalls of the cloud, and defaults of its controller that are changed by flags',
  },
  attck: ['T1190'],
  references: [
    'https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer',
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/nlb/',
    'https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer-parameters',
    'https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/',
  ],
  ...wayIn(
    'load-balancer',
    (facts, { service, to }) => (to === 'internet' ? internalFix(facts, service) : undefined) ?? clusterOnlyFix(service),
  ),
});
