import { expect, test } from 'vitest';
import { cluster } from '../../inventory/testing/cluster.ts';
import { found } from '../testing/finding-rows.ts';
import { tablesOf } from '../testing/finding-table.ts';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const PRIVILEGED = { container: { securityContext: { privileged: true } } };
const world = (labels = {}) => cluster().node('n1').namespace('a', labels);

tablesOf('pod-security', {
  finds: [
    ['a privileged container, where nothing is enforced', world().pod('a/one', PRIVILEGED), ['high Pod a/one']],
    ['the same where somebody decided it', world({ [ENFORCE]: 'privileged' }).pod('a/one', PRIVILEGED), ['medium Pod a/one']],
    ['a host port alone', world().pod('a/one', { container: { ports: [{ containerPort: 80, hostPort: 80 }] } }), ['low Pod a/one']],
    ['node agents', cluster().node('n1').namespace('kube-system').pod('kube-system/proxy', PRIVILEGED), ['medium Pod kube-system/proxy']],
    ['what was there before the label', world({ [ENFORCE]: 'baseline' }).pod('a/one', PRIVILEGED), ['medium Pod a/one']],
  ],
  silent: [
    ['an ordinary pod', world().pod('a/one')],
    ['a volume of its own', world().pod('a/one', { volumes: [{ name: 'v', emptyDir: {} }], mounts: [{ name: 'v', mountPath: '/v' }] })],
    ['a port', world().pod('a/one', { container: { ports: [{ containerPort: 80 }] } })],
    ['root, which baseline allows', world().pod('a/one', { container: { securityContext: { runAsUser: 0 } } })],
    ['a pod that has ended', world().pod('a/one', { ...PRIVILEGED, phase: 'Succeeded' })],
  ],
});

test('the fix takes out what baseline forbids and leaves what it allows', () => {
  const add = { capabilities: { add: ['NET_BIND_SERVICE', 'SYS_ADMIN'] } };
  const allowed = { capabilities: { add: ['CHOWN'] } };
  const main = { name: 'main', image: 'x' };
  const commandOf = (securityContext: object, spec: Record<string, unknown>) =>
    found(
      world()
        .pod('a/one', { container: { ...main, securityContext }, spec })
        .inventory(),
      'pod-security',
    )?.rows[0]?.fix.patches?.[0]?.text;
  expect(commandOf(add, {})).toContain('capabilities/add\n  value:\n    - NET_BIND_SERVICE\n');
  expect(commandOf(add, {})).not.toContain('SYS_ADMIN');
  expect(commandOf(allowed, { hostPID: true })).toBe('- op: replace\n  path: /spec/hostPID\n  value: false\n');
});
