import type { PolicyCondition, PolicyDocument, PolicyPrincipal, PolicyStatement } from '../aws.ts';

/** What is wrong with a document and where, as a JSON pointer below the document. */
export interface DocumentProblem {
  readonly pointer: string;
  readonly why: string;
}

/** A document that was read (`problem` undefined), or an unreadable one that says why. */
export interface ReadDocument {
  readonly document: PolicyDocument;
  readonly problem?: DocumentProblem;
}

const STATEMENT_ELEMENTS: ReadonlySet<string> = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

class Malformed extends Error {
  readonly pointer: string;
  constructor(pointer: string, why: string) {
    super(why);
    this.pointer = pointer;
  }
}

/**
 * Reads an IAM policy document: an object (as the `aws` command prints it), JSON text, or percent-encoded JSON text (as
 * the API sends it). Never throws: a document that breaks the grammar anywhere is unreadable as a whole. Written by
 * hand, because a schema library's record drops the key `__proto__`, and a condition that is dropped is a door that opens.
 * Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readPolicyDocument(raw: unknown): ReadDocument {
  try {
    return { document: documentOf(typeof raw === 'string' ? parseText(raw) : raw) };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    const problem = { pointer: error.pointer, why: error.message };
    return { document: { statements: [], unreadable: `${problem.why} at \`${problem.pointer}\`` }, problem };
  }
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(/^\s*[{[]/.test(text) ? text : decodeURIComponent(text));
  } catch (error) {
    // The engine's own message would quote the text; the document's reader only needs to know that it is no JSON.
    if (error instanceof SyntaxError || error instanceof URIError)
      throw new Malformed('', 'the text is neither JSON nor percent-encoded JSON');
    throw error;
  }
}

function documentOf(raw: unknown): PolicyDocument {
  const object = objectAt(raw, '');
  const version = object.Version;
  if (version !== undefined && typeof version !== 'string') throw new Malformed('/Version', 'expected a string');
  if (object.Statement === undefined) throw new Malformed('/Statement', 'the element is missing');
  const list = Array.isArray(object.Statement);
  const raws: readonly unknown[] = list ? (object.Statement as unknown[]) : [object.Statement];
  const statements = list
    ? raws.map((statement, index) => statementOf(statement, index, `/Statement/${index}`))
    : [{ ...statementOf(object.Statement, 0, '/Statement'), alone: true as const }];
  return { ...(version === undefined ? {} : { version }), statements };
}

function statementOf(raw: unknown, index: number, at: string): PolicyStatement {
  const object = objectAt(raw, at);
  for (const name of Object.keys(object)) {
    if (!STATEMENT_ELEMENTS.has(name)) throw new Malformed(`${at}/${escapePointer(name)}`, 'unknown element');
  }
  const { Sid: sid, Effect: effect } = object;
  if (effect !== 'Allow' && effect !== 'Deny') throw new Malformed(`${at}/Effect`, 'expected `Allow` or `Deny`');
  if (sid !== undefined && typeof sid !== 'string') throw new Malformed(`${at}/Sid`, 'expected a string');
  for (const [one, other] of [
    ['Action', 'NotAction'],
    ['Resource', 'NotResource'],
    ['Principal', 'NotPrincipal'],
  ] as const) {
    if (object[one] !== undefined && object[other] !== undefined) throw new Malformed(`${at}/${other}`, `stands beside \`${one}\``);
  }
  if (object.Action === undefined && object.NotAction === undefined) throw new Malformed(`${at}/Action`, 'the element is missing');
  return {
    index,
    ...(sid === undefined ? {} : { sid }),
    effect,
    ...optional('principals', object.Principal, (value) => principalsOf(value, `${at}/Principal`)),
    ...optional('notPrincipals', object.NotPrincipal, (value) => principalsOf(value, `${at}/NotPrincipal`)),
    ...optional('actions', object.Action, (value) => stringsAt(value, `${at}/Action`)),
    ...optional('notActions', object.NotAction, (value) => stringsAt(value, `${at}/NotAction`)),
    ...optional('resources', object.Resource, (value) => stringsAt(value, `${at}/Resource`)),
    ...optional('notResources', object.NotResource, (value) => stringsAt(value, `${at}/NotResource`)),
    conditions: object.Condition === undefined ? [] : conditionsOf(object.Condition, `${at}/Condition`),
  };
}

function principalsOf(raw: unknown, at: string): PolicyPrincipal[] {
  if (raw === '*') return [{ type: '*', value: '*' }];
  return Object.entries(objectAt(raw, at)).flatMap(([type, values]) =>
    stringsAt(values, `${at}/${escapePointer(type)}`).map((value) => ({ type, value })),
  );
}

function conditionsOf(raw: unknown, at: string): PolicyCondition[] {
  return Object.entries(objectAt(raw, at)).flatMap(([operator, keys]) => {
    const operatorAt = `${at}/${escapePointer(operator)}`;
    return Object.entries(objectAt(keys, operatorAt)).map(([key, values]) => ({
      operator,
      key,
      values: scalarsAt(values, `${operatorAt}/${escapePointer(key)}`),
    }));
  });
}

function objectAt(raw: unknown, at: string): { readonly [name: string]: unknown } {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw new Malformed(at, 'expected an object');
  return raw as { readonly [name: string]: unknown };
}

function stringsAt(raw: unknown, at: string): string[] {
  const list: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  return list.map((value, index) => {
    if (typeof value !== 'string') throw new Malformed(Array.isArray(raw) ? `${at}/${index}` : at, 'expected a string');
    return value;
  });
}

/** Condition values may be JSON booleans and numbers; IAM compares their text. */
function scalarsAt(raw: unknown, at: string): string[] {
  const list: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  return list.map((value, index) => {
    if (typeof value === 'string') return value;
    if (typeof value === 'boolean' || typeof value === 'number') return String(value);
    throw new Malformed(Array.isArray(raw) ? `${at}/${index}` : at, 'expected a string, a number or a boolean');
  });
}

function optional<Name extends string, Value>(name: Name, raw: unknown, read: (raw: unknown) => Value): { [key in Name]?: Value } {
  return raw === undefined ? {} : ({ [name]: read(raw) } as { [key in Name]?: Value });
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
