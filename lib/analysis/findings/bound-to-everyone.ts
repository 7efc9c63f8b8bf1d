import type { Grant } from '../../access/rbac/bindings.ts';
import { bindingEvidence } from '../../graph/evidence/grant.ts';
import { byBinding, EVERYBODY, subjectOf, unbindFix } from '../finding-facts/holders.ts';
import { bindings } from '../finding-facts/populations.ts';
import { validating } from '../finding-facts/prevention.ts';
import { milder, worse } from '../finding-facts/severity.ts';
import { isStockGrant } from '../finding-facts/stock-rbac.ts';
import { reachWords } from '../finding-facts/words.ts';
import type { FindingWorld } from '../finding-facts/world.ts';
import type { Severity } from '../summary.ts';
import { defineFinding, type FindingRow } from './finding.ts';

/** Who is meant, in words, and how bad the least of rights is with him. */
const WHO = new Map<string, { readonly who: string; readonly least: Severity }>([
  ['user:system:anonymous', { who: 'whoever reaches the API server, without any credential', least: 'high' }],
  ['group:system:unauthenticated', { who: 'whoever reaches the API server, without any credential', least: 'high' }],
  ['group:system:authenticated', { who: 'everybody with a credential: every pod with a token, every user', least: 'medium' }],
  ['group:system:serviceaccounts', { who: 'every pod with a token, of any namespace', least: 'medium' }],
]);

const SAID = new Map([...WHO].map(([key, { who }]) => [key, who]));

function rowOf(world: FindingWorld, key: string, grants: readonly [Grant, ...Grant[]]): FindingRow {
  const [grant, ...more] = grants;
  const subject = subjectOf(world, key);
  const summary = subject.node === undefined ? undefined : world.reachOf(subject.node);
  const { binding } = grant;
  const where = binding.namespace === undefined ? 'in the whole cluster' : `in namespace ${binding.namespace}`;
  const { least = 'medium' } = WHO.get(key) ?? {};
  // Paths such as /metrics tell something, and give nothing.
  const bound = grant.role?.rules.some(({ resources }) => resources.length > 0) === true ? least : milder(least);
  return {
    subject: { kind: binding.kind, ...(binding.namespace === undefined ? {} : { namespace: binding.namespace }), name: binding.name },
    part: key,
    severity: summary === undefined ? bound : worse(bound, summary.severity),
    whyHere: `${binding.roleRef.kind} ${binding.roleRef.name} ${where} is given to ${SAID.get(key)}${summary === undefined ? '' : `; with all that it is given, the ${subject.kind.toLowerCase()} reaches ${reachWords(summary)}`}`,
    evidence: [bindingEvidence(grant), ...more.map(bindingEvidence)],
    fix: unbindFix(...grants),
  };
}

export const boundToEveryone = defineFinding({
  id: 'bound-to-everyone',
  title: 'Roles are given to everybody',
  severity: 'high',
  class: 'rbac',
  why: 'These groups have members that nobody chose: each service account of each namespace, and with `system:unauthenticated` whoever can send a packet to the API server.',
  remediation: 'Name the accounts or groups that need the role; the defaults of the API server stay as they are.',
  misses: 'rules that somebody added to the default roles which everybody has',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  ],
  prevention: validating({
    name: 'no-bindings-to-everybody',
    says: 'refuses bindings to the groups that everybody is in, but for the defaults of the API server and what is in kube-public',
    resources: [['rbac.authorization.k8s.io', 'clusterrolebindings', 'rolebindings']],
    // kubeadm lets whoever joins read kube-public/cluster-info, and says so again at every upgrade.
    exempt: ['kube-public'],
    sparesControlPlane: true,
    field: 'subjects',
    validations: [
      {
        expression:
          '!has(object.subjects) || object.subjects.all(s, !(s.name in ["system:anonymous", "system:unauthenticated", "system:authenticated", "system:serviceaccounts"]))',
        message: 'name the service accounts, users or groups that need the role',
      },
    ],
  }),
  population: bindings,
  *find(world) {
    for (const key of EVERYBODY) {
      // A role without rules, or that does not exist, gives nothing.
      const giving = (world.rbac.bySubject.get(key) ?? []).filter((grant) => !isStockGrant(grant) && (grant.role?.rules.length ?? 0) > 0);
      for (const grants of byBinding(giving)) yield rowOf(world, key, grants);
    }
  },
});
