import { expect, it } from 'vitest';
import { recordKey } from './cut-key.ts';

it.each<[string, unknown]>([
  ['RoleBinding/a/rb/subjects/12', { type: 'item', kind: 'RoleBinding', namespace: 'a', name: 'rb', list: 'subjects', place: 12 }],
  ['ClusterRoleBinding//x/subjects/0', { type: 'item', kind: 'ClusterRoleBinding', namespace: '', name: 'x', list: 'subjects', place: 0 }],
  ['ClusterRole//a:b/rules/3', { type: 'item', kind: 'ClusterRole', namespace: '', name: 'a:b', list: 'rules', place: 3 }],
  ['Role/a/x/subjects/1/rules/3', { type: 'item', kind: 'Role', namespace: 'a', name: 'x/subjects/1', list: 'rules', place: 3 }],
  ['delete ClusterRoleBinding//x', { type: 'delete', kind: 'ClusterRoleBinding', namespace: '', name: 'x' }],
  ['delete secret:a/token', { type: 'delete', kind: 'Secret', namespace: 'a', name: 'token' }],
  ['automount of sa:a/bot', { type: 'automount', namespace: 'a', name: 'bot' }],
  ['token: template of pod:a/web', { type: 'template', field: 'token', template: { of: 'pod', namespace: 'a', name: 'web' } }],
  [
    'hostPath: template of workload:a/daemonset/__proto__',
    { type: 'template', field: 'hostPath', template: { of: 'workload', namespace: 'a', kind: 'daemonset', name: '__proto__' } },
  ],
  [
    'secret:a/db out of template of pod:a/web',
    { type: 'template-secret', secret: { namespace: 'a', name: 'db' }, template: { of: 'pod', namespace: 'a', name: 'web' } },
  ],
])('`%s` is made in the records', (key, expected) => {
  expect(recordKey(key)).toEqual(expected);
});

it.each([
  ['a cloud role', 'arn:aws:iam::123456789012:role/web trust'],
  ['subjects of a role', 'Role/a/r/subjects/0'],
  ['rules of a binding', 'RoleBinding/a/rb/rules/0'],
  ['no place', 'RoleBinding/a/rb/subjects/x'],
  ['no name', 'RoleBinding/a//subjects/0'.replace('//', '/')],
  ['another field of a template', 'runtimeSocket: template of pod:a/web'],
  ['a template of nothing', 'token: template of '],
  ['a template of an account', 'token: template of sa:a/bot'],
  ['no secret', 'secret:a out of template of pod:a/web'],
  ['nothing', ''],
])('%s is not', (_name, key) => {
  expect(recordKey(key)).toBeUndefined();
});
