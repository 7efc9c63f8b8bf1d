import { minorVersionOf } from '../../graph/facts/facts.ts';
import type { AnyOf } from '../../graph/facts/rights.ts';
import { clusterWideHolders, holderRows } from '../finding-facts/holders.ts';
import { subjects } from '../finding-facts/populations.ts';
import { refusingRules } from '../finding-facts/prevention.ts';
import { defineFinding } from './finding.ts';

const ENTER: AnyOf = [
  { verbs: ['create'], apiGroup: '', resource: 'pods', subresource: 'exec' },
  { verbs: ['create'], apiGroup: '', resource: 'pods', subresource: 'attach' },
  { verbs: ['update', 'patch'], apiGroup: '', resource: 'pods', subresource: 'ephemeralcontainers' },
];

/** The minor version from which on `create` is asked for. */
const CREATE_FROM = 35;

/** Before 1.35 `get` is enough, as exec over a WebSocket begins with a GET; see `webSocketGet` of the technique pod-exec. */
const ENTER_BY_GET: AnyOf = [
  ...ENTER,
  ...['exec', 'attach'].map((subresource) => ({ verbs: ['get'], apiGroup: '', resource: 'pods', subresource })),
];

export const execEverywhere = defineFinding({
  id: 'exec-everywhere',
  title: 'Every pod of the cluster can be entered',
  severity: 'high',
  class: 'rbac',
  why: 'A shell in a pod is all that the pod is: its token, its files, its cloud identity. In every namespace that includes those of the control plane.',
  remediation: 'Bind the role in single namespaces; give people who debug a right that ends.',
  misses: '`get` on pods/exec where the version of the cluster is not known: it is enough before 1.35',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  prevention: refusingRules({
    name: 'no-cluster-wide-exec',
    says: 'refuses ClusterRoles that enter pods; Roles of a namespace may',
    expression:
      '!has(object.rules) || object.rules.all(r, !has(r.resources) || !(has(r.apiGroups) && r.apiGroups.exists(g, g in ["", "*"])) || (!r.resources.exists(x, x in ["pods/exec", "pods/attach", "pods/ephemeralcontainers", "*/exec", "*/attach", "*/ephemeralcontainers"]) && !("*" in r.resources && r.verbs.exists(v, v in ["create", "update", "patch", "*"]))))',
    message: 'a ClusterRole may not let its holders enter pods; use a Role in the namespace',
  }),
  population: subjects,
  find(world) {
    const pods = world.podCount === 0 ? 'any pod' : `any of ${world.podCount} pods`;
    const isGetEnough = (minorVersionOf(world.inventory.cluster.version) ?? CREATE_FROM) < CREATE_FROM;
    const entering = clusterWideHolders(world, isGetEnough ? ENTER_BY_GET : ENTER);
    return holderRows(world, entering, () => ({ says: `it can run commands in ${pods}`, severity: 'high' }));
  },
});
