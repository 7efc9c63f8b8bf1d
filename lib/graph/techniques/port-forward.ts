import { proven } from '../evidence/proven.ts';
import { eachReached } from '../facts/rbac-edges.ts';
import type { AnyOf } from '../facts/rights.ts';
import { WEBSOCKET_HANGS_ON, webSocketGet } from '../facts/websocket-get.ts';
import { defineTechnique } from './technique.ts';

const FORWARD = { apiGroup: '', resource: 'pods', subresource: 'portforward' } as const;
const CREATE: AnyOf = [{ ...FORWARD, verbs: ['create'] }];
const GET: AnyOf = [{ ...FORWARD, verbs: ['get'] }];
const EITHER: AnyOf = [{ ...FORWARD, verbs: ['create', 'get'] }];

export const portForward = defineTechnique({
  id: 'port-forward',
  title: 'Reaches ports of pods',
  class: 'rbac',
  walked: false,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-pods', 'pod'],
  action:
    'Opens a connection to any port of the pod through the API server (`kubectl port-forward`), past NetworkPolicies, to what listens on its loopback as well.',
  precondition: '`create` on `pods/portforward` in the namespace, unnamed or naming the pod; before 1.35 `get` is enough over a WebSocket.',
  remediation: 'Take `pods/portforward` out of the role.',
  coverage: { level: 'partial', misses: 'what the connection is good for: it is access to the network of the pod, not control over it' },
  attck: ['T1090'],
  references: [
    'https://kubernetes.io/docs/tasks/access-application-cluster/port-forward-access-application-cluster/',
    'https://github.com/kubernetes/kubernetes/blob/master/pkg/registry/core/pod/rest/subresources.go',
  ],
  find(facts, emit) {
    const get = webSocketGet(facts);
    eachReached(facts, get === 'certain' ? EITHER : CREATE, 'all-pods', ({ node }, target, detail) => emit(node, target, detail));
    if (get === 'conditional') eachReached(facts, GET, 'all-pods', ({ node }, target, detail) => emit(node, target, detail, get));
  },
  ...proven,
  explain(facts, edge) {
    const explained = proven.explain(facts, edge);
    return edge.certainty === 'conditional' ? { ...explained, hangsOn: WEBSOCKET_HANGS_ON } : explained;
  },
});
