import type { GcpGrant } from '../../access/gcp/decide.ts';
import { ESCALATION_WAYS, escalates, type FoundEscalation } from '../../access/gcp/escalation.ts';
import type { GcpIdentity } from '../../access/gcp/identity.ts';
import { accountResource } from '../../access/gcp/impersonation.ts';
import { isOpen } from '../../access/gcp/judgement.ts';
import { memberMeans } from '../../access/gcp/member-match.ts';
import { type GcpResource, gcpResource } from '../../access/gcp/resource.ts';
import { hangsOnUnreadRoles } from '../../access/gcp/roles.ts';
import { allOf, type Closing, NEVER } from '../closing.ts';
import { decisionEvidence, grantChange, removeBinding } from '../evidence/gcp.ts';
import type { Facts } from '../facts/facts.ts';
import { everyAccountNode, gcpWorld, gsaNode, holders } from '../facts/gcp-world.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique, type Emit } from './technique.ts';

/** Details of edges that no binding gives by itself. */
const MEMBER = -1;
const ADMIN = -2;

/** The surest way, and what was asked to find it. */
interface Kept extends FoundEscalation {
  readonly request: { readonly identity: GcpIdentity; readonly resource: GcpResource };
  /** Resources whose own bindings make the edge. */
  readonly names: ReadonlySet<string>;
}

const ways = new WeakMap<Facts, Kept[]>();

interface Target {
  /** Node to draw the edge to, made when there is one. */
  readonly node: () => number;
  /** Account, or project for all of its accounts. */
  readonly resource: GcpResource;
  /** Resources whose own bindings are to be looked at. */
  readonly names: readonly string[];
}

/** The surest way of each who may become the target by a policy of `names`, by node. */
function bestWays(facts: Facts, { resource, names }: Target): ReadonlyMap<number, Kept> {
  const { index } = gcpWorld(facts);
  const best = new Map<number, Kept>();
  const asked = new Set(names);
  for (const way of ESCALATION_WAYS)
    for (const { node, identity } of holders(facts, way.permission, names)) {
      if (best.get(node)?.allowed === true) continue;
      const found = escalates(index, way, { identity, resource });
      if (found === undefined || (isOpen(found.allowed) && hangsOnUnreadRoles(found.allowed))) continue;
      if (!best.has(node) || found.allowed === true) best.set(node, { ...found, request: { identity, resource }, names: asked });
    }
  return best;
}

/** Every grant of every way, as each of them is enough: of a binding every member that means the identity. */
function* grantsOf(facts: Facts, { request, names }: Kept): Generator<GcpGrant> {
  const { index } = gcpWorld(facts);
  for (const way of ESCALATION_WAYS) {
    for (const grant of escalates(index, way, request)?.decision.grants ?? []) {
      if (!names.has(grant.policy.resource)) continue;
      for (const member of grant.binding.members)
        if (member === grant.member || memberMeans(index, index.member(member), request.identity) !== false) yield { ...grant, member };
    }
  }
}

function closingOf(facts: Facts, found: Kept): Closing {
  const changes = new Set([...grantsOf(facts, found)].map(grantChange));
  return allOf([...changes].map((change) => ({ change })));
}

/** Tokens of an account that a service account of the cluster may mint are told by the link between the two already. */
const isToldByLink = (facts: Facts, from: number, { found, own }: { found: FoundEscalation; own: boolean }): boolean =>
  own && found.way.code === 'access-token' && facts.nodes.kinds[from] === 'service-account';

function emitTarget(facts: Facts, target: Target, emit: Emit): void {
  const kept = ways.get(facts) as Kept[];
  const own = target.resource.name.includes('/serviceAccounts/');
  for (const [from, found] of bestWays(facts, target)) {
    if (isToldByLink(facts, from, { found, own })) continue;
    const to = target.node();
    if (from !== to) emit(from, to, kept.push(found) - 1, isOpen(found.allowed) ? 'conditional' : 'certain');
  }
}

/** Inherited rights lead to one node for all accounts of the project, and from there to each. */
function emitProject(facts: Facts, project: string, emit: Emit): void {
  const { index } = gcpWorld(facts);
  const resource = gcpResource(index, `projects/${project}`);
  const every = (): number => everyAccountNode(facts, project);
  emitTarget(facts, { node: every, resource, names: resource.lineage }, emit);
  const admin = facts.nodes.indexOf(`gcp-admin:projects/${project}`);
  if (admin !== undefined) emit(admin, every(), ADMIN);
  if (facts.nodes.indexOf(`gcp-grant:every service account of projects/${project}`) === undefined) return;
  for (const account of facts.inventory.gcp.serviceAccounts)
    if (account.project === project && !account.disabled) emit(every(), gsaNode(facts, account.email), MEMBER);
}

export const gcpImpersonate = defineTechnique({
  id: 'gcp-impersonate',
  title: 'Becomes another Google service account',
  class: 'cloud',
  walked: true,
  from: ['gcp-service-account', 'service-account', 'gcp-grant', 'gcp-admin'],
  to: ['gcp-service-account', 'gcp-grant'],
  action: "Mints the account's tokens, signs as it, makes a key, rewrites its policy, or starts something that runs as it.",
  precondition:
    'A binding on the account or above it gives getAccessToken, signJwt, signBlob, serviceAccountKeys.create or setIamPolicy; or actAs, with the permissions to start something in its project; no deny policy takes them away.',
  remediation: 'Bind such roles on single service accounts, never on projects; leave actAs to whoever deploys that one workload.',
  coverage: {
    level: 'partial',
    misses:
      'chains of delegates, changing what already runs as the account, running it from another project, and organisation policies that forbid keys',
  },
  attck: ['T1078.004', 'T1550.001', 'T1098.001'],
  references: [
    'https://cloud.google.com/iam/docs/service-account-impersonation',
    'https://cloud.google.com/iam/docs/service-account-permissions',
    'https://cloud.google.com/iam/docs/best-practices-service-accounts',
  ],
  find(facts, emit) {
    ways.set(facts, []);
    const { index } = gcpWorld(facts);
    for (const { email, disabled } of facts.inventory.gcp.serviceAccounts) {
      if (disabled) continue;
      const resource = accountResource(index, email);
      emitTarget(facts, { node: () => gsaNode(facts, email), resource, names: [resource.name] }, emit);
    }
    for (const { id } of facts.inventory.gcp.projects) emitProject(facts, id, emit);
  },
  changes(facts, { detail }) {
    const found = ways.get(facts)?.[detail];
    const closing = found === undefined ? NEVER : closingOf(facts, found);
    return 'change' in closing ? [closing.change] : [];
  },
  closing(facts, { detail }) {
    const found = ways.get(facts)?.[detail];
    return found === undefined ? NEVER : closingOf(facts, found);
  },
  fix(facts, { detail }, change) {
    const found = ways.get(facts)?.[detail];
    const grant = found === undefined ? undefined : [...grantsOf(facts, found)].find((one) => grantChange(one) === change);
    return grant === undefined ? undefined : removeBinding(grant);
  },
  explain(facts, { to, detail }) {
    const name = facts.nodes.names[to] as string;
    if (detail === MEMBER)
      return {
        evidence: [{ kind: 'GcpServiceAccount', name, pointer: '/projectId', says: 'belongs to the project, whose policy it inherits' }],
        fix: { says: 'take the role away that is bound on the project, or keep the account in a project of its own' },
      };
    if (detail === ADMIN)
      return {
        evidence: [
          {
            kind: 'GcpProject',
            name: name.slice(name.lastIndexOf('/') + 1),
            pointer: '/projectId',
            says: "whoever writes the project's policy grants itself the token creator role",
          },
        ],
        fix: { says: 'nothing closes this; leave setIamPolicy to people' },
      };
    const found = ways.get(facts)?.[detail];
    const grant = found?.decision.grants[0];
    if (found === undefined || grant === undefined) throw new Error(`gcp-impersonate: nothing behind the edge to ${name}`);
    const more = found.runDecision === undefined ? [] : decisionEvidence(found.runDecision);
    return {
      evidence: [...decisionEvidence(found.decision), ...more].map((one) => ({ ...one, says: `${one.says}: ${found.way.says}` })) as [
        Evidence,
        ...Evidence[],
      ],
      ...(isOpen(found.allowed) ? { hangsOn: found.allowed.join('; ') } : {}),
      fix: removeBinding(grant),
    };
  },
});
