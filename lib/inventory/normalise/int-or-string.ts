import type { FieldReader, RawObject } from './field-reader.ts';

/** A field that the API lets be a number or a name, such as a port, as text. Source: k8s.io/apimachinery/pkg/util/intstr. */
export function intOrString(raw: RawObject, key: string, { at, fields }: { at: string; fields: FieldReader }): string | undefined {
  const value = typeof raw[key] === 'number' ? fields.integer(raw, key, at) : fields.string(raw, key, at);
  return value === undefined || value === '' ? undefined : String(value);
}
