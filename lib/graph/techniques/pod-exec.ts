import { proven } from '../evidence/proven.ts';
import { connectionRights, emitConnections } from '../facts/websocket-get.ts';
import { defineTechnique } from './technique.ts';

const RIGHTS = connectionRights('exec');

export const podExec = defineTechnique({
  id: 'pod-exec',
  title: 'Runs commands in pods',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-pods', 'pod'],
  action: 'Opens a shell in the pod (`kubectl exec`) and takes its token and files.',
  precondition: '`create` on `pods/exec` in the namespace, unnamed or naming the pod; before 1.35 `get` is enough over a WebSocket.',
  remediation: 'Take `pods/exec` out of the role; give people who debug a right that ends.',
  coverage: {
    level: 'partial',
    misses: '`get` from 1.35 on where the gate AuthorizePodWebsocketUpgradeCreatePermission is turned off, which no API tells',
  },
  attck: ['T1609'],
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
    'https://github.com/kubernetes/kubernetes/blob/master/pkg/registry/core/pod/rest/subresources.go',
  ],
  find(facts, emit) {
    emitConnections(facts, RIGHTS, emit);
  },
  ...proven,
});
