import { proven } from '../evidence/proven.ts';
import { connectionRights, emitConnections } from '../facts/websocket-get.ts';
import { defineTechnique } from './technique.ts';

const RIGHTS = connectionRights('portforward');

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
    emitConnections(facts, RIGHTS, emit);
  },
  ...proven,
});
