import { decide, type GcpDecision } from '../../access/gcp/decide.ts';
import { isOpen } from '../../access/gcp/judgement.ts';
import { gcpResource } from '../../access/gcp/resource.ts';
import { hangsOnUnreadRoles } from '../../access/gcp/roles.ts';
import { NEVER } from '../closing.ts';
import { decisionChanges, decisionClosing, decisionEvidence, decisionFix, removeBinding } from '../evidence/gcp.ts';
import type { Facts } from '../facts/facts.ts';
import { gcpWorld, holders } from '../facts/gcp-world.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique } from './technique.ts';

/** Detail of the edge from what stands above. */
const ABOVE = -1;

const decisions = new WeakMap<Facts, GcpDecision[]>();

const PERMISSIONS = new Map([
  ['projects', 'resourcemanager.projects.setIamPolicy'],
  ['folders', 'resourcemanager.folders.setIamPolicy'],
  ['organizations', 'resourcemanager.organizations.setIamPolicy'],
]);

/** Projects, folders and organisations that the data names. */
function resourcesOf({ inventory: { gcp } }: Facts): readonly string[] {
  const names = new Set([...gcp.projects.map(({ id }) => `projects/${id}`), ...gcp.folders.map(({ name }) => name)]);
  for (const { resource } of gcp.policies) if (/^(?:projects|folders|organizations)\/[^/]+$/.test(resource)) names.add(resource);
  return [...names].sort();
}

export const gcpAdministrator = defineTechnique({
  id: 'gcp-administrator',
  title: 'Administers a Google Cloud project, folder or organisation',
  class: 'cloud',
  walked: true,
  from: ['gcp-service-account', 'service-account', 'gcp-admin'],
  to: ['gcp-admin'],
  action: 'Writes the allow policy and so grants itself every role there and below.',
  precondition:
    'A role with setIamPolicy on the project, folder or organisation, granted there or above, under its condition; no deny policy takes it away.',
  remediation: 'Leave roles that write policies to people; give workloads the roles that they use.',
  coverage: {
    level: 'partial',
    misses: "roles of Google's whose permissions were not read, writers of custom roles, and principal access boundaries",
  },
  attck: ['T1078.004', 'T1098.003'],
  references: ['https://cloud.google.com/iam/docs/understanding-roles'],
  find(facts, emit) {
    const { index } = gcpWorld(facts);
    const kept: GcpDecision[] = [];
    decisions.set(facts, kept);
    for (const name of resourcesOf(facts)) {
      const permission = PERMISSIONS.get(name.slice(0, name.indexOf('/'))) as string;
      const resource = gcpResource(index, name);
      const admin = (): number => facts.nodes.intern('gcp-admin', name);
      for (const { node, identity } of holders(facts, permission, resource.lineage)) {
        const decision = decide(index, { identity, permission, resource, ...(index.asOf === undefined ? {} : { at: index.asOf }) });
        const { allowed } = decision;
        if (allowed === false || (isOpen(allowed) && hangsOnUnreadRoles(allowed))) continue;
        emit(node, admin(), kept.push(decision) - 1, isOpen(allowed) ? 'conditional' : 'certain');
      }
    }
    for (const name of resourcesOf(facts)) {
      const parent = index.parents.get(name);
      const above = parent === undefined ? undefined : facts.nodes.indexOf(`gcp-admin:${parent}`);
      if (above !== undefined) emit(above, facts.nodes.intern('gcp-admin', name), ABOVE);
    }
  },
  changes(facts, { detail }) {
    const decision = decisions.get(facts)?.[detail];
    return decision === undefined ? [] : decisionChanges(decision);
  },
  closing(facts, { detail }) {
    const decision = decisions.get(facts)?.[detail];
    return decision === undefined ? NEVER : decisionClosing(decision);
  },
  fix(facts, { detail }, change) {
    const decision = decisions.get(facts)?.[detail];
    return decision === undefined ? undefined : decisionFix(decision, change);
  },
  explain(facts, { to, detail }) {
    const name = facts.nodes.names[to] as string;
    if (detail === ABOVE)
      return {
        evidence: [
          {
            kind: name.startsWith('projects/') ? 'GcpProject' : 'GcpFolder',
            name: name.replace(/^projects\//, ''),
            pointer: '/parent',
            says: 'lies in it, and policies are inherited',
          },
        ],
        fix: { says: 'nothing closes this but moving it elsewhere' },
      };
    const decision = decisions.get(facts)?.[detail];
    const grant = decision?.grants[0];
    if (decision === undefined || grant === undefined) throw new Error(`gcp-administrator: no grant behind ${name}`);
    return {
      evidence: decisionEvidence(decision) as [Evidence, ...Evidence[]],
      ...(isOpen(decision.allowed) ? { hangsOn: decision.allowed.join('; ') } : {}),
      fix: removeBinding(grant),
    };
  },
});
