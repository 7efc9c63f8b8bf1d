import { exposedReaching } from '../finding-facts/combination.ts';
import { workloads } from '../finding-facts/populations.ts';
import { noPolicy } from '../finding-facts/prevention.ts';
import { defineFinding } from './finding.ts';

export const exposedClusterAdmin = defineFinding({
  id: 'exposed-cluster-admin',
  title: 'From the internet to cluster admin',
  severity: 'critical',
  class: 'combination',
  why: 'One bug in the application that answers the internet is all that lies between anybody and the whole cluster.',
  remediation: 'Close the way behind the pod first: its account, its privileges. Then ask whether it has to face the internet.',
  misses: 'ways in that the cluster does not show: tunnels, VPNs, proxies elsewhere',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  ],
  prevention: noPolicy('it is made of several things that are each allowed; the findings about each of them carry policies'),
  population: workloads,
  find: (world) => exposedReaching(world, { group: 'cluster-admin', kinds: new Set(['cluster-admin']), what: 'cluster admin' }),
});
