import { brokenLinks, WRONG_AUDIENCE } from '../finding-facts/broken-links.ts';
import { links } from '../finding-facts/populations.ts';
import { noPolicy } from '../finding-facts/prevention.ts';
import { defineFinding } from './finding.ts';

export const wrongAudience = defineFinding({
  id: 'wrong-audience',
  title: 'Tokens for the cloud name an audience that it refuses',
  severity: 'low',
  class: 'cloud',
  why: 'The pods do not get the identity that they are meant to have, and fall back to that of the node, which everybody on it shares, or to a key in a secret.',
  remediation: 'Write the same audience into the annotation, the trust policy and the provider.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html',
    'https://learn.microsoft.com/azure/aks/workload-identity-overview',
  ],
  prevention: noPolicy('the two halves lie in the cluster and in the cloud account, and admission sees one of them'),
  population: links,
  find: (world) => brokenLinks(world, ({ code }) => WRONG_AUDIENCE.has(code)),
});
