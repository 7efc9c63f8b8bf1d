/** What can be written as YAML. */
export type Yaml = string | number | boolean | null | readonly Yaml[] | { readonly [key: string]: Yaml };

/** Text that no version of YAML takes for anything but itself. */
const PLAIN = /^[A-Za-z/][A-Za-z0-9/._-]*$/;
const RESERVED = new Set(['true', 'false', 'yes', 'no', 'on', 'off', 'null', 'y', 'n']);

/** A text as YAML: JSON's way of quoting where it could be taken for something else, everything outside of ASCII escaped. */
function scalar(text: string): string {
  if (PLAIN.test(text) && !RESERVED.has(text.toLowerCase())) return text;
  return JSON.stringify(text).replace(/[\u007f-\u{10ffff}]/gu, (one) => {
    const hex = (one.codePointAt(0) as number).toString(16);
    return hex.length > 4 ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
  });
}

const isList = (value: Yaml): value is readonly Yaml[] => Array.isArray(value);
const isMap = (value: Yaml): value is { readonly [key: string]: Yaml } => typeof value === 'object' && value !== null && !isList(value);

function simple(value: Yaml): string | undefined {
  if (typeof value === 'string') return scalar(value);
  if (isList(value)) return value.length === 0 ? '[]' : undefined;
  if (isMap(value)) return Object.keys(value).length === 0 ? '{}' : undefined;
  return String(value);
}

function lines(value: Yaml, indent: string): string[] {
  const one = simple(value);
  if (one !== undefined) return [`${indent}${one}`];
  if (isList(value)) {
    return value.flatMap((item) => {
      const [first = '', ...rest] = lines(item, `${indent}  `);
      return [`${indent}- ${first.slice(indent.length + 2)}`, ...rest];
    });
  }
  return Object.entries(value as { readonly [key: string]: Yaml }).flatMap(([key, item]) => {
    const short = simple(item);
    return short === undefined ? [`${indent}${scalar(key)}:`, ...lines(item, `${indent}  `)] : [`${indent}${scalar(key)}: ${short}`];
  });
}

/** A value as a YAML document in block style, with a newline at the end. Names in it come from attackers, so nothing is left to guess. */
export const yamlOf = (value: Yaml): string => `${lines(value, '').join('\n')}\n`;

/** Several documents in one text. */
export const yamlDocuments = (...values: readonly Yaml[]): string => values.map(yamlOf).join('---\n');
