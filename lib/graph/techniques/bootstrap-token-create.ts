import type { Secret } from '../../inventory/kubernetes.ts';
import { objectEvidence } from '../evidence/objects.ts';
import { proven } from '../evidence/proven.ts';
import { askingIn } from '../facts/asking.ts';
import { eachComposed, type Need } from '../facts/composed.ts';
import type { Facts } from '../facts/facts.ts';
import { BOOTSTRAPPERS, identitySet, isBootstrapGroup } from '../facts/identity-sets.ts';
import { proofOf } from '../facts/rbac-edges.ts';
import { type AnyOf, covers } from '../facts/rights.ts';
import { defineTechnique } from './technique.ts';

const NAMESPACE = 'kube-system';
const TYPE = 'bootstrap.kubernetes.io/token';
const SECRETS = { apiGroup: '', resource: 'secrets' } as const;
const CHANGE: AnyOf = [{ ...SECRETS, verbs: ['update', 'patch'] }];

const CREATE: readonly Need[] = [{ rights: [{ ...SECRETS, verbs: ['create'] }] }];
/** Server-side apply creates under the name in its path, so that a named `create` counts. */
const APPLY: readonly Need[] = [
  { rights: [{ ...SECRETS, verbs: ['create'], named: true }], names: 'chosen' },
  { rights: [{ ...SECRETS, verbs: ['patch'] }], names: 'chosen' },
];

/** What the secret has to be called. Source: client-go/tools/bootstrap (`BootstrapTokenSecretPrefix`, `BootstrapTokenIDPattern`). */
const isTokenName = (name: string): boolean => /^bootstrap-token-[a-z0-9]{6}$/.test(name);

const HANGS_ON = 'the API server taking bootstrap tokens (--enable-bootstrap-token-auth), as kubeadm has it do; managed clouds do not';

/** Whether a binding gives such a group something: without it the token is good for nothing that everybody may not do. */
const someoneBound = ({ subjects, nodes }: Facts): boolean =>
  subjects.all.some(({ node, own }) => nodes.kinds[node] === 'group' && own.length > 0 && isBootstrapGroup(nodes.names[node] as string));

const witness = (secret: Secret) =>
  objectEvidence('Secret', secret, '/type', 'is a bootstrap token, whose groups and secret part stand in its data');

export const bootstrapTokenCreate = defineTechnique({
  id: 'bootstrap-token-create',
  title: 'Makes itself a bootstrap token',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-groups'],
  action: `Creates a secret of type \`${TYPE}\` in ${NAMESPACE} with a token of his choice and logs in with it as a member of \`${BOOTSTRAPPERS}\` and of any \`${BOOTSTRAPPERS}:…\` group.`,
  precondition: `\`create\` on \`secrets\` in ${NAMESPACE}; or \`update\` or \`patch\` on a bootstrap token that is there; and a binding gives one of these groups something.`,
  remediation: `Take \`create\` on \`secrets\` in ${NAMESPACE} away.`,
  coverage: {
    level: 'partial',
    misses:
      'whether bootstrap tokens are taken, which a flag of the API server tells and no API does; rights that several of the groups give only together',
  },
  attck: ['T1078'],
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/',
    'https://github.com/kubernetes/kubernetes/blob/master/plugin/pkg/auth/authenticator/token/bootstrap/bootstrap.go',
  ],
  find(facts, emit) {
    if (!someoneBound(facts)) return;
    facts.nodes.intern('group', BOOTSTRAPPERS);
    const target = identitySet(facts, 'bootstrappers');
    for (const needs of [CREATE, APPLY]) {
      eachComposed(
        facts,
        needs,
        ({ node }, { scope, parts }) => {
          if (covers({ scope, by: [] }, NAMESPACE)) emit(node, target, facts.keep({ parts, hangsOn: HANGS_ON }), 'conditional');
        },
        { usable: isTokenName },
      );
    }
    const there = (facts.secretsByNamespace.get(NAMESPACE) ?? []).filter(({ type }) => type === TYPE);
    facts.eachHolding(CHANGE, ({ node }, holding) => {
      const secret = there.find(({ name }) => holding.name === undefined || holding.name === name);
      if (secret === undefined || !covers(holding, NAMESPACE)) return;
      const parts = [{ rights: CHANGE, by: holding.by }];
      emit(node, target, facts.keep({ parts, also: [witness(secret)], hangsOn: HANGS_ON }), 'conditional');
    });
  },
  ...proven,
  asks: (facts, { detail }) => askingIn(facts, NAMESPACE, proofOf(facts, detail).parts),
});
