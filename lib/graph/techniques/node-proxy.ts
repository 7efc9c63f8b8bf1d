import { proven } from '../evidence/proven.ts';
import { everything, hasAny } from '../facts/everything.ts';
import { isProxyGuarded, proxiedName } from '../facts/proxied-name.ts';
import type { AnyOf } from '../facts/rights.ts';
import { defineTechnique } from './technique.ts';

const RIGHT: AnyOf = [{ verbs: ['get', 'create'], apiGroup: '', resource: 'nodes', subresource: 'proxy' }];

/** The kubelet asks the API server for the same right, and no admission. Source: kubernetes/pkg/kubelet/server/auth.go. */
const DIRECTLY = 'the port of the kubelet (10250) being reached directly, where admission is not asked';

export const nodeProxy = defineTechnique({
  id: 'node-proxy',
  title: 'Runs commands through the kubelet',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-pods', 'pod'],
  action: "Calls the kubelet's own API, past admission and audit, and opens a shell in any pod of the node.",
  precondition:
    '`get` or `create` on `nodes/proxy` by a ClusterRoleBinding, unnamed or naming the node (with scheme and port as in `https:NODE:10250`); `get` is enough over a WebSocket.',
  remediation: 'Grant `nodes/metrics`, `nodes/stats` and `nodes/log` instead, which do not run commands.',
  coverage: { level: 'full' },
  attck: ['T1609'],
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/'],
  find(facts, emit) {
    facts.eachHolding(RIGHT, ({ node }, { scope, name, by }) => {
      if (scope !== '' || isProxyGuarded(facts, node)) return;
      const detail = facts.keep({ parts: [{ rights: RIGHT, by }] });
      if (name === undefined) {
        if (hasAny(facts, 'all-pods', '')) emit(node, everything(facts, 'all-pods', ''), detail);
        return;
      }
      const called = proxiedName(name);
      const host = called === undefined ? undefined : facts.nodes.indexOf(`node:${called}`);
      for (const place of host === undefined ? [] : (facts.pods.byNode.get(host) ?? [])) {
        if (facts.pods.live[place] === 1) emit(node, facts.pods.node[place] as number, detail);
      }
    });
  },
  ...proven,
  asks(facts, edge) {
    const asking = proven.asks(facts, edge);
    return asking === undefined ? undefined : { ...asking, unless: DIRECTLY };
  },
});
