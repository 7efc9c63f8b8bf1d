import type { ServiceAccount } from '../../inventory/kubernetes.ts';
import type { AwsIndex } from './aws-index.ts';
import { type AwsLink, type AwsLinkEvidence, pointedState } from './link.ts';
import { actionApplies, type CompiledStatement, principalApplies, statementPointer } from './statement.ts';
import { answerPastGate, subjectOf, type WebIdentityAnswer } from './web-identity.ts';
import { gateOf, providerArnFor, type WebIdentityGate } from './web-identity-gate.ts';
import { ASSUME_WITH_WEB_IDENTITY } from './web-identity-request.ts';

export const ROLE_ANNOTATION = 'eks.amazonaws.com/role-arn';
export const AUDIENCE_ANNOTATION = 'eks.amazonaws.com/audience';
const DEFAULT_AUDIENCE = 'sts.amazonaws.com';

type OpenGate = Exclude<WebIdentityGate, { readonly answer: WebIdentityAnswer }>;

/** What makes the links of one inventory: gates are decided once per role and audience. */
export interface IrsaFacts {
  readonly index: AwsIndex;
  readonly gates: Map<string, WebIdentityGate>;
  /** `namespace/name` of service accounts that a Pod Identity association of this cluster names. */
  readonly associated: ReadonlySet<string>;
}

/** The link of an annotated service account; undefined where it has no annotation. An empty one is none: the webhook skips it. */
export function annotatedLink(facts: IrsaFacts, account: ServiceAccount): AwsLink | undefined {
  const identity = account.annotations.get(ROLE_ANNOTATION);
  if (identity === undefined || identity === '') return undefined;
  const serviceAccount = `${account.namespace}/${account.name}`;
  const audience = annotatedAudience(account);
  const gate = gateFor(facts, identity, audience);
  const answer = 'answer' in gate ? gate.answer : answerPastGate(gate, serviceAccount);
  const wins = answer.canAssume === true && facts.associated.has(serviceAccount);
  const role = facts.index.roles.get(identity);
  return {
    serviceAccount,
    provider: 'aws',
    identity,
    ...(role === undefined ? {} : { principal: role }),
    method: 'irsa',
    audience,
    state: wins ? 'possible' : pointedState(answer.canAssume),
    code: wins ? 'pod-identity-wins' : answer.code,
    reason: wins ? `${answer.reason} A Pod Identity association is there too, and EKS then injects that alone.` : answer.reason,
    evidence: [annotationEvidence(account, identity), ...roleEvidence(facts.index, identity, { audience, answer })],
    ...(answer.dependsOn.length === 0 ? {} : { dependsOn: answer.dependsOn }),
  };
}

/**
 * Links that no annotation makes: the role lets the service account in with a token of one of the audiences that its
 * provider accepts. One per pair, for the default audience where that works, left out where the annotation makes it.
 */
export function* possibleLinks(facts: IrsaFacts, accounts: ReadonlyMap<string, ServiceAccount>): Generator<AwsLink> {
  const { index } = facts;
  if (index.issuer === undefined) return;
  const byNamespace = namesByNamespace(accounts);
  for (const roleArn of index.roles.keys()) {
    const found = new Set<string>();
    for (const audience of audiencesOf(index, roleArn)) {
      const gate = gateFor(facts, roleArn, audience);
      if ('answer' in gate) continue;
      const ask = linkMaker(index, gate);
      for (const serviceAccount of candidates(gate, byNamespace) ?? accounts.keys()) {
        const account = accounts.get(serviceAccount);
        if (account === undefined || found.has(serviceAccount) || isAnnotated(account, { roleArn, audience })) continue;
        const link = ask(serviceAccount);
        if (link === undefined) continue;
        found.add(serviceAccount);
        yield link;
      }
    }
  }
}

/** A role that does not look at the subject is asked once, and all its links share one answer and its evidence. */
function linkMaker(index: AwsIndex, gate: OpenGate): (serviceAccount: string) => AwsLink | undefined {
  const make = (serviceAccount: string): AwsLink | undefined => {
    const answer = answerPastGate(gate, serviceAccount);
    return answer.canAssume === false ? undefined : possibleLink(index, gate, { serviceAccount, answer });
  };
  if (looksAtSubject(gate)) return make;
  const shared = make('any/any');
  return (serviceAccount) => shared && { ...shared, serviceAccount };
}

function looksAtSubject(gate: OpenGate): boolean {
  const key = `${gate.issuer.toLowerCase()}:sub`;
  return gate.trust.statements.some((statement) =>
    statement.conditions.some(
      (condition) => (condition.key === key && !condition.isNull) || condition.source.values.some((value) => value.includes('${')),
    ),
  );
}

function possibleLink(
  index: AwsIndex,
  gate: OpenGate,
  found: { readonly serviceAccount: string; readonly answer: WebIdentityAnswer },
): AwsLink {
  const { serviceAccount, answer } = found;
  return {
    serviceAccount,
    provider: 'aws',
    identity: gate.role.arn,
    principal: gate.role,
    method: 'irsa',
    audience: gate.audience,
    state: answer.canAssume === true ? 'possible' : 'conditional',
    code: answer.code,
    reason: `${answer.reason} No annotation points the service account at this role; whoever writes its pods may project the token.`,
    evidence: roleEvidence(index, gate.role.arn, { audience: gate.audience, answer }),
    ...(answer.dependsOn.length === 0 ? {} : { dependsOn: answer.dependsOn }),
  };
}

function gateFor(facts: IrsaFacts, roleArn: string, audience: string): WebIdentityGate {
  const key = `${roleArn} ${audience}`;
  let gate = facts.gates.get(key);
  if (gate === undefined) {
    gate = gateOf(facts.index, { roleArn, audience });
    facts.gates.set(key, gate);
  }
  return gate;
}

function audiencesOf(index: AwsIndex, roleArn: string): readonly string[] {
  const role = index.roles.get(roleArn);
  if (role === undefined || index.issuer === undefined) return [];
  const clientIds = index.providers.get(providerArnFor(role, index.issuer))?.clientIds;
  if (clientIds === undefined) return [DEFAULT_AUDIENCE];
  return [...clientIds].sort((one, other) => Number(other === DEFAULT_AUDIENCE) - Number(one === DEFAULT_AUDIENCE));
}

/**
 * Service accounts that the role may let in: where every Allow statement that could apply names subjects or their namespaces, only those;
 * undefined: any. So a role for one service account or one namespace costs nothing for the others.
 */
function candidates(gate: OpenGate, byNamespace: ReadonlyMap<string, readonly string[]>): Iterable<string> | undefined {
  const found = new Set<string>();
  for (const statement of gate.trust.statements) {
    if (statement.source.effect !== 'Allow' || !mayAdmit(statement, gate)) continue;
    const beginnings = subjectBeginnings(statement, `${gate.issuer.toLowerCase()}:sub`);
    if (beginnings === undefined) return undefined;
    for (const { text, whole } of beginnings) {
      const names = whole ? serviceAccountOf(text) : (byNamespace.get(namespaceOf(text) ?? '') ?? []);
      for (const name of names) found.add(name);
    }
  }
  return found;
}

/** How a subject has to begin for a statement to apply; `whole`: that is all of it. */
interface Beginning {
  readonly text: string;
  readonly whole: boolean;
}

/** Of the first condition that asks for whole subjects, or for such that lie in a namespace; undefined: none does. */
function subjectBeginnings({ conditions }: CompiledStatement, key: string): readonly Beginning[] | undefined {
  for (const condition of conditions) {
    const comparesText = /(?:^|:)string(?:equals|like)(?:ifexists)?$/i.test(condition.source.operator);
    if (condition.key !== key || condition.operator?.negated !== false || !comparesText) continue;
    const { exact } = condition.operator;
    const { values } = condition.source;
    if (values.some((value) => value.includes('${'))) continue;
    const beginnings = values.map((value): Beginning => {
      const [text = ''] = exact ? [value] : value.split(/[*?]/, 1);
      return { text, whole: text === value };
    });
    if (beginnings.every(({ text, whole }) => whole || namespaceOf(text) !== undefined)) return beginnings;
  }
  return undefined;
}

/** The namespace of subjects that begin like this; undefined where the beginning leaves it open. */
const namespaceOf = (beginning: string): string | undefined => /^system:serviceaccount:([^:]{1,253}):/.exec(beginning)?.[1];

function namesByNamespace(accounts: ReadonlyMap<string, ServiceAccount>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [name, { namespace }] of accounts) {
    const names = found.get(namespace);
    if (names === undefined) found.set(namespace, [name]);
    else names.push(name);
  }
  return found;
}

function mayAdmit(statement: CompiledStatement, gate: OpenGate): boolean {
  const principal = { type: 'Federated' as const, value: gate.providerArn };
  return actionApplies(statement, ASSUME_WITH_WEB_IDENTITY) && principalApplies(statement, { principal }) !== false;
}

function serviceAccountOf(subject: string): readonly string[] {
  const [system, kind, namespace, name, ...rest] = subject.split(':', 6);
  if (system !== 'system' || kind !== 'serviceaccount' || namespace === undefined || name === undefined || rest.length > 0) return [];
  const serviceAccount = `${namespace}/${name}`;
  return subjectOf(serviceAccount) === subject ? [serviceAccount] : [];
}

function annotatedAudience(account: ServiceAccount): string {
  return account.annotations.get(AUDIENCE_ANNOTATION) || DEFAULT_AUDIENCE;
}

function isAnnotated(account: ServiceAccount, link: { readonly roleArn: string; readonly audience: string }): boolean {
  return account.annotations.get(ROLE_ANNOTATION) === link.roleArn && annotatedAudience(account) === link.audience;
}

function annotationEvidence(account: ServiceAccount, identity: string): AwsLinkEvidence {
  const { namespace, name } = account;
  const pointer = '/metadata/annotations/eks.amazonaws.com~1role-arn';
  return { kind: 'ServiceAccount', namespace, name, pointer, says: `is annotated with role \`${identity}\`` };
}

function roleEvidence(
  index: AwsIndex,
  roleArn: string,
  link: { readonly audience: string; readonly answer: WebIdentityAnswer },
): AwsLinkEvidence[] {
  const role = index.roles.get(roleArn);
  if (role === undefined) return [];
  const { answer, audience } = link;
  const pointers = answer.statements.map((statement) => `/AssumeRolePolicyDocument${statementPointer(statement)}`);
  const evidence: AwsLinkEvidence[] = (pointers.length === 0 ? ['/AssumeRolePolicyDocument'] : pointers).map((pointer) => ({
    kind: 'AwsRole',
    name: role.arn,
    pointer,
    says: answer.reason,
  }));
  const provider = index.issuer === undefined ? undefined : index.providers.get(providerArnFor(role, index.issuer));
  if (provider !== undefined && answer.canAssume !== false) {
    const says =
      provider.clientIds === undefined
        ? 'registers the issuer; its client ids were not read'
        : `registers the issuer and accepts audience \`${audience}\``;
    evidence.push({
      kind: 'AwsOidcProvider',
      name: provider.arn,
      pointer: provider.clientIds === undefined ? '/Url' : '/ClientIDList',
      says,
    });
  }
  return evidence;
}
