import type { Truth } from './truth.ts';

/** What is known of a request's condition keys. */
export interface RequestContext {
  /** Values by key name in lower case; a map, or whatever else can say them one by one. */
  readonly values: Pick<ReadonlyMap<string, readonly string[]>, 'get'>;
  /**
   * Whether a key (lower case) that has no values here is surely not part of the request. False means nobody knows:
   * source addresses, dates, MFA, whatever the caller chooses.
   */
  isAbsent(key: string): boolean;
}

/** The key's values, `absent` or `unknown`. Key names are not case-sensitive; values are. */
export function lookUp(context: RequestContext, key: string): readonly string[] | 'absent' | 'unknown' {
  return context.values.get(key) ?? (context.isAbsent(key) ? 'absent' : 'unknown');
}

/** Whether the key is part of the request. */
export function isPresent(context: RequestContext, key: string): Truth {
  const values = lookUp(context, key);
  return values === 'unknown' ? 'unknown' : values !== 'absent';
}
