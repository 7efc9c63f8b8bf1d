import { proven } from '../evidence/proven.ts';
import { everything } from '../facts/everything.ts';
import type { AnyOf } from '../facts/rights.ts';
import { EVERYWHERE } from '../node-id.ts';
import { defineTechnique } from './technique.ts';

const RIGHT: AnyOf = [
  { verbs: ['update', 'patch'], apiGroup: '', resource: 'pods', subresource: 'status' },
  { verbs: ['update', 'patch'], apiGroup: '', resource: 'pods' },
];

export const relabel = defineTechnique({
  id: 'relabel',
  title: 'Draws traffic of services to a pod',
  class: 'rbac',
  walked: false,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-traffic'],
  action:
    'Gives a pod the labels that a Service selects, so that its traffic comes to that pod; `pods/status` lets labels be changed as `pods` does.',
  precondition: '`update` or `patch` on `pods/status` or `pods` in the namespace.',
  remediation: 'Leave `pods/status` to kubelets and controllers.',
  coverage: {
    level: 'partial',
    misses:
      'what the traffic holds; labels of nodes by `nodes/status`, which move pods only onto a node that the attacker has already (that way is told as `steal-pods`)',
  },
  attck: ['T1557'],
  references: [
    'https://github.com/kubernetes/kubernetes/blob/master/pkg/registry/core/pod/strategy.go',
    'https://kubernetes.io/docs/concepts/services-networking/service/',
  ],
  find(facts, emit) {
    const { liveNamespaces } = facts.pods;
    facts.eachHolding(RIGHT, ({ node }, { scope, name, by }) => {
      const everywhere = scope === '' || scope === EVERYWHERE;
      if (everywhere ? liveNamespaces.size === 0 : !liveNamespaces.has(scope)) return;
      const which = name === undefined ? 'in a pod of the namespace' : `in a pod \`${name}\` of the namespace`;
      const hangsOn = `the attacker being ${which}, to receive what then comes, and a Service there that selects by labels`;
      emit(node, everything(facts, 'all-traffic', scope), facts.keep({ parts: [{ rights: RIGHT, by }], hangsOn }), 'conditional');
    });
  },
  ...proven,
});
