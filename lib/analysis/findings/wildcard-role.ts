import { listed, ruleOperations } from '../../graph/evidence/grant.ts';
import { objectEvidence } from '../../graph/evidence/objects.ts';
import type { Evidence } from '../../graph/model.ts';
import type { Binding, PolicyRule, Role } from '../../inventory/kubernetes.ts';
import { fixBy, jsonStep } from '../finding-facts/fix-steps.ts';
import { rbacTarget } from '../finding-facts/patches.ts';
import { roles } from '../finding-facts/populations.ts';
import { validating } from '../finding-facts/prevention.ts';
import { worstOf } from '../finding-facts/severity.ts';
import { bindingsByRole, isStockRole } from '../finding-facts/stock-rbac.ts';
import { counted, some } from '../finding-facts/words.ts';
import type { Severity } from '../summary.ts';
import { defineFinding, type FindingRow, type RowFix } from './finding.ts';

/** How wide a rule is: everything, everything of Kubernetes' own core, or reading everything. */
function widthOf({
  verbs,
  apiGroups,
  resources,
  resourceNames,
}: PolicyRule): 'everything' | 'all verbs on all resources' | 'reading all resources' | undefined {
  if (!resources.includes('*') || resourceNames.length > 0) return undefined;
  const everyGroup = apiGroups.includes('*');
  if (verbs.includes('*'))
    return everyGroup ? 'everything' : apiGroups.some((group) => CORE.has(group)) ? 'all verbs on all resources' : undefined;
  // Reading all of the core reads secrets.
  return (everyGroup || apiGroups.includes('')) && verbs.some((verb) => verb === 'get' || verb === 'list')
    ? 'reading all resources'
    : undefined;
}

/** Groups in which a wildcard gives other identities; `*` in the group of an operator's own resources is its business. */
const CORE = new Set(['', 'apps', 'batch', 'rbac.authorization.k8s.io']);

const SEVERITY: Readonly<Record<NonNullable<ReturnType<typeof widthOf>>, Severity>> = {
  everything: 'high',
  'all verbs on all resources': 'high',
  'reading all resources': 'medium',
};

function fixOf(role: Role, wide: readonly { readonly rule: PolicyRule; readonly index: number }[]): RowFix {
  const { kind, name, aggregation } = role;
  // The controller manager writes the rules of such a role anew.
  if (aggregation !== undefined)
    return {
      says: `write out the resources and verbs in the roles whose rules ${kind} ${name} collects by their labels`,
      lacks: `the controller manager collects the rules of ${kind} ${name} from other roles and writes them anew, so that a patch of this one does not last`,
    };
  const places = `${wide.length === 1 ? 'rule' : 'rules'} ${wide.map(({ index }) => index).join(', ')}`;
  return fixBy(
    `put the resources and verbs that are used into ${places} of ${kind} ${name}; what is below drops ${wide.length === 1 ? 'it' : 'them'}`,
    [jsonStep(rbacTarget(role), ruleOperations(wide))],
  );
}

function rowOf(role: Role, bindings: readonly Binding[]): FindingRow | undefined {
  const wide = role.rules.flatMap((rule, index) => {
    const width = widthOf(rule);
    return width === undefined ? [] : [{ rule, index, width }];
  });
  const [first] = wide;
  if (first === undefined) return undefined;
  const scopes = bindings.map(({ namespace }) => (namespace === undefined ? 'in the whole cluster' : `in namespace ${namespace}`));
  const isClusterWide = bindings.some(({ namespace }) => namespace === undefined);
  const severity = worstOf(wide.map(({ width }) => SEVERITY[width]));
  const subjects = bindings.reduce((sum, binding) => sum + binding.subjects.length, 0);
  const evidence = [
    ...wide.map(({ rule, index }) =>
      objectEvidence(role.kind, role, `/rules/${index}`, `allows ${listed(rule.verbs)} on ${listed(rule.resources)}`),
    ),
    ...bindings.slice(0, 3).map((one) => objectEvidence(one.kind, one, '/roleRef', `binds ${role.kind} ${role.name}`)),
  ];
  return {
    subject: { kind: role.kind, ...(role.namespace === undefined ? {} : { namespace: role.namespace }), name: role.name },
    severity: isClusterWide ? severity : 'medium',
    whyHere: `it allows ${[...new Set(wide.map(({ width }) => width))].join(' and ')}, and ${counted(bindings.length, 'binding gives', 'bindings give')} it to ${counted(subjects, 'subject')} ${some([...new Set(scopes)])}`,
    evidence: evidence as unknown as readonly [Evidence, ...Evidence[]],
    fix: fixOf(role, wide),
  };
}

export const wildcardRole = defineFinding({
  id: 'wildcard-role',
  title: 'Roles with wildcards are bound',
  severity: 'high',
  class: 'rbac',
  why: 'A wildcard covers what is there today and what comes tomorrow: new resources, subresources such as pods/exec, verbs such as escalate.',
  remediation: 'Write the resources and verbs out that are used.',
  misses:
    'rules that somebody added to a default role of the API server; wildcards in the API group of an operator; rights that are spelled out one by one',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege'],
  prevention: validating({
    name: 'no-wildcard-rules',
    says: 'refuses rules with `*` for resources and for verbs or API groups',
    resources: [['rbac.authorization.k8s.io', 'clusterroles', 'roles']],
    sparesControlPlane: true,
    field: 'rules',
    validations: [
      {
        expression:
          '!has(object.rules) || object.rules.all(r, !has(r.resources) || !("*" in r.resources) || (!("*" in r.verbs) && (!has(r.apiGroups) || !("*" in r.apiGroups))))',
        message: 'write out the resources and verbs that are needed',
      },
    ],
  }),
  population: roles,
  *find({ inventory: { kubernetes }, rbac }) {
    for (const [role, bindings] of bindingsByRole(kubernetes.bindings, rbac.roles)) {
      const row = isStockRole(role) ? undefined : rowOf(role, bindings);
      if (row !== undefined) yield row;
    }
  },
});
