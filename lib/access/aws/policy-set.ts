import type { PolicyStatement } from '../../inventory/aws.ts';
import { type CompiledPolicy, unknownsOf } from './policy.ts';
import {
  actionApplies,
  type CompiledStatement,
  type PolicyRequest,
  principalApplies,
  resourceApplies,
  statementApplies,
  statementPointer,
} from './statement.ts';
import type { Truth } from './truth.ts';

/** A statement that decided, or the policy that did where it decided by saying nothing. */
export interface DecidingStatement {
  /** Name of an inline policy, of an SCP or `session policy`; ARN of a managed policy, a boundary or of the resource whose policy it is. */
  readonly policy: string;
  readonly kind: 'inline' | 'managed' | 'boundary' | 'scp' | 'session' | 'resource';
  /** JSON pointer into the object that has the policy, as its API prints it. */
  readonly pointer?: string;
  readonly statement?: PolicyStatement;
}

/** A policy and where it stands. */
export interface PlacedPolicy {
  readonly policy: string;
  readonly kind: DecidingStatement['kind'];
  /** In short words, for people: `inline shop-assets-read`, `SCP data-services-only`. */
  readonly label: string;
  /** JSON pointer of the document. */
  readonly pointer: string;
  /** The document is text inside its object, so that no pointer leads further. */
  readonly opaque?: true;
  readonly compiled: CompiledPolicy;
}

/** Policies that speak with one voice: an Allow in any of them allows, a Deny in any denies. */
export interface PolicySet {
  readonly policies: readonly PlacedPolicy[];
  /** What belongs to them and was not read: it may allow, and it may deny. */
  readonly unread: readonly string[];
}

/** A statement that applies to the request, or may. */
export interface Hit {
  readonly policy: PlacedPolicy;
  readonly statement: CompiledStatement;
  readonly applies: true | 'unknown';
}

/** What a set says to a request, Allow and Deny apart, with what each hangs on where it is unknown. */
export interface Finding {
  readonly allow: Truth;
  readonly deny: Truth;
  readonly allows: readonly Hit[];
  readonly denies: readonly Hit[];
  readonly allowHangsOn: readonly string[];
  readonly denyHangsOn: readonly string[];
}

const NONE: readonly never[] = [];

/** Asks every statement of the set; the order of policies and statements decides nothing. */
export function askSet(set: PolicySet, request: PolicyRequest): Finding {
  let allows: Hit[] | undefined;
  let denies: Hit[] | undefined;
  let unread = set.unread;
  for (const policy of set.policies) {
    const { statements, unreadable: why } = policy.compiled;
    if (why !== undefined) unread = [...unread, `the policy ${policy.policy}, which is unreadable: ${why}`];
    for (const statement of statements) {
      const applies = statementApplies(statement, request);
      if (applies === false) continue;
      const hit: Hit = { policy, statement, applies };
      if (statement.source.effect === 'Deny') denies = added(denies, hit);
      else allows = added(allows, hit);
    }
  }
  if (allows === undefined && denies === undefined && unread.length === 0) return SILENT;
  return findingOf({ allows: allows ?? NONE, denies: denies ?? NONE, unread }, request);
}

/** What most sets say to most questions. */
const SILENT: Finding = { allow: false, deny: false, allows: NONE, denies: NONE, allowHangsOn: NONE, denyHangsOn: NONE };

function added(hits: Hit[] | undefined, hit: Hit): Hit[] {
  if (hits === undefined) return [hit];
  hits.push(hit);
  return hits;
}

function findingOf(
  { allows, denies, unread }: { readonly allows: readonly Hit[]; readonly denies: readonly Hit[]; readonly unread: readonly string[] },
  request: PolicyRequest,
): Finding {
  const allow = truthOf(allows, unread);
  const deny = truthOf(denies, unread);
  return {
    allow,
    deny,
    allows,
    denies,
    allowHangsOn: allow === 'unknown' ? [...hangsOn(allows, request), ...unread] : NONE,
    denyHangsOn: deny === 'unknown' ? [...hangsOn(denies, request), ...unread] : NONE,
  };
}

function truthOf(hits: readonly Hit[], unread: readonly string[]): Truth {
  for (const hit of hits) if (hit.applies === true) return true;
  return hits.length > 0 || unread.length > 0 ? 'unknown' : false;
}

/** What hits hang on that may apply. */
export function hangsOn(hits: readonly Hit[], request: PolicyRequest): string[] {
  return hits.filter((hit) => hit.applies === 'unknown').flatMap((hit) => unknownsOf(hit.statement, request));
}

/** Of several hits those that surely apply, else all: what an answer is put down to. */
export function surest(hits: readonly Hit[]): readonly Hit[] {
  const sure = hits.filter((hit) => hit.applies === true);
  return sure.length > 0 ? sure : hits;
}

/** Whether an Allow of the set fits principal, action and resource, so that only its conditions keep the request out. */
export function keptOutByCondition(set: PolicySet, request: PolicyRequest): boolean {
  return set.policies.some(({ compiled }) =>
    compiled.statements.some(
      (statement) =>
        statement.source.effect === 'Allow' &&
        actionApplies(statement, request.action) &&
        principalApplies(statement, request) !== false &&
        resourceApplies(statement, request) !== false,
    ),
  );
}

/** A hit as evidence. */
export function decidingStatement({ policy, statement }: Hit): DecidingStatement {
  const pointer = policy.opaque === true ? policy.pointer : `${policy.pointer}${statementPointer(statement.source)}`;
  return { policy: policy.policy, kind: policy.kind, pointer, statement: statement.source };
}
