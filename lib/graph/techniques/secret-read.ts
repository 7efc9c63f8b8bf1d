import { proven } from '../evidence/proven.ts';
import { eachReached } from '../facts/rbac-edges.ts';
import type { AnyOf } from '../facts/rights.ts';
import { defineTechnique } from './technique.ts';

/**
 * Verbs whose answer holds values: reading ones; `patch`, which answers with the whole object, also to an empty patch and to a dry run;
 * `deletecollection`, which answers with everything that it deleted, or with `dryRun=All` would have. `update` answers with what was sent,
 * `delete` with a status. Source: apiserver/pkg/endpoints/handlers/{patch,delete}.go and pkg/registry/generic/registry/store.go.
 */
const RIGHT: AnyOf = [{ verbs: ['get', 'list', 'watch', 'patch', 'deletecollection'], apiGroup: '', resource: 'secrets' }];

export const secretRead = defineTechnique({
  id: 'secret-read',
  title: 'Reads secrets',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-secrets', 'secret'],
  action:
    'Reads the values of secrets from the API server; `list` and `watch` return them as `get` does, and the answers to `patch` and `deletecollection` hold them too, also when nothing is changed (`dryRun=All`).',
  precondition:
    '`get`, `list`, `watch` or `patch` on `secrets` in the namespace, unnamed or naming the secret; or `deletecollection`, unnamed.',
  remediation: 'Name the secrets in `resourceNames` and grant `get` alone.',
  coverage: { level: 'full' },
  attck: ['T1552.007'],
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
    'https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/endpoints/handlers/patch.go',
    'https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/endpoints/handlers/delete.go',
  ],
  find(facts, emit) {
    eachReached(facts, RIGHT, 'all-secrets', ({ node }, target, detail) => emit(node, target, detail));
  },
  ...proven,
});
