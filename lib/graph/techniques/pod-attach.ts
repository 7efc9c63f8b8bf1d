import { proven } from '../evidence/proven.ts';
import { connectionRights, emitConnections } from '../facts/websocket-get.ts';
import { defineTechnique } from './technique.ts';

const RIGHTS = connectionRights('attach');

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
    emitConnections(facts, RIGHTS, emit, STDIN);
  },
  ...proven,
});
