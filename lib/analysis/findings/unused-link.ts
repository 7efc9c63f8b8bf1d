import { cloudLinks } from '../../access/cloud/links.ts';
import { unlinkFix } from '../finding-facts/broken-fix.ts';
import { identityNode } from '../finding-facts/cloud-nodes.ts';
import { links } from '../finding-facts/populations.ts';
import { noPolicy } from '../finding-facts/prevention.ts';
import { reachWords } from '../finding-facts/words.ts';
import { defineFinding } from './finding.ts';

export const unusedLink = defineFinding({
  id: 'unused-link',
  title: 'Cloud identities are handed to accounts that no pod uses',
  severity: 'low',
  class: 'cloud',
  why: 'Whoever may make pods in the namespace runs one as the account and is the identity; nobody would miss it.',
  remediation: 'Take the annotation or the association away, and the account out of the trust policy.',
  misses: 'workloads that are made from time to time by somebody outside of the cluster',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#periodic-review'],
  prevention: noPolicy('an account is always there before its pods; look for it again and again instead'),
  population: links,
  *find(world) {
    if (!world.knowsPods) return;
    const templates = new Set(world.inventory.kubernetes.workloads.map(({ namespace, spec }) => `${namespace}/${spec.serviceAccountName}`));
    for (const link of cloudLinks(world.inventory)) {
      const { serviceAccount, provider, method, identity, state, evidence } = link;
      const slash = serviceAccount.indexOf('/');
      const namespace = serviceAccount.slice(0, slash);
      const name = serviceAccount.slice(slash + 1);
      const [first, ...rest] = evidence;
      if (state !== 'wired' || first === undefined || templates.has(serviceAccount) || world.workloadsOf(namespace, name).length > 0)
        continue;
      const node = world.accountNode(namespace, name);
      const target = identityNode(world, provider, identity);
      const summary = target === undefined ? undefined : world.reachOf(target);
      yield {
        subject: { kind: 'ServiceAccount', namespace, name, ...(node === undefined ? {} : { node }) },
        part: `${provider} ${method} ${identity}`,
        severity: summary?.severity === 'critical' ? 'medium' : 'low',
        whyHere: `${world.noPodOrTemplate} runs as it; ${identity} reaches ${summary === undefined ? 'what its policies allow' : reachWords(summary)}`,
        evidence: [first, ...rest],
        fix: unlinkFix(world, link),
      };
    }
  },
});
