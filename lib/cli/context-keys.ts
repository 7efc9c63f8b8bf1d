import * as z from 'zod';

const Value = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/**
 * Condition keys of a request: `{"aws:SecureTransport": "false", "aws:TagKeys": ["a", "b"]}`. Pairs, not a record: a schema library's record
 * drops the key `__proto__`.
 */
export const ContextKeys = z
  .unknown()
  .refine((value) => value == null || (typeof value === 'object' && !Array.isArray(value)), 'expected an object of condition keys')
  .transform((value) => (value == null ? undefined : Object.entries(value)))
  .pipe(z.array(z.tuple([z.string(), z.union([Value.transform((one) => [one]), z.array(Value)])])).optional())
  .transform((pairs) => (pairs === undefined ? undefined : new Map<string, readonly string[]>(pairs)))
  .optional();
