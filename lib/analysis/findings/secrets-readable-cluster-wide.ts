import type { AnyOf } from '../../graph/facts/rights.ts';
import { isCoveredByAdmin } from '../finding-facts/covered.ts';
import { clusterWideHolders, holderRow } from '../finding-facts/holders.ts';
import { subjects } from '../finding-facts/populations.ts';
import { validating } from '../finding-facts/prevention.ts';
import { defineFinding } from './finding.ts';

const READ: AnyOf = [{ verbs: ['get', 'list', 'watch'], apiGroup: '', resource: 'secrets' }];

export const secretsReadableClusterWide = defineFinding({
  id: 'secrets-readable-cluster-wide',
  title: 'Every secret of the cluster can be read',
  severity: 'high',
  class: 'rbac',
  why: 'Secrets hold tokens of service accounts, registry and database passwords, cloud keys and certificates of every team. `list` and `watch` return the values as `get` does.',
  remediation: 'Bind the role in the namespaces where it is needed, or name the secrets in `resourceNames` and grant `get` alone.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#listing-secrets'],
  prevention: validating({
    name: 'no-cluster-wide-secrets',
    says: 'refuses ClusterRoles that read secrets without naming them; roles of a namespace may',
    resources: [['rbac.authorization.k8s.io', 'clusterroles']],
    exempt: [],
    sparesControlPlane: true,
    field: 'rules',
    validations: [
      {
        expression:
          '!has(object.rules) || object.rules.all(r, !has(r.resources) || !(has(r.apiGroups) && r.apiGroups.exists(g, g in ["", "*"]) && r.resources.exists(x, x == "secrets" || x == "*") && r.verbs.exists(v, v in ["get", "list", "watch", "*"])) || (has(r.resourceNames) && size(r.resourceNames) > 0))',
        message: 'a ClusterRole may read only secrets that it names',
      },
    ],
  }),
  population: subjects,
  *find(world) {
    const secrets = world.inventory.kubernetes.secrets.length;
    for (const holder of clusterWideHolders(world, READ)) {
      if (isCoveredByAdmin(world, holder.key)) continue;
      yield holderRow(world, holder, {
        says: secrets === 0 ? 'it reads the values of every secret' : `it reads the values of all ${secrets} secrets that were read`,
        severity: 'high',
      });
    }
  },
});
