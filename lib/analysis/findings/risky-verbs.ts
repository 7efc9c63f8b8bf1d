import type { AnyOf, Right } from '../../graph/facts/rights.ts';
import { isCoveredByAdmin } from '../finding-facts/covered.ts';
import { type Holder, holderRow, holders } from '../finding-facts/holders.ts';
import { subjects } from '../finding-facts/populations.ts';
import { validating } from '../finding-facts/prevention.ts';
import type { FindingWorld } from '../finding-facts/world.ts';
import { defineFinding } from './finding.ts';

const RBAC = 'rbac.authorization.k8s.io';
const right = (verb: string, apiGroup: string, resource: string): Right => ({ verbs: [verb], apiGroup, resource });

interface Risky {
  readonly verb: string;
  readonly does: string;
  readonly rights: AnyOf;
  /** Resources without a namespace: only a ClusterRoleBinding gives anything on them. */
  readonly clusterWide: boolean;
}

/** Verbs by which somebody gets rights that he does not have. Source: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks */
const RISKY: readonly Risky[] = [
  {
    verb: 'escalate',
    does: 'write rules into roles that it does not hold itself',
    rights: [right('escalate', RBAC, 'clusterroles')],
    clusterWide: true,
  },
  {
    verb: 'escalate',
    does: 'write rules into roles of the namespace that it does not hold itself',
    rights: [right('escalate', RBAC, 'roles')],
    clusterWide: false,
  },
  {
    verb: 'bind',
    does: 'bind roles that it does not hold itself',
    rights: [right('bind', RBAC, 'clusterroles'), right('bind', RBAC, 'roles')],
    clusterWide: false,
  },
  {
    verb: 'impersonate',
    does: 'act as other users and groups',
    rights: [right('impersonate', '', 'users'), right('impersonate', '', 'groups')],
    clusterWide: true,
  },
  { verb: 'impersonate', does: 'act as other service accounts', rights: [right('impersonate', '', 'serviceaccounts')], clusterWide: false },
];

interface Held {
  readonly risky: Risky;
  readonly holder: Holder;
}

/** Who holds what, without what a wider right of the same holder says already. */
function byHolder(world: FindingWorld): ReadonlyMap<string, readonly Held[]> {
  const found = new Map<string, Held[]>();
  for (const risky of RISKY) {
    const all = [...holders(world, risky.rights)].filter(({ holding }) => !risky.clusterWide || holding.scope === '');
    const everywhere = new Set(all.filter(({ holding: { scope, name } }) => scope === '' && name === undefined).map(({ key }) => key));
    for (const holder of all) {
      const { key, holding } = holder;
      const isWidest = holding.scope === '' && holding.name === undefined;
      if ((everywhere.has(key) && !isWidest) || isCoveredByAdmin(world, key)) continue;
      const list = found.get(key);
      if (list === undefined) found.set(key, [{ risky, holder }]);
      else list.push({ risky, holder });
    }
  }
  return found;
}

function said({ risky: { verb, does }, holder: { holding } }: Held): string {
  const { scope, name } = holding;
  const where = scope === '' ? 'in the whole cluster' : `in namespace ${scope}`;
  return `\`${verb}\` lets it ${does} ${where}${name === undefined ? '' : `, on ${name} alone`}`;
}

export const riskyVerbs = defineFinding({
  id: 'risky-verbs',
  title: 'Rights that give more rights: escalate, bind, impersonate',
  severity: 'high',
  class: 'rbac',
  why: 'These verbs go around the rule that nobody can give what he does not have. A role that holds one is worth as much as the strongest role or identity in its reach.',
  remediation: 'Take the verb out of the role; where a controller needs it, name the roles or accounts in `resourceNames`.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks'],
  prevention: validating({
    name: 'no-escalating-verbs',
    says: 'refuses roles with escalate, bind or impersonate, by a wildcard too, that name no object',
    resources: [['rbac.authorization.k8s.io', 'clusterroles', 'roles']],
    sparesControlPlane: true,
    field: 'rules',
    validations: [
      {
        expression:
          '!has(object.rules) || object.rules.all(r, !(r.verbs.exists(v, v in ["escalate", "bind", "impersonate"]) || ("*" in r.verbs && has(r.resources) && r.resources.exists(x, x in ["roles", "clusterroles", "users", "groups", "serviceaccounts", "*"]) && has(r.apiGroups) && r.apiGroups.exists(g, g in ["", "*", "rbac.authorization.k8s.io"]))) || (has(r.resourceNames) && size(r.resourceNames) > 0))',
        message: 'escalate, bind and impersonate need resourceNames',
      },
    ],
  }),
  population: subjects,
  *find(world) {
    for (const [key, held] of byHolder(world)) {
      const [first, ...rest] = held.flatMap(({ holder }) => holder.by);
      if (first === undefined) continue;
      const everywhere = held.some(({ holder: { holding } }) => holding.scope === '' && holding.name === undefined);
      const holding = (held[0] as Held).holder.holding;
      yield holderRow(
        world,
        { key, holding, by: [first, ...rest] },
        {
          says: held.map(said).join('; '),
          severity: everywhere ? 'high' : 'medium',
          leadsToAdmin: everywhere,
        },
      );
    }
  },
});
