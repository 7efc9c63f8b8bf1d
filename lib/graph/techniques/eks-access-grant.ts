import { type ClusterGrant, clusterGrants } from '../../access/aws/cluster-access.ts';
import type { EksCluster } from '../../inventory/aws.ts';
import { objectEvidence } from '../evidence/objects.ts';
import {
  AWS_PRINCIPALS,
  actors,
  changesOfWays,
  closingOfWays,
  fixOfChange,
  fixOfRights,
  principalAt,
  rightsEvidence,
  worldOf,
} from '../facts/aws-principals.ts';
import { bindableGroups } from '../facts/cluster-access.ts';
import type { Facts } from '../facts/facts.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique } from './technique.ts';

function grantOf(facts: Facts, from: number, to: number): ClusterGrant {
  const gives = facts.nodes.kinds[to] === 'group' ? 'groups' : 'admin';
  const grant = clusterGrants(worldOf(facts), principalAt(facts, from)).find((one) => one.gives === gives);
  if (grant === undefined) throw new Error(`eks-access-grant: ${facts.nodes.ids[from]} gives itself nothing`);
  return grant;
}

/** The principal's own entry, or that the cluster takes entries at all. */
function clusterEvidence({ arn }: EksCluster, { entry }: ClusterGrant): Evidence {
  if (entry !== undefined)
    return objectEvidence(
      'EksAccessEntry',
      { name: entry.arn },
      '/accessEntry/principalArn',
      'is its own access entry, which it may change',
    );
  return objectEvidence('EksCluster', { name: arn }, '/cluster/arn', 'is the cluster whose access entries it may make');
}

export const eksAccessGrant = defineTechnique({
  id: 'eks-access-grant',
  title: 'Gives itself access to the cluster in EKS',
  class: 'cloud',
  walked: true,
  from: AWS_PRINCIPALS,
  to: ['cluster-admin', 'group'],
  action: 'Makes or changes an access entry for itself, with AmazonEKSClusterAdminPolicy or with a group that bindings name.',
  precondition:
    "A principal of the cluster's account is allowed eks:CreateAccessEntry and eks:AssociateAccessPolicy, or one of the second and eks:UpdateAccessEntry on its own entry; where the cluster knows aws-auth alone, eks:UpdateClusterConfig too.",
  remediation: 'Allow eks:CreateAccessEntry, eks:AssociateAccessPolicy and eks:UpdateAccessEntry to administrators of the cluster alone.',
  coverage: {
    level: 'partial',
    misses: 'user names that an entry could be given; entries made for another principal that the attacker also has',
  },
  attck: ['T1098'],
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html',
  ],
  find(facts, emit) {
    const world = worldOf(facts);
    for (const { node, principal } of actors(facts)) {
      const grants = clusterGrants(world, principal);
      const admin = grants.find(({ gives }) => gives === 'admin');
      if (admin !== undefined) emit(node, facts.nodes.clusterAdmin(), 0, admin.dependsOn.length === 0 ? 'certain' : 'conditional');
      const groups = grants.find(({ gives }) => gives === 'groups');
      // Whoever can surely make itself cluster admin gains nothing by a group.
      if (groups === undefined || admin?.dependsOn.length === 0) continue;
      for (const group of bindableGroups(facts)) emit(node, group, 0, groups.dependsOn.length === 0 ? 'certain' : 'conditional');
    }
  },
  changes(facts, { from, to }) {
    return changesOfWays(facts, principalAt(facts, from), [grantOf(facts, from, to).rights]);
  },
  closing(facts, { from, to }) {
    return closingOfWays(facts, principalAt(facts, from), [grantOf(facts, from, to).rights]);
  },
  fix(facts, { from }, change) {
    return fixOfChange(facts, principalAt(facts, from), change);
  },
  explain(facts, { from, to }) {
    const principal = principalAt(facts, from);
    const grant = grantOf(facts, from, to);
    const own = rightsEvidence(facts, principal, grant.rights);
    return {
      evidence: [clusterEvidence(worldOf(facts).cluster as EksCluster, grant), ...own],
      ...(grant.dependsOn.length === 0 ? {} : { hangsOn: grant.dependsOn.join('; ') }),
      fix: fixOfRights(facts, principal, grant.rights),
    };
  },
});
