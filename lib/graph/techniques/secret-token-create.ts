import type { Secret } from '../../inventory/kubernetes.ts';
import { objectEvidence } from '../evidence/objects.ts';
import { proven } from '../evidence/proven.ts';
import { type Composed, eachComposed, type Need } from '../facts/composed.ts';
import { everything, hasAny } from '../facts/everything.ts';
import type { Facts, Proof } from '../facts/facts.ts';
import type { AnyOf } from '../facts/rights.ts';
import type { SubjectFacts } from '../facts/subjects.ts';
import { isTaken, tokenSecrets } from '../facts/token-secrets.ts';
import { CREATE_WORKLOAD } from '../facts/workload-rights.ts';
import { EVERYWHERE } from '../node-id.ts';
import { defineTechnique, type Emit } from './technique.ts';

const SECRETS = { apiGroup: '', resource: 'secrets' } as const;
const CREATE: AnyOf = [{ ...SECRETS, verbs: ['create'] }];
const APPLY: AnyOf = [{ ...SECRETS, verbs: ['create'], named: true }];
const PATCH: AnyOf = [{ ...SECRETS, verbs: ['patch'] }];
const CHANGE: AnyOf = [{ ...SECRETS, verbs: ['patch', 'update'] }];
/** `patch` answers with the whole secret, as `get` does. */
const READ: AnyOf = [{ ...SECRETS, verbs: ['get', 'list', 'watch', 'patch'] }];
const READ_OR_MOUNT: AnyOf = [...READ, ...CREATE_WORKLOAD];

/** A new token secret, and a look at what the controller wrote into it. Named rights count on names that are free: the attacker chooses the name. */
const MAKES: readonly (readonly Need[])[] = [
  [{ rights: CREATE }, { rights: READ_OR_MOUNT, names: 'chosen' }],
  // Server-side apply creates under the name in its path, so that a named `create` counts; its answer is the secret.
  [
    { rights: APPLY, names: 'chosen' },
    { rights: PATCH, names: 'chosen' },
  ],
];

/** A token secret that is there, made over to another account: the controller fills it anew. */
const REWRITES: readonly Need[] = [
  { rights: CHANGE, names: 'chosen' },
  { rights: READ, names: 'chosen' },
];

const UNREAD = 'no secret of that name being there yet: secrets of the namespace were not read';
const FREE = 'no secret of that name being in the namespace of the account yet';

const isWide = (scope: string): boolean => scope === '' || scope === EVERYWHERE;

/** What a new secret under a name that RBAC dictates hangs on: that none is there under it. */
function hangsOnName(facts: Facts, { scope, name }: Composed): string | undefined {
  if (name === undefined) return undefined;
  if (isWide(scope)) return FREE;
  return facts.secretsUnread(scope) ? UNREAD : undefined;
}

interface Found {
  readonly subject: SubjectFacts;
  readonly scope: string;
  readonly parts: Proof['parts'];
  readonly hangsOn?: string | undefined;
  readonly also?: Proof['also'];
}

/** Emits the edge to every service account of the scope. */
function emitTo(facts: Facts, emit: Emit, { subject, scope, parts, hangsOn, also = [] }: Found): void {
  if (!hasAny(facts, 'all-service-accounts', scope)) return;
  const detail = facts.keep({ parts, also, ...(hangsOn === undefined ? {} : { hangsOn }) });
  emit(subject.node, everything(facts, 'all-service-accounts', scope), detail, hangsOn === undefined ? 'certain' : 'conditional');
}

const witness = (secret: Secret) =>
  objectEvidence(
    'Secret',
    secret,
    '/type',
    'holds a token, and is filled anew once its annotation names another account and the token is taken out',
  );

/** The scopes in which a subject makes over a token secret, each with the secret; across the cluster one stands for all. */
function* rewritten(facts: Facts, { scope, name }: Composed): Generator<{ scope: string; secret: Secret; hangsOn?: string }> {
  const tokens = tokenSecrets(facts);
  if (name !== undefined) {
    for (const namespace of isWide(scope) ? facts.everyNamespace : [scope]) {
      const secret = tokens.get(namespace, name);
      if (secret !== undefined) yield { scope: namespace, secret };
    }
    return;
  }
  const secret = tokens.anyIn(scope);
  if (secret === undefined) return;
  const hangsOn = `a token secret in the namespace of the account, as one lies in ${secret.namespace}`;
  yield isWide(scope) ? { scope, secret, hangsOn } : { scope, secret };
}

export const secretTokenCreate = defineTechnique({
  id: 'secret-token-create',
  title: 'Has a token written into a secret',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-service-accounts'],
  action:
    'Creates a secret of type `kubernetes.io/service-account-token` that names a service account; the token controller writes a token into it that never expires, and he reads it.',
  precondition:
    '`create` on `secrets`, and on the new secret `get`, `list`, `watch` or `patch` (which answers with it), or the right to make a pod that mounts it, in the same namespace; or `patch` (or `update` and a reading verb) on a token secret that is there.',
  remediation: 'Take `create` on `secrets` away, or let it be created in a namespace without service accounts of worth.',
  coverage: { level: 'partial', misses: 'reading the secret by changing an existing workload so that it mounts it' },
  attck: ['T1528'],
  references: [
    'https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets',
    'https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/serviceaccount/tokens_controller.go',
    'https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/endpoints/handlers/patch.go',
  ],
  find(facts, emit) {
    const usable = (name: string, scope: string): boolean => !isTaken(facts, name, scope);
    const made = (subject: SubjectFacts, composed: Composed): void =>
      emitTo(facts, emit, { subject, ...composed, hangsOn: hangsOnName(facts, composed) });
    for (const needs of MAKES) eachComposed(facts, needs, made, { usable });
    const rewrites = (subject: SubjectFacts, composed: Composed): void => {
      for (const { scope, secret, hangsOn } of rewritten(facts, composed))
        emitTo(facts, emit, { subject, scope, parts: composed.parts, hangsOn, also: [witness(secret)] });
    };
    eachComposed(facts, REWRITES, rewrites, { each: true });
  },
  ...proven,
});
