import { describe, expect, it } from 'vitest';
import { inNamespace, parseChanges } from './parse-changes.ts';

const parse = (...documents: unknown[]) =>
  parseChanges(
    documents.map((document, index) => ({ document, place: `f.yaml, document ${index + 1}` })),
    () => ({ mappings: [], problems: [] }),
  );
const ROLE = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'r' } };
const TARGET = { kind: 'Role', namespace: 'a', name: 'r' };

describe('takes', () => {
  it.each<[string, unknown, unknown[]]>([
    ['a manifest', ROLE, [{ change: 'apply', manifest: ROLE }]],
    [
      'a list of manifests',
      { apiVersion: 'v1', kind: 'List', items: [ROLE, ROLE] },
      [
        { change: 'apply', manifest: ROLE },
        { change: 'apply', manifest: ROLE },
      ],
    ],
    ['a deletion', { change: 'delete', target: TARGET }, [{ change: 'delete', target: TARGET }]],
    [
      "kustomize's deletion, as findings give it",
      { ...ROLE, metadata: { name: 'r', namespace: 'a' }, $patch: 'delete' },
      [{ change: 'delete', target: { ...TARGET, apiVersion: ROLE.apiVersion } }],
    ],
    [
      'the same in a list, of what lies in no namespace',
      { apiVersion: 'v1', kind: 'List', items: [{ ...ROLE, kind: 'ClusterRole', $patch: 'delete' }] },
      [{ change: 'delete', target: { apiVersion: ROLE.apiVersion, kind: 'ClusterRole', name: 'r' } }],
    ],
    ['a manifest that says so', { change: 'apply', manifest: ROLE }, [{ change: 'apply', manifest: ROLE }]],
    [
      'a merge patch',
      { change: 'patch', target: TARGET, merge: { rules: null } },
      [{ change: 'patch', target: TARGET, merge: { rules: null } }],
    ],
    ['a merge patch of null', { change: 'patch', target: TARGET, merge: null }, [{ change: 'patch', target: TARGET, merge: null }]],
    [
      'a JSON patch',
      { change: 'patch', target: TARGET, json: [{ op: 'remove', path: '/rules/0' }] },
      [{ change: 'patch', target: TARGET, json: [{ op: 'remove', path: '/rules/0' }] }],
    ],
    [
      'changes in a list',
      [[{ change: 'delete', target: TARGET }], ROLE],
      [
        { change: 'delete', target: TARGET },
        { change: 'apply', manifest: ROLE },
      ],
    ],
    [
      'what `cuts` prints',
      {
        from: ['pod:a/x'],
        to: ['cluster-admin'],
        separable: true,
        changes: [{ change: 'delete RoleBinding/a/rb', fix: {} }, { change: 'Role/a/r/rules/0' }],
      },
      [{ change: 'keys', keys: ['delete RoleBinding/a/rb', 'Role/a/r/rules/0'] }],
    ],
    ['nothing', null, []],
    ['no changes', { changes: [] }, []],
  ])('%s', (_name, document, expected) => {
    expect(parse(document)).toEqual(expected);
  });

  it('keys that follow one another as one change, across documents', () => {
    expect(parse({ change: 'k 1' }, { change: 'k 2' }, ROLE, { change: 'k 3' })).toEqual([
      { change: 'keys', keys: ['k 1', 'k 2'] },
      { change: 'apply', manifest: ROLE },
      { change: 'keys', keys: ['k 3'] },
    ]);
  });
});

describe('takes what people write who have not read how', () => {
  const DELETES = [{ change: 'delete', target: TARGET }];
  const MERGES = [{ change: 'patch', target: TARGET, merge: { rules: null } }];
  const APPLIES = [{ change: 'apply', manifest: ROLE }];
  it.each<[string, unknown, unknown[]]>([
    ['the word as key', { delete: TARGET }, DELETES],
    ['the word as key of a target', { delete: { target: TARGET } }, DELETES],
    [
      'the word as key of a manifest',
      { delete: { ...ROLE, metadata: { name: 'r', namespace: 'a' }, rules: [] } },
      [{ change: 'delete', target: { ...TARGET, apiVersion: ROLE.apiVersion } }],
    ],
    ['the fields of the target beside', { change: 'delete', ...TARGET }, DELETES],
    ['`op` for `change`', { op: 'delete', ...TARGET }, DELETES],
    ['`action` for `change`', { action: 'delete', target: TARGET }, DELETES],
    ['a manifest under the word', { apply: ROLE }, APPLIES],
    ['a manifest under both', { apply: { manifest: ROLE } }, APPLIES],
    ['a manifest beside the word', { change: 'apply', ...ROLE }, APPLIES],
    ['a patch under the word', { patch: { target: TARGET, merge: { rules: null } } }, MERGES],
    ['a patch and its target under the word', { patch: { ...TARGET, merge: { rules: null } } }, MERGES],
    ['a patch beside its target', { target: TARGET, patch: { rules: null } }, MERGES],
    ['a patch beside word and target', { change: 'patch', target: TARGET, patch: { rules: null } }, MERGES],
    [
      'a list of operations as patch',
      { target: TARGET, patch: [{ op: 'remove', path: '/rules/0' }] },
      [{ change: 'patch', target: TARGET, json: [{ op: 'remove', path: '/rules/0' }] }],
    ],
    ['a `List` that a program left null', { apiVersion: 'v1', kind: 'List', items: null }, []],
    [
      'a list of one kind as the API prints it',
      { apiVersion: ROLE.apiVersion, kind: 'RoleList', items: [{ metadata: ROLE.metadata }] },
      APPLIES,
    ],
    ['an object of its own field `delete`', { ...ROLE, delete: TARGET }, [{ change: 'apply', manifest: { ...ROLE, delete: TARGET } }]],
    [
      'a field of its own name',
      JSON.parse('{"delete": {"kind": "Role", "namespace": "__proto__", "name": "__proto__"}}'),
      [{ change: 'delete', target: { kind: 'Role', namespace: '__proto__', name: '__proto__' } }],
    ],
  ])('%s', (_name, document, expected) => {
    expect(parse(document)).toEqual(expected);
  });
});

describe('refuses, with the place', () => {
  const deep = (levels: number): unknown => Array.from({ length: levels }).reduce((inner) => ({ a: inner }), 1);
  it.each<[string, unknown, string]>([
    ['a text', 'delete everything', 'it is no object'],
    ['an object of nothing', { a: 1 }, 'it lacks `apiVersion` and `kind`'],
    ['a deletion of nothing', { change: 'delete' }, 'target'],
    ['a target without name', { change: 'delete', target: { kind: 'Role' } }, 'target.name'],
    ['a target with more', { change: 'delete', target: { ...TARGET, uid: 'x' } }, 'uid'],
    ['both patches', { change: 'patch', target: TARGET, merge: {}, json: [] }, 'either `merge` or `json`'],
    ['a word that is none', { change: 'remove', target: TARGET }, '`remove` is none of `delete`, `apply`, `patch`'],
    ['a word in capitals', { change: 'Delete', ...TARGET }, '`Delete` is none of `delete`, `apply`, `patch`'],
    ['a directive of kustomize', { ...ROLE, $patch: 'replace' }, '`$patch` is a directive of kustomize'],
    ['a deletion of kustomize without a name', { ...ROLE, metadata: {}, $patch: 'delete' }, 'target.name'],
    ['the same under a word', { apply: { ...ROLE, $patch: 'merge' } }, '`$patch` is a directive of kustomize'],
    ['a list under the word', { delete: [TARGET] }, 'it lacks `apiVersion` and `kind`'],
    ['two words', { delete: TARGET, apply: ROLE }, 'it lacks `apiVersion` and `kind`'],
    ['a patch that is text', { target: TARGET, patch: '- op: remove' }, 'a merge patch is an object'],
    ['more beside the target', { change: 'delete', ...TARGET, uid: 'x' }, 'uid'],
    ['more beside the word', { delete: TARGET, force: true }, 'force'],
    ['a key without end', { change: 'x'.repeat(5000) }, 'more than 4096 characters'],
    ['no patch', { change: 'patch', target: TARGET }, 'either `merge` or `json`'],
    ['an operation that is not taken', { change: 'patch', target: TARGET, json: [{ op: 'move', from: '/a', path: '/b' }] }, 'json.0.op'],
    ['a manifest that is none', { change: 'apply', manifest: 'x' }, 'manifest'],
    ['a change that is no text', { change: 7 }, 'change'],
    ['what nests too deep', { change: 'apply', manifest: deep(100_000) }, 'it nests deeper than 100 levels'],
    ['lists in lists without end', Array.from({ length: 200 }).reduce((inner) => [inner], ROLE), 'it nests deeper than 100 levels'],
  ])('%s', (_name, document, message) => {
    expect(() => parse(ROLE, document)).toThrow(
      expect.objectContaining({ name: 'ChangeError', message: expect.stringMatching(/^f\.yaml, document 2: /) }),
    );
    expect(() => parse(ROLE, document)).toThrow(message);
  });
});

describe('inNamespace', () => {
  const made = (...documents: unknown[]) => inNamespace(parse(...documents), 'shop');
  it.each<[string, unknown, unknown]>([
    ['a manifest without one', ROLE, { change: 'apply', manifest: { ...ROLE, metadata: { name: 'r', namespace: 'shop' } } }],
    [
      'a target without one',
      { change: 'delete', target: { kind: 'Role', name: 'r' } },
      { change: 'delete', target: { kind: 'Role', name: 'r', namespace: 'shop' } },
    ],
    [
      'no manifest that says its own',
      { ...ROLE, metadata: { name: 'r', namespace: 'a' } },
      { change: 'apply', manifest: { ...ROLE, metadata: { name: 'r', namespace: 'a' } } },
    ],
    ['no target that says its own', { change: 'delete', target: TARGET }, { change: 'delete', target: TARGET }],
    ['nothing that lies in none', { ...ROLE, kind: 'ClusterRole' }, { change: 'apply', manifest: { ...ROLE, kind: 'ClusterRole' } }],
    ['no kind of another group', { ...ROLE, apiVersion: 'x.io/v1' }, { change: 'apply', manifest: { ...ROLE, apiVersion: 'x.io/v1' } }],
    ['no key', { change: 'delete RoleBinding//x' }, { change: 'keys', keys: ['delete RoleBinding//x'] }],
  ])('%s', (_name, document, expected) => {
    expect(made(document)).toEqual([expected]);
  });
});
