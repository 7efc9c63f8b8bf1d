/** A record as text that tells any two different records apart, maps included, for choosing between two readings of one thing. */
export function recordText(record: unknown): string {
  return JSON.stringify(record, (_key, value: unknown) => (value instanceof Map ? [...value] : value));
}
