import { decide, type GcpDecision } from '../../access/gcp/decide.ts';
import { gkeLink, projectOfLink } from '../../access/gcp/gke-cluster.ts';
import { isOpen } from '../../access/gcp/judgement.ts';
import { gcpResource } from '../../access/gcp/resource.ts';
import { hangsOnUnreadRoles } from '../../access/gcp/roles.ts';
import { NEVER } from '../closing.ts';
import { decisionChanges, decisionClosing, decisionEvidence, decisionFix, removeBinding } from '../evidence/gcp.ts';
import { everything, hasAny } from '../facts/everything.ts';
import type { Facts } from '../facts/facts.ts';
import { gcpWorld, holders } from '../facts/gcp-world.ts';
import { reachedByPodAuthor } from '../facts/pod-author.ts';
import type { Certainty } from '../kinds.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique, type Emit } from './technique.ts';

/** Details of edges that no binding gives. */
const ADMIN = -1;
const USER = -2;

interface Reached {
  readonly target: number;
  readonly certainty: Certainty;
  readonly hangsOn?: string;
}

/** What a permission opens in the cluster. Source: https://cloud.google.com/kubernetes-engine/docs/how-to/iam#kubernetes-engine-roles */
interface Opening {
  readonly permissions: readonly string[];
  readonly says: string;
  reached(facts: Facts): Iterable<Reached>;
}

const LEGACY_ABAC =
  'the cluster taking legacy ABAC (setLegacyAbac) or another change that lets everybody in, which organisation policies may forbid';

function* all(facts: Facts, kind: 'all-pods' | 'all-secrets' | 'all-service-accounts'): Generator<Reached> {
  if (hasAny(facts, kind, '')) yield { target: everything(facts, kind, ''), certainty: 'certain' };
}

const OPENINGS: readonly Opening[] = [
  {
    permissions: ['container.clusterRoleBindings.create', 'container.clusterRoles.bind'],
    says: 'binds cluster-admin to itself',
    *reached({ nodes }) {
      yield { target: nodes.clusterAdmin(), certainty: 'certain' };
    },
  },
  {
    permissions: ['container.clusters.update'],
    says: "changes the cluster's settings",
    *reached({ nodes }) {
      yield { target: nodes.clusterAdmin(), certainty: 'conditional', hangsOn: LEGACY_ABAC };
    },
  },
  { permissions: ['container.secrets.get'], says: 'reads secrets of all namespaces', reached: (facts) => all(facts, 'all-secrets') },
  { permissions: ['container.secrets.list'], says: 'lists secrets of all namespaces', reached: (facts) => all(facts, 'all-secrets') },
  { permissions: ['container.pods.exec'], says: 'runs commands in pods of all namespaces', reached: (facts) => all(facts, 'all-pods') },
  {
    permissions: ['container.serviceAccounts.createToken'],
    says: 'mints tokens of all service accounts',
    reached: (facts) => all(facts, 'all-service-accounts'),
  },
  {
    permissions: ['container.pods.create'],
    says: 'creates pods in all namespaces',
    *reached(facts) {
      for (const { target, certainty, hangsOn } of reachedByPodAuthor(facts, ''))
        yield { target, certainty, ...(hangsOn === undefined ? {} : { hangsOn }) };
    },
  },
];

interface Found {
  readonly opening: Opening;
  readonly decision: GcpDecision;
  readonly hangsOn: readonly string[];
}

const kept = new WeakMap<Facts, Found[]>();

/** Whoever holds all permissions of an opening on the cluster's project. */
function emitOpening(facts: Facts, opening: Opening, emit: Emit): void {
  const { index } = gcpWorld(facts);
  const found = kept.get(facts) as Found[];
  const resource = gcpResource(index, (gkeLink(facts.inventory) as string).replace(/^.*?\/v1\//, ''));
  const known = { resource, ...(index.asOf === undefined ? {} : { at: index.asOf }) };
  for (const { node, identity } of holders(facts, opening.permissions[0] as string, resource.lineage)) {
    const decisions = opening.permissions.map((permission) => decide(index, { ...known, identity, permission }));
    if (decisions.some(({ allowed }) => allowed === false || (isOpen(allowed) && hangsOnUnreadRoles(allowed)))) continue;
    const open = [...new Set(decisions.flatMap(({ allowed }) => (isOpen(allowed) ? allowed : [])))];
    for (const { target, certainty, hangsOn } of opening.reached(facts)) {
      const on = [...open, ...(hangsOn === undefined ? [] : [hangsOn])];
      const detail = found.push({ opening, decision: decisions[0] as GcpDecision, hangsOn: on }) - 1;
      emit(node, target, detail, open.length > 0 ? 'conditional' : certainty);
    }
  }
}

export const gkeAccess = defineTechnique({
  id: 'gke-access',
  title: 'Gets into the GKE cluster by IAM',
  class: 'cloud',
  walked: true,
  from: ['gcp-service-account', 'service-account', 'gcp-admin'],
  to: ['cluster-admin', 'all-secrets', 'all-pods', 'all-service-accounts', 'all-nodes', 'user'],
  action: 'Calls the API server with a Google access token, which IAM authorises beside RBAC.',
  precondition:
    'A role on the project of the cluster, or above it, holds container permissions on objects of the cluster or on the cluster itself; or RBAC names the account as a user.',
  remediation: 'Give accounts roles/container.clusterViewer and the rest by RBAC in the namespaces that they need.',
  coverage: {
    level: 'partial',
    misses: 'permissions on other kinds of object, groups of Google Groups for RBAC, and whether the endpoint can be reached',
  },
  attck: ['T1078.004', 'T1609'],
  references: [
    'https://cloud.google.com/kubernetes-engine/docs/how-to/iam',
    'https://cloud.google.com/kubernetes-engine/docs/how-to/role-based-access-control',
  ],
  find(facts, emit) {
    kept.set(facts, []);
    const link = gkeLink(facts.inventory);
    if (link === undefined) return;
    for (const opening of OPENINGS) emitOpening(facts, opening, emit);
    const admin = facts.nodes.indexOf(`gcp-admin:projects/${projectOfLink(link)}`);
    if (admin !== undefined) emit(admin, facts.nodes.clusterAdmin(), ADMIN);
    for (const { email, disabled } of facts.inventory.gcp.serviceAccounts) {
      const user = facts.nodes.indexOf(`user:${email}`);
      const account = facts.nodes.indexOf(`gsa:${email}`);
      if (user !== undefined && !disabled) emit(account ?? facts.nodes.intern('gcp-service-account', email), user, USER);
    }
  },
  changes(facts, { detail }) {
    const found = kept.get(facts)?.[detail];
    return found === undefined ? [] : decisionChanges(found.decision);
  },
  closing(facts, { detail }) {
    const decision = kept.get(facts)?.[detail]?.decision;
    return decision === undefined ? NEVER : decisionClosing(decision);
  },
  fix(facts, { detail }, change) {
    const decision = kept.get(facts)?.[detail]?.decision;
    return decision === undefined ? undefined : decisionFix(decision, change);
  },
  explain(facts, { from, detail }) {
    const link = gkeLink(facts.inventory) as string;
    const name = facts.nodes.names[from] as string;
    if (detail === ADMIN)
      return {
        evidence: [
          {
            kind: 'GkeCluster',
            name: link,
            pointer: '/selfLink',
            says: `lies in ${name}: its administrator grants itself container.admin`,
          },
        ],
        fix: { says: 'nothing closes this; leave setIamPolicy to people' },
      };
    if (detail === USER)
      return {
        evidence: [
          { kind: 'GcpServiceAccount', name, pointer: '/email', says: 'is the name of the user that the API server takes it for' },
        ],
        fix: { says: 'take the user out of the bindings of RBAC' },
      };
    const found = kept.get(facts)?.[detail];
    const grant = found?.decision.grants[0];
    if (found === undefined || grant === undefined) throw new Error(`gke-access: nothing behind an edge from ${name}`);
    return {
      evidence: decisionEvidence(found.decision).map((one) => ({ ...one, says: `${one.says}: ${found.opening.says}` })) as [
        Evidence,
        ...Evidence[],
      ],
      ...(found.hangsOn.length === 0 ? {} : { hangsOn: found.hangsOn.join('; ') }),
      fix: removeBinding(grant),
    };
  },
});
