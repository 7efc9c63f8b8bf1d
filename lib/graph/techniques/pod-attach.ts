import { proven } from '../evidence/proven.ts';
import { eachReached } from '../facts/rbac-edges.ts';
import type { AnyOf } from '../facts/rights.ts';
import { WEBSOCKET_HANGS_ON, webSocketGet } from '../facts/websocket-get.ts';
import { defineTechnique } from './technique.ts';

const ATTACH = { apiGroup: '', resource: 'pods', subresource: 'attach' } as const;
const CREATE: AnyOf = [{ ...ATTACH, verbs: ['create'] }];
const GET: AnyOf = [{ ...ATTACH, verbs: ['get'] }];
const EITHER: AnyOf = [{ ...ATTACH, verbs: ['create', 'get'] }];

const STDIN = 'a container that was started with `stdin` and obeys what it reads there, such as a shell; neither is kept in the inventory';

export const podAttach = defineTechnique({
  id: 'pod-attach',
  title: 'Attaches to a process in pods',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-pods', 'pod'],
  action:
    'Types into the main process of a container (`kubectl attach -i`) and reads what it prints; where that is a shell, runs commands.',
  precondition: '`create` on `pods/attach` in the namespace, unnamed or naming the pod; before 1.35 `get` is enough over a WebSocket.',
  remediation: 'Take `pods/attach` out of the role.',
  coverage: { level: 'partial', misses: 'whether a container has `stdin` and `tty`, which is not kept; so every edge is conditional' },
  attck: ['T1609'],
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/authorization/',
    'https://github.com/kubernetes/kubernetes/blob/master/pkg/registry/core/pod/rest/subresources.go',
  ],
  find(facts, emit) {
    const get = webSocketGet(facts);
    eachReached(facts, get === 'certain' ? EITHER : CREATE, 'all-pods', ({ node }, target, detail) =>
      emit(node, target, detail, 'conditional'),
    );
    if (get === 'conditional') eachReached(facts, GET, 'all-pods', ({ node }, target, detail) => emit(node, target, detail, 'conditional'));
  },
  ...proven,
  explain(facts, edge) {
    const explained = proven.explain(facts, edge);
    const byGet = webSocketGet(facts) === 'conditional' && facts.proofs[edge.detail]?.parts[0]?.rights === GET;
    return { ...explained, hangsOn: byGet ? `${STDIN}; and ${WEBSOCKET_HANGS_ON}` : STDIN };
  },
});
