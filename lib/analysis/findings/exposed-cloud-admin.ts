import { exposedReaching } from '../finding-facts/combination.ts';
import { workloads } from '../finding-facts/populations.ts';
import { noPolicy } from '../finding-facts/prevention.ts';
import { defineFinding } from './finding.ts';

export const exposedCloudAdmin = defineFinding({
  id: 'exposed-cloud-admin',
  title: 'From the internet to administrator of a cloud account',
  severity: 'critical',
  class: 'combination',
  why: 'One bug in the application that answers the internet is all that lies between anybody and the cloud account: by its own identity, or by escape to the node and its identities.',
  remediation:
    'Give identities the actions that are used; keep pods from the metadata service of the node; take privileges out of what faces the internet.',
  misses: 'ways in that the cluster does not show: tunnels, VPNs, proxies elsewhere',
  references: [
    'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  ],
  prevention: noPolicy('it is made of several things that are each allowed; the findings about each of them carry policies'),
  population: workloads,
  find: (world) =>
    exposedReaching(world, {
      group: 'cloud-admins',
      kinds: new Set(['aws-admin', 'gcp-admin', 'azure-admin']),
      what: 'a cloud administrator',
    }),
});
