import { type AdmissionRequest, isExempt } from '../../access/admission/matches.ts';
import { requestOf } from '../../access/admission/request-of.ts';
import type { PolicyRule } from '../../inventory/kubernetes.ts';
import type { Facts } from './facts.ts';
import { type AnyOf, type Part, verbsUnder } from './rights.ts';

/** Requests of which any one will do. */
export type Step = readonly AdmissionRequest[];

/** What is to be done one after the other, as far as admission is asked about it: the same list for the same requests. */
export type Steps = readonly Step[];

const requestKey = ({ operation, apiGroup, resource, subresource = '', name = '' }: AdmissionRequest): string =>
  `${operation} ${apiGroup}/${resource}/${subresource}/${name}`;

/** `free`: one of the rights is to something about which nothing is ever asked. */
type Let = 'free' | ReadonlyMap<string, AdmissionRequest>;

const remembered = new WeakMap<AnyOf, WeakMap<PolicyRule, Let>>();

function decide(rights: AnyOf, rule: PolicyRule): Let {
  const found = new Map<string, AdmissionRequest>();
  for (const right of rights) {
    for (const verb of verbsUnder(rule, right)) {
      const request = requestOf(verb, right);
      if (request === undefined || isExempt(request)) return 'free';
      found.set(requestKey(request), request);
    }
  }
  return found;
}

/** The requests that a rule lets make of some rights: of the verbs that are held, not of all that would do. */
function letBy(rights: AnyOf, rule: PolicyRule): Let {
  const byRule = remembered.get(rights) ?? new WeakMap<PolicyRule, Let>();
  remembered.set(rights, byRule);
  const known = byRule.get(rule) ?? decide(rights, rule);
  byRule.set(rule, known);
  return known;
}

/** The requests by which a part is done; undefined: it is done without any that is asked about. A part without rights says that a role is held. */
function stepOf({ rights, by }: Part): Map<string, AdmissionRequest> | undefined {
  const found = new Map<string, AdmissionRequest>();
  for (const { rule } of rights.length === 0 ? [] : by) {
    const requests = letBy(rights, rule);
    if (requests === 'free') return undefined;
    for (const [key, request] of requests) found.set(key, request);
  }
  return found.size === 0 ? undefined : found;
}

const lists = new WeakMap<Facts, Map<string, Steps>>();

/** The steps of these requests, the same list for the same ones. */
function interned(facts: Facts, steps: readonly ReadonlyMap<string, AdmissionRequest>[]): Steps {
  const known = lists.get(facts) ?? new Map<string, Steps>();
  lists.set(facts, known);
  const bySteps = new Map(steps.map((step) => [[...step.keys()].sort().join('|'), step]));
  const key = [...bySteps.keys()].sort().join('&');
  const found = known.get(key) ?? [...bySteps.values()].map((step) => [...step.values()]);
  known.set(key, found);
  return found;
}

/** What admission is asked about where parts are done, each by the rights that are held. */
export const stepsOf = (facts: Facts, parts: readonly Part[]): Steps =>
  interned(
    facts,
    parts.flatMap((part) => stepOf(part) ?? []),
  );

/** One step that any of some requests does. */
export const oneStep = (facts: Facts, requests: Step): Steps =>
  interned(facts, [new Map(requests.map((request) => [requestKey(request), request]))]);
