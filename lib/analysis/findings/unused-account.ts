import { serviceAccountUser } from '../../access/rbac/subject.ts';
import { bindingEvidence } from '../../graph/evidence/grant.ts';
import { deletion, fixBy } from '../finding-facts/fix-steps.ts';
import { firstOfBindings, unbindSteps } from '../finding-facts/holders.ts';
import { coreTarget } from '../finding-facts/patches.ts';
import { accounts } from '../finding-facts/populations.ts';
import { noPolicy } from '../finding-facts/prevention.ts';
import { isStockGrant } from '../finding-facts/stock-rbac.ts';
import { reachWords } from '../finding-facts/words.ts';
import type { FindingWorld } from '../finding-facts/world.ts';
import { defineFinding } from './finding.ts';

/** Accounts that something is meant to run as: pods that live, templates that make pods later, secrets with a token for somebody outside. */
function inUse({ inventory: { kubernetes }, workloads }: FindingWorld): ReadonlySet<string> {
  const used = new Set<string>();
  for (const {
    pods: [pod],
  } of workloads)
    used.add(`${pod.namespace}/${pod.spec.serviceAccountName}`);
  for (const { namespace, spec } of kubernetes.workloads) used.add(`${namespace}/${spec.serviceAccountName}`);
  for (const { namespace, annotations } of kubernetes.secrets) {
    const account = annotations.get('kubernetes.io/service-account.name');
    if (account !== undefined) used.add(`${namespace}/${account}`);
  }
  return used;
}

export const unusedAccount = defineFinding({
  id: 'unused-account',
  title: 'Accounts with rights that nothing runs as',
  severity: 'low',
  class: 'hygiene',
  why: 'Whoever may make pods or tokens in the namespace takes the account and its rights, and no workload would be missed if it had none.',
  remediation: 'Delete the account and its bindings, if nobody outside of the cluster asks for its tokens.',
  misses: 'whoever asks for tokens from outside of the cluster',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#periodic-review'],
  prevention: noPolicy('an account is always there before its pods; look for it again and again instead'),
  population: accounts,
  *find(world) {
    if (!world.knowsPods) return;
    const used = inUse(world);
    for (const { namespace, name } of world.inventory.kubernetes.serviceAccounts) {
      if (name === 'default' || used.has(`${namespace}/${name}`)) continue;
      // The controller manager asks for tokens of its controllers' accounts itself.
      const grants = (world.rbac.bySubject.get(`user:${serviceAccountUser(namespace, name)}`) ?? []).filter(
        (grant) => !isStockGrant(grant) && (grant.role?.rules.length ?? 0) > 0,
      );
      const [first, ...rest] = grants.map(bindingEvidence);
      if (first === undefined) continue;
      const node = world.accountNode(namespace, name);
      const summary = node === undefined ? undefined : world.reachOf(node);
      const isTop = summary?.severity === 'critical' || summary?.severity === 'high';
      yield {
        subject: { kind: 'ServiceAccount', namespace, name, ...(node === undefined ? {} : { node }) },
        severity: isTop ? 'medium' : 'low',
        whyHere: `${world.noPodOrTemplate} names it, and ${world.lacksSecrets(namespace) ? 'secrets were not all read, so one may hold a token of it' : 'no secret holds a token of it'}; whoever takes it reaches ${summary === undefined ? 'what its roles give' : reachWords(summary)}`,
        evidence: [first, ...rest],
        fix: fixBy(`take the account out of its bindings${firstOfBindings(grants)}, then delete it`, [
          ...unbindSteps(grants),
          deletion(coreTarget('ServiceAccount', { namespace, name })),
        ]),
      };
    }
  },
});
