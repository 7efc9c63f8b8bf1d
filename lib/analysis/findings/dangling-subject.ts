import type { Grant } from '../../access/rbac/bindings.ts';
import { splitServiceAccountUser } from '../../access/rbac/subject.ts';
import { bindingEvidence } from '../../graph/evidence/grant.ts';
import { byBinding, subjectOf, unbindFix } from '../finding-facts/holders.ts';
import { bindings } from '../finding-facts/populations.ts';
import { noPolicy } from '../finding-facts/prevention.ts';
import { isStockGrant } from '../finding-facts/stock-rbac.ts';
import { reachWords } from '../finding-facts/words.ts';
import type { FindingWorld } from '../finding-facts/world.ts';
import { defineFinding, type FindingRow } from './finding.ts';

function rowOf(world: FindingWorld, key: string, grants: readonly [Grant, ...Grant[]]): FindingRow {
  const subject = subjectOf(world, key);
  const summary = subject.node === undefined ? undefined : world.reachOf(subject.node);
  const isTop = summary?.severity === 'critical' || summary?.severity === 'high';
  const { namespace = '', name } = subject;
  const home = world.knowsNamespaces && world.namespace(namespace) === undefined ? ', and neither does its namespace' : '';
  const [first, ...more] = grants;
  const { binding } = first;
  return {
    subject: { kind: binding.kind, ...(binding.namespace === undefined ? {} : { namespace: binding.namespace }), name: binding.name },
    part: key,
    severity: isTop ? 'medium' : 'low',
    whyHere: `service account ${namespace}/${name} does not exist${home}; whoever makes it reaches ${summary === undefined ? 'what the role gives' : reachWords(summary)}`,
    evidence: [bindingEvidence(first), ...more.map(bindingEvidence)],
    fix: unbindFix(...grants),
  };
}

export const danglingSubject = defineFinding({
  id: 'dangling-subject',
  title: 'Bindings name service accounts that do not exist',
  severity: 'low',
  class: 'hygiene',
  why: 'The rights lie ready: whoever may make service accounts (and pods or tokens) in that namespace makes one of that name and has them.',
  remediation: 'Take the subject out of the binding.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects'],
  prevention: noPolicy(
    'an account may be deleted after it was bound, and tools apply bindings before accounts; look for it again and again instead',
  ),
  population: bindings,
  *find(world) {
    for (const [key, grants] of world.rbac.bySubject) {
      const account = key.startsWith('user:') ? splitServiceAccountUser(key.slice('user:'.length)) : undefined;
      // Controllers see to it that every namespace has a `default`.
      if (account === undefined || account.name === 'default' || world.accountExists(account.namespace, account.name)) continue;
      const giving = grants.filter((grant) => !isStockGrant(grant) && (grant.role?.rules.length ?? 0) > 0);
      for (const own of byBinding(giving)) yield rowOf(world, key, own);
    }
  },
});
