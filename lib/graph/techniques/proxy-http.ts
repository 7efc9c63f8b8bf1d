import { proven } from '../evidence/proven.ts';
import { everything, hasAny } from '../facts/everything.ts';
import type { Facts } from '../facts/facts.ts';
import { isProxyGuarded, proxiedName } from '../facts/proxied-name.ts';
import { reachedBy } from '../facts/rbac-edges.ts';
import type { AnyOf, Holding } from '../facts/rights.ts';
import { EVERYWHERE } from '../node-id.ts';
import { defineTechnique } from './technique.ts';

/** Each verb stands for a method: GET and HEAD, POST, PUT, PATCH, DELETE. */
const VERBS = ['get', 'create', 'update', 'patch', 'delete'];
const PODS: AnyOf = [{ verbs: VERBS, apiGroup: '', resource: 'pods', subresource: 'proxy' }];
const SERVICES: AnyOf = [{ verbs: VERBS, apiGroup: '', resource: 'services', subresource: 'proxy' }];

const BEHIND_A_SERVICE = 'a Service in front of the pod: only what one leads to is reached through it';

/** The services of a name that a holding reaches, as far as they were read. */
function* servicesNamed(facts: Facts, { scope }: Holding, name: string): Generator<number> {
  for (const service of servicesOf(facts).get(name) ?? [])
    if (scope === '' || scope === EVERYWHERE || scope === service.namespace)
      yield facts.nodes.intern('service', service.name, service.namespace, service);
}

const remembered = new WeakMap<Facts, ReturnType<typeof byName>>();

const byName = ({ inventory }: Facts) => Map.groupBy(inventory.kubernetes.services, ({ name }) => name);

function servicesOf(facts: Facts): ReturnType<typeof byName> {
  const known = remembered.get(facts) ?? byName(facts);
  remembered.set(facts, known);
  return known;
}

/** The same holding on the object that the proxy's name is about; undefined where the name is none that a proxy takes. */
function onObject(holding: Holding): Holding | undefined {
  if (holding.name === undefined) return holding;
  const name = proxiedName(holding.name);
  return name === undefined ? undefined : { ...holding, name };
}

export const proxyHttp = defineTechnique({
  id: 'proxy-http',
  title: 'Sends HTTP requests to pods and services',
  class: 'rbac',
  walked: false,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-pods', 'pod', 'service'],
  action: 'Sends HTTP requests through the API server to any port of a pod or service, from where NetworkPolicies seldom keep them out.',
  precondition:
    '`get`, `create`, `update`, `patch` or `delete` on `pods/proxy` or `services/proxy` in the namespace, unnamed or naming it (with scheme and port as in `https:web:8443`).',
  remediation: 'Take `pods/proxy` and `services/proxy` out of the role; scrape metrics from inside the cluster.',
  coverage: { level: 'partial', misses: 'what answers there: it is access to the network, not control over the pod' },
  attck: ['T1090'],
  references: [
    'https://kubernetes.io/docs/tasks/access-application-cluster/access-cluster-services/#manually-constructing-apiserver-proxy-urls',
    'https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apimachinery/pkg/util/net/port_split.go',
  ],
  find(facts, emit) {
    facts.eachHolding(PODS, ({ node }, held) => {
      const holding = onObject(held);
      if (holding === undefined || isProxyGuarded(facts, node)) return;
      let detail: number | undefined;
      for (const target of reachedBy(facts, 'all-pods', holding)) {
        detail ??= facts.keep({ parts: [{ rights: PODS, by: held.by }] });
        emit(node, target, detail);
      }
    });
    facts.eachHolding(SERVICES, ({ node }, held) => {
      const holding = onObject(held);
      if (holding === undefined || isProxyGuarded(facts, node)) return;
      const parts = [{ rights: SERVICES, by: held.by }];
      const { scope, name } = holding;
      if (name !== undefined) for (const target of servicesNamed(facts, holding, name)) emit(node, target, facts.keep({ parts }));
      else if (hasAny(facts, 'all-pods', scope))
        emit(node, everything(facts, 'all-pods', scope), facts.keep({ parts, hangsOn: BEHIND_A_SERVICE }), 'conditional');
    });
  },
  ...proven,
});
