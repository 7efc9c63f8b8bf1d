import { type CelValue, isList, isMap, openValue, timeOf } from './cel-value.ts';

type Call = (target: CelValue, values: readonly CelValue[]) => CelValue | undefined;

const onStrings =
  (test: (text: string, part: string) => CelValue): Call =>
  (target, [part]) =>
    typeof target === 'string' && typeof part === 'string' ? test(target, part) : undefined;

/**
 * `extract(template)`: what stands at `{name}` in the text; the empty string where the text does not fit.
 * Source: https://cloud.google.com/iam/docs/conditions-attribute-reference#extract
 */
function extract(text: string, template: string): string | undefined {
  const begin = template.indexOf('{');
  const end = template.indexOf('}', begin);
  if (begin < 0 || end < 0 || template.indexOf('{', begin + 1) >= 0) return undefined;
  const [before, after] = [template.slice(0, begin), template.slice(end + 1)];
  const start = before === '' ? 0 : text.indexOf(before);
  if (start < 0) return '';
  const from = start + before.length;
  const to = after === '' ? text.length : text.indexOf(after, from);
  return to < 0 ? '' : text.slice(from, to);
}

const sizeOf = (value: CelValue | undefined): CelValue | undefined => {
  if (typeof value === 'string') return BigInt([...value].length);
  if (value === undefined || typeof value !== 'object' || value === null) return undefined;
  return isList(value) ? BigInt(value.items.length) : isMap(value) ? BigInt(value.entries.size) : undefined;
};

const TIME_OF_DAY = 'the time of day or the date of the request';

/** Methods, `target.name(values)`. Undefined: not with these types. Hours and days of a request's time change, so they stay open. */
const METHODS = new Map<string, Call>([
  ['startsWith', onStrings((text, part) => text.startsWith(part))],
  ['endsWith', onStrings((text, part) => text.endsWith(part))],
  ['contains', onStrings((text, part) => text.includes(part))],
  ['extract', onStrings((text, template) => extract(text, template) ?? openValue(`the template ${template}`))],
  ['split', onStrings((text, separator) => ({ items: separator === '' ? [...text] : text.split(separator) }))],
  ['lowerAscii', (target) => (typeof target === 'string' ? target.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : undefined)],
  ['upperAscii', (target) => (typeof target === 'string' ? target.replace(/[a-z]/g, (letter) => letter.toUpperCase()) : undefined)],
  ['size', (target) => sizeOf(target)],
  ['getFullYear', () => openValue(TIME_OF_DAY)],
  ['getMonth', () => openValue(TIME_OF_DAY)],
  ['getDate', () => openValue(TIME_OF_DAY)],
  ['getDayOfMonth', () => openValue(TIME_OF_DAY)],
  ['getDayOfWeek', () => openValue(TIME_OF_DAY)],
  ['getDayOfYear', () => openValue(TIME_OF_DAY)],
  ['getHours', () => openValue(TIME_OF_DAY)],
  ['getMinutes', () => openValue(TIME_OF_DAY)],
]);

/** Functions, `name(values)`. */
const FUNCTIONS = new Map<string, (values: readonly CelValue[]) => CelValue | undefined>([
  ['timestamp', ([text]) => timeFrom(typeof text === 'string' ? text : '')],
  ['date', ([text]) => timeFrom(typeof text === 'string' ? `${text}T00:00:00Z` : '')],
  [
    'string',
    ([value]) => (typeof value === 'string' || typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : undefined),
  ],
  ['size', ([value]) => sizeOf(value)],
]);

function timeFrom(text: string): CelValue | undefined {
  const time = timeOf(text);
  return time === undefined ? undefined : { time };
}

/** What a method or function gives; undefined: it is not known here, or not with these types. */
export const callMethod = (name: string, target: CelValue, values: readonly CelValue[]): CelValue | undefined =>
  METHODS.get(name)?.(target, values);
export const callFunction = (name: string, values: readonly CelValue[]): CelValue | undefined => FUNCTIONS.get(name)?.(values);
