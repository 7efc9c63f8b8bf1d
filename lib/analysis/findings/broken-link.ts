import { brokenLinks, WRONG_AUDIENCE } from '../finding-facts/broken-links.ts';
import { links } from '../finding-facts/populations.ts';
import { noPolicy } from '../finding-facts/prevention.ts';
import { defineFinding } from './finding.ts';

export const brokenLink = defineFinding({
  id: 'broken-link',
  title: 'Service accounts point at cloud identities that refuse them',
  severity: 'low',
  class: 'cloud',
  why: 'The pods do not get the identity that they are meant to have, and fall back to that of the node, which everybody on it shares, or to a key in a secret. A name that nobody holds any more may be taken by somebody else.',
  remediation: 'Mend the trust, or take the annotation away.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html',
    'https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity',
  ],
  prevention: noPolicy('the two halves lie in the cluster and in the cloud account, and admission sees one of them'),
  population: links,
  find: (world) => brokenLinks(world, ({ code }) => !WRONG_AUDIENCE.has(code)),
});
