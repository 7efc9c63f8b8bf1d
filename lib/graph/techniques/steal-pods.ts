import { proven } from '../evidence/proven.ts';
import { eachComposed } from '../facts/composed.ts';
import { everything, hasAny } from '../facts/everything.ts';
import type { Facts, Proof } from '../facts/facts.ts';
import type { AnyOf, Part } from '../facts/rights.ts';
import { defineTechnique } from './technique.ts';

/** Each makes a pod go from its node, or makes its controller take it for gone. */
const REMOVE_PODS: AnyOf = [
  { verbs: ['delete', 'deletecollection'], apiGroup: '', resource: 'pods' },
  { verbs: ['create'], apiGroup: '', resource: 'pods', subresource: 'eviction' },
  { verbs: ['update', 'patch'], apiGroup: '', resource: 'pods' },
  { verbs: ['update', 'patch'], apiGroup: '', resource: 'pods', subresource: 'status' },
];

/** The same for all pods of a node: it is deleted, or tainted with NoExecute. */
const REMOVE_NODES: AnyOf = [{ verbs: ['delete', 'deletecollection', 'update', 'patch'], apiGroup: '', resource: 'nodes' }];

/** Each closes the other nodes to the scheduler: a taint, a cordon, or no room in their status. */
const STEER: AnyOf = [
  { verbs: ['update', 'patch'], apiGroup: '', resource: 'nodes' },
  { verbs: ['update', 'patch'], apiGroup: '', resource: 'nodes', subresource: 'status' },
];

const HANGS_ON =
  'root on a node that the pods fit, their controllers making them anew, and the scheduler taking that node once the others are closed';

/** NodeRestriction keeps kubelets to their own node and its pods, whatever RBAC gives them. */
const isKubelet = ({ nodes }: Facts, subject: number): boolean =>
  nodes.ids[subject] === 'group:system:nodes' || (nodes.ids[subject] as string).startsWith('user:system:node:');

/** The part as a ClusterRoleBinding gives it: nodes lie in no namespace, and a RoleBinding gives no right to them. */
const clusterWide = ({ rights, by }: Part): Part => ({ rights, by: by.filter(({ grant }) => grant.scope === '') });

export const stealPods = defineTechnique({
  id: 'steal-pods',
  title: 'Draws pods onto a node of its own',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-pods'],
  action:
    'Closes all nodes to the scheduler but the one that it controls and makes the pods go, so that they are made anew there, tokens and all.',
  precondition:
    '`update` or `patch` on `nodes` or `nodes/status` on any name, and in the namespace `delete`, `update` or `patch` on `pods`, `update` or `patch` on `pods/status` or `create` on `pods/eviction`, or `delete`, `update` or `patch` on `nodes`; not as a kubelet, which NodeRestriction keeps to its own node.',
  remediation: 'Give agents rights on nodes by name, or let a controller off the nodes write to nodes for them.',
  coverage: {
    level: 'partial',
    misses: 'rights on single pods, and whether the attacker has a node that the pods fit, which is named and not evaluated',
  },
  attck: ['T1578'],
  references: [
    'https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/',
    'https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction',
  ],
  find(facts, emit) {
    const report = (node: number, scope: string, parts: Proof['parts']): void => {
      if (isKubelet(facts, node) || parts.some(({ by }) => by.length === 0) || !hasAny(facts, 'all-pods', scope)) return;
      emit(node, everything(facts, 'all-pods', scope), facts.keep({ parts, hangsOn: HANGS_ON }), 'conditional');
    };
    eachComposed(facts, [{ rights: REMOVE_PODS }, { rights: STEER }], ({ node }, { scope, parts: [remove, steer] }) =>
      report(node, scope, [remove as Part, clusterWide(steer as Part)]),
    );
    eachComposed(facts, [{ rights: REMOVE_NODES }, { rights: STEER }], ({ node }, { scope, parts }) => {
      if (scope === '') report(node, scope, parts);
    });
  },
  ...proven,
});
