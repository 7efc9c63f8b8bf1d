const START = Buffer.from(',"managedFields":[');
const OPEN = 0x5b;
const CLOSE = 0x5d;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BRACE = 0x7d;

/**
 * A page without `metadata.managedFields`, as far as they are written as API servers write them: about a third of a pod's
 * bytes, which nobody needs, so they need not be parsed either. Everything else stays as it is.
 *
 * Why bytes may be cut: JSON text escapes a quote inside a string, so an unescaped quote before a letter opens a string and
 * does not close one; hence neither the start nor the `]` of `]},"spec"` or `],"name"` can stand inside text that somebody chose.
 * Between them there is no other bracket, so it is that array and no more. managedFields hold objects only, no arrays.
 * A wrong guess could only unbalance the brackets, and the caller parses the page whole where the rest does not parse.
 */
export function stripManagedFields(body: Buffer): Buffer {
  let start = body.indexOf(START);
  if (start < 0) return body;
  const kept = Buffer.allocUnsafe(body.length);
  let length = 0;
  let from = 0;
  while (start >= 0) {
    const inside = start + START.length;
    const end = body.indexOf(CLOSE, inside);
    if (end < 0) break;
    if (closesArray(body, inside, end)) {
      length += body.copy(kept, length, from, start);
      from = end + 1;
    }
    start = body.indexOf(START, inside);
  }
  length += body.copy(kept, length, from);
  return kept.subarray(0, length);
}

/** Whether the first `]` at `end` closes the array whose contents begin at `inside`. */
function closesArray(body: Buffer, inside: number, end: number): boolean {
  const quote = body[end + 1] === BRACE ? end + 3 : end + 2;
  const letter = body[quote + 1] ?? 0;
  const isKey = body[quote] === QUOTE && body[quote - 1] === COMMA && letter >= 0x61 && letter <= 0x7a;
  return isKey && !body.subarray(inside, end).includes(OPEN);
}
