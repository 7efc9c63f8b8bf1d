/**
 * What closes an edge: one change, any one of several, or all of several together. Two bindings that give the same right are `all` of
 * taking the subject out of the one and out of the other. `any` of nothing: no change closes it.
 */
export type Closing = { readonly change: string } | { readonly any: readonly Closing[] } | { readonly all: readonly Closing[] };

/** What nothing closes. */
export const NEVER: Closing = { any: [] };

const isNever = (closing: Closing): boolean => 'any' in closing && closing.any.length === 0;

/** Any one of these closes it; those that are never met are left out. */
export function anyOf(closings: readonly Closing[]): Closing {
  const flat = closings.flatMap((closing) => ('any' in closing ? closing.any : [closing]));
  return flat.length === 1 ? (flat[0] as Closing) : { any: flat };
}

/** Only all of these together close it; never where one of them is never met, or where there is none. */
export function allOf(closings: readonly Closing[]): Closing {
  if (closings.length === 0 || closings.some(isNever)) return NEVER;
  const flat = closings.flatMap((closing) => ('all' in closing ? closing.all : [closing]));
  return flat.length === 1 ? (flat[0] as Closing) : { all: flat };
}

/** Any one of these changes closes it by itself. */
export function anyChange(changes: readonly string[]): Closing {
  const [first, ...others] = changes;
  if (first === undefined) return NEVER;
  return others.length === 0 ? { change: first } : { any: changes.map((change) => ({ change })) };
}

/** Whether these changes, all made, close it. */
export function isMet(closing: Closing, made: (change: string) => boolean): boolean {
  if ('change' in closing) return made(closing.change);
  return 'any' in closing ? closing.any.some((one) => isMet(one, made)) : closing.all.every((one) => isMet(one, made));
}
