import type { AdmissionPolicy, AdmissionPolicyBinding } from '../../inventory/admission.ts';
import { isUnread } from '../../inventory/unread-list.ts';
import { objectEvidence } from '../evidence/objects.ts';
import { proven } from '../evidence/proven.ts';
import { type Composed, eachComposed, type Need } from '../facts/composed.ts';
import type { Facts } from '../facts/facts.ts';
import { reachedByPodAuthor } from '../facts/pod-author.ts';
import type { AnyOf } from '../facts/rights.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique, type Emit } from './technique.ts';

const right = (resource: string, ...verbs: string[]): AnyOf => [{ verbs, apiGroup: 'admissionregistration.k8s.io', resource }];
const WRITE = ['create', 'update', 'patch'] as const;
const POLICIES = {
  list: 'mutatingadmissionpolicies',
  write: right('mutatingadmissionpolicies', ...WRITE),
  create: right('mutatingadmissionpolicies', 'create'),
};
const BINDINGS = {
  list: 'mutatingadmissionpolicybindings',
  write: right('mutatingadmissionpolicybindings', ...WRITE),
  create: right('mutatingadmissionpolicybindings', 'create'),
};
const CHANGE_POLICY = right('mutatingadmissionpolicies', 'update', 'patch');

const SOMEBODY = 'somebody creating a pod afterwards: a Deployment, a Job or a restart will do';

/** What is there of MutatingAdmissionPolicies. */
interface Present {
  readonly policies: readonly AdmissionPolicy[];
  readonly bindings: readonly AdmissionPolicyBinding[];
}

function presentIn({ inventory }: Facts): Present {
  const { admissionPolicies, admissionPolicyBindings } = inventory.kubernetes;
  return {
    policies: admissionPolicies.filter(({ kind }) => kind === 'MutatingAdmissionPolicy'),
    bindings: admissionPolicyBindings.filter(({ kind }) => kind === 'MutatingAdmissionPolicyBinding'),
  };
}

/**
 * What the API being served hangs on: it is on by default from 1.36, off by default from 1.32 to 1.35, and not there before. `false`: it
 * is not served. Source: KEP-3962 (alpha 1.32, beta 1.34, stable 1.36).
 */
function servedOn({ minorVersion }: Facts, { policies }: Present): string | false | undefined {
  if (policies.length > 0 || (minorVersion !== undefined && minorVersion >= 36)) return undefined;
  if (minorVersion !== undefined && minorVersion < 32) return false;
  return minorVersion === undefined
    ? 'an API server from 1.36 on, or one from 1.32 on in which MutatingAdmissionPolicies are switched on; its version is not known'
    : `MutatingAdmissionPolicies being switched on, which they are not by default in 1.${minorVersion}`;
}

/** Where no object is there, only `create` helps. */
const needOf = (facts: Facts, { list, write, create }: typeof POLICIES, there: readonly { readonly name: string }[]): Need => ({
  rights: there.length > 0 || isUnread(facts.inventory, list) ? write : create,
  names: there.map(({ name }) => name),
});

const boundPolicies = ({ policies, bindings }: Present): readonly AdmissionPolicy[] => {
  const named = new Set(bindings.map(({ policyName }) => policyName));
  return policies.filter(({ name }) => named.has(name));
};

export const mutatingPolicyControl = defineTechnique({
  id: 'mutating-policy-control',
  title: 'Rewrites pods by an admission policy',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-service-accounts', 'all-secrets', 'all-nodes'],
  action:
    'Writes a MutatingAdmissionPolicy that gives pods another account, volumes and privileges as others create them; the API server runs it itself, no server is needed.',
  precondition:
    '`create`, `update` or `patch` on mutatingadmissionpolicies and on mutatingadmissionpolicybindings by ClusterRoleBindings, or `update` or `patch` on a policy that is bound already; the API server is 1.36 or later, or has them switched on.',
  remediation: 'Leave admission policies to those who are cluster administrators anyway.',
  coverage: { level: 'partial', misses: 'other objects that a policy can rewrite: bindings, webhooks and the like, as others write them' },
  attck: ['T1546'],
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/',
    'https://github.com/kubernetes/enhancements/tree/master/keps/sig-api-machinery/3962-mutating-admission-policies',
  ],
  find(facts, emit) {
    const present = presentIn(facts);
    const served = servedOn(facts, present);
    if (served === false) return;
    const emitAll = (node: number, { scope, parts }: Composed, beside: readonly Evidence[]): void => {
      if (scope === '') emitReached(facts, emit, { node, parts, beside, served });
    };
    const bound = boundPolicies(present);
    if (bound.length > 0) {
      const [first] = bound as [AdmissionPolicy];
      const beside = [objectEvidence('MutatingAdmissionPolicy', first, '/metadata/name', 'is bound already, so changing it is enough')];
      eachComposed(facts, [{ rights: CHANGE_POLICY, names: bound.map(({ name }) => name) }], ({ node }, composed) =>
        emitAll(node, composed, beside),
      );
    }
    const needs = [needOf(facts, POLICIES, present.policies), needOf(facts, BINDINGS, present.bindings)];
    eachComposed(facts, needs, ({ node }, composed) => emitAll(node, composed, []));
  },
  ...proven,
});

function emitReached(
  facts: Facts,
  emit: Emit,
  { node, parts, beside, served }: { node: number; parts: Composed['parts']; beside: readonly Evidence[]; served: string | undefined },
): void {
  for (const { target, hangsOn, evidence } of reachedByPodAuthor(facts, '')) {
    const open = [SOMEBODY, ...(served === undefined ? [] : [served]), ...(hangsOn === undefined ? [] : [hangsOn])].join('; ');
    emit(node, target, facts.keep({ parts, also: [...beside, ...evidence], hangsOn: open }), 'conditional');
  }
}
