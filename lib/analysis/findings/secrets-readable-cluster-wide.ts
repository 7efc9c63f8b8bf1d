import type { AnyOf } from '../../graph/facts/rights.ts';
import { clusterWideHolders, holderRows } from '../finding-facts/holders.ts';
import { subjects } from '../finding-facts/populations.ts';
import { refusingRules } from '../finding-facts/prevention.ts';
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
  prevention: refusingRules({
    name: 'no-cluster-wide-secrets',
    says: 'refuses ClusterRoles that read secrets without naming them; roles of a namespace may',
    expression:
      '!has(object.rules) || object.rules.all(r, !has(r.resources) || !(has(r.apiGroups) && r.apiGroups.exists(g, g in ["", "*"]) && r.resources.exists(x, x == "secrets" || x == "*") && r.verbs.exists(v, v in ["get", "list", "watch", "*"])) || (has(r.resourceNames) && size(r.resourceNames) > 0))',
    message: 'a ClusterRole may read only secrets that it names',
  }),
  population: subjects,
  find(world) {
    const secrets = world.inventory.kubernetes.secrets.length;
    const says = secrets === 0 ? 'it reads the values of every secret' : `it reads the values of all ${secrets} secrets that were read`;
    return holderRows(world, clusterWideHolders(world, READ), () => ({ says, severity: 'high' }));
  },
});
