import type { GcpCondition } from '../../inventory/gcp.ts';
import { type CelLookup, type CelProgram, compileCel, judgeCel } from './cel.ts';
import { type CelValue, openValue, timeOf } from './cel-value.ts';
import { isOpen, type Judgement } from './judgement.ts';
import type { GcpResource } from './resource.ts';

/** What is known of a request beside who asks for what. */
export interface GcpCircumstances {
  /** ISO 8601: what `request.time` is taken to be. */
  readonly at?: string;
  /** Attributes by their whole name, as the caller states them: `request.time`, `resource.type`. */
  readonly context?: ReadonlyMap<string, readonly string[]>;
}

const programs = new WeakMap<GcpCondition, CelProgram>();

function programOf(condition: GcpCondition): CelProgram {
  let program = programs.get(condition);
  if (program === undefined) {
    program = compileCel(condition.expression);
    programs.set(condition, program);
  }
  return program;
}

/**
 * Whether a condition holds for a request on a resource. Resource attributes are known from the resource's name, the time is what the caller
 * says; everything else (tags, IP addresses, access levels, API attributes) is open.
 * Source: https://cloud.google.com/iam/docs/conditions-attribute-reference
 */
export function conditionHolds(condition: GcpCondition | undefined, resource: GcpResource, known: GcpCircumstances): Judgement {
  if (condition === undefined) return true;
  const program = programOf(condition);
  const [first, ...others] = resource.conditionNames;
  const judged = judgeCel(program, lookupFor(resource, { known, name: first }));
  for (const name of others) {
    const again = judgeCel(program, lookupFor(resource, { known, name }));
    if (isOpen(judged) || isOpen(again) || judged !== again) return isOpen(judged) ? judged : [`how conditions name ${resource.name}`];
  }
  return judged;
}

function lookupFor(
  resource: GcpResource,
  { known, name }: { readonly known: GcpCircumstances; readonly name: string | undefined },
): CelLookup {
  const values = new Map<string, CelValue | undefined>([
    ['request.time', known.at === undefined ? undefined : timeValue(known.at)],
    ['resource.name', name],
    ['resource.type', resource.type],
    ['resource.service', resource.service],
  ]);
  return (attribute) => {
    const stated = known.context?.get(attribute)?.[0];
    if (stated !== undefined) return attribute === 'request.time' ? timeValue(stated) : stated;
    return values.get(attribute) ?? openValue(attribute);
  };
}

function timeValue(text: string): CelValue {
  const time = timeOf(text);
  return time === undefined ? openValue('request.time') : { time };
}
