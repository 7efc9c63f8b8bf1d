import { type ASTNode, check, parse } from '@marcbachmann/cel-js';
import { callFunction, callMethod } from './cel-functions.ts';
import { type CelOpen, type CelValue, compareValues, isList, isMap, isOpenValue, openValue } from './cel-value.ts';
import type { Judgement } from './judgement.ts';

/** Gives the value of an attribute by its whole name (`request.time`, `assertion.sub`); what nobody knows is open. */
export type CelLookup = (name: string) => CelValue;

/** Longer expressions are none of IAM's, which allows 12 operators. */
const EXPRESSION_MAX = 10_000;

/** An expression that was read once and is evaluated many times. */
export type CelProgram = (lookup: CelLookup) => CelValue;

/**
 * Reads a CEL expression and evaluates it as far as it is known at rest. What needs an unknown attribute, an unknown function or types that
 * do not fit is open, with what it hangs on; `&&`, `||` and `?:` are decided where one side decides. What is no CEL is open as a whole. The
 * parser is a library's, the evaluation is our own, as it has three values.
 * Source: https://github.com/google/cel-spec/blob/master/doc/langdef.md
 */
export function compileCel(expression: string): CelProgram {
  const quoted = `the condition \`${expression.slice(0, 200)}\``;
  const tree = treeOf(expression);
  const invalid = openValue(`${quoted}, which is no valid CEL`);
  return tree === undefined ? () => invalid : (lookup) => evaluate(tree, lookup);
}

/** The tree of an expression; undefined: it is no CEL, or longer than any of IAM's. */
function treeOf(expression: string): ASTNode | undefined {
  if (expression.length > EXPRESSION_MAX) return undefined;
  const { error } = check(expression);
  return error?.name === 'ParseError' ? undefined : parse(expression).ast;
}

/** What a program says of yes or no. */
export function judgeCel(program: CelProgram, lookup: CelLookup): Judgement {
  const value = program(lookup);
  if (typeof value === 'boolean') return value;
  return isOpenValue(value) ? value.open : ['a condition that is neither true nor false'];
}

function evaluate(node: ASTNode, lookup: CelLookup): CelValue {
  switch (node.op) {
    case 'value':
      return literal(node.args);
    case 'id':
      return lookup(node.args);
    case '.':
    case '[]':
      return access(node, lookup);
    case 'list':
      return { items: node.args.map((item) => evaluate(item, lookup)) };
    case '&&':
      return connect(node.args, { decides: false, lookup });
    case '||':
      return connect(node.args, { decides: true, lookup });
    case '!_': {
      const value = evaluate(node.args, lookup);
      return typeof value === 'boolean' ? !value : openOf(node, value);
    }
    case '?:': {
      const [condition, yes, no] = node.args;
      const value = evaluate(condition, lookup);
      return typeof value === 'boolean' ? evaluate(value ? yes : no, lookup) : openOf(node, value);
    }
    case 'call':
    case 'rcall':
      return call(node, lookup);
    case 'map':
    case '.?':
    case '[?]':
    case '-_':
      return openOf(node);
    default:
      return binary(node, lookup);
  }
}

/** Numbers, strings and booleans; bytes and unsigned integers have no place in conditions. */
function literal(value: unknown): CelValue {
  const known = typeof value === 'string' || typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean';
  return known || value === null ? value : openValue('a value of a kind that conditions do not have');
}

/** The name of an attribute that is written with dots or a literal key: `assertion['kubernetes.io'].namespace`. */
function nameOf(node: ASTNode): string | undefined {
  if (node.op === 'id') return node.args;
  if (node.op !== '.' && node.op !== '[]') return undefined;
  const [object, key] = node.args;
  const before = nameOf(object);
  const part = typeof key === 'string' ? key : key.op === 'value' && typeof key.args === 'string' ? key.args : undefined;
  return before === undefined || part === undefined ? undefined : `${before}.${part}`;
}

function access(node: ASTNode & { op: '.' | '[]' }, lookup: CelLookup): CelValue {
  const name = nameOf(node);
  if (name !== undefined) return lookup(name);
  const object = evaluate(node.args[0], lookup);
  const key = typeof node.args[1] === 'string' ? node.args[1] : evaluate(node.args[1], lookup);
  if (isMap(object) && typeof key === 'string') return object.entries.get(key) ?? openOf(node);
  if (isList(object) && typeof key === 'bigint') return object.items[Number(key)] ?? openOf(node);
  return openOf(node, object, key);
}

interface Connecting {
  /** The value that decides by itself: false for `&&`, true for `||`. */
  readonly decides: boolean;
  readonly lookup: CelLookup;
}

function connect(sides: readonly [ASTNode, ASTNode], { decides, lookup }: Connecting): CelValue {
  const [one, other] = [evaluate(sides[0], lookup), evaluate(sides[1], lookup)];
  if (one === decides || other === decides) return decides;
  return typeof one === 'boolean' && typeof other === 'boolean' ? !decides : openOf(sides[0], one, other);
}

function call(node: ASTNode & { op: 'call' | 'rcall' }, lookup: CelLookup): CelValue {
  const name = node.args[0];
  if (name === 'has') return has(node, lookup);
  const target = node.op === 'rcall' ? evaluate(node.args[1], lookup) : null;
  const values = (node.op === 'rcall' ? node.args[2] : node.args[1]).map((argument) => evaluate(argument, lookup));
  const waiting = [target, ...values].filter(isOpenValue);
  if (waiting.length > 0) return openOf(node, ...waiting);
  return (node.op === 'rcall' ? callMethod(name, target, values) : callFunction(name, values)) ?? openOf(node);
}

/** `has(a.b)`: whether an attribute is there; what is open may or may not be. */
function has(node: ASTNode & { op: 'call' | 'rcall' }, lookup: CelLookup): CelValue {
  const [argument] = node.op === 'call' ? node.args[1] : [];
  const name = argument === undefined ? undefined : nameOf(argument);
  if (name === undefined) return openOf(node);
  const value = lookup(name);
  return isOpenValue(value) ? value : true;
}

function binary(node: ASTNode, lookup: CelLookup): CelValue {
  const [left, right] = node.args as readonly [ASTNode, ASTNode];
  const [one, other] = [evaluate(left, lookup), evaluate(right, lookup)];
  if (isOpenValue(one) || isOpenValue(other)) return openOf(node, one, other);
  if (node.op === 'in') return isIn(one, other) ?? openOf(node);
  if (node.op === '+' && typeof one === 'string' && typeof other === 'string') return one + other;
  const order = compareValues(one, other);
  const answer = order === undefined ? undefined : ORDERS.get(node.op)?.(order);
  return answer ?? openOf(node);
}

const ORDERS = new Map<string, (order: number) => boolean>([
  ['==', (order) => order === 0],
  ['!=', (order) => order !== 0],
  ['<', (order) => order < 0],
  ['<=', (order) => order <= 0],
  ['>', (order) => order > 0],
  ['>=', (order) => order >= 0],
]);

function isIn(one: CelValue, other: CelValue): boolean | CelOpen | undefined {
  if (isMap(other)) return typeof one === 'string' ? other.entries.has(one) : undefined;
  if (!isList(other)) return undefined;
  if (other.items.some((item) => compareValues(one, item) === 0)) return true;
  const waiting = other.items.filter(isOpenValue);
  return waiting.length === 0 ? false : openValue(...waiting.flatMap(({ open }) => open));
}

/** What the operands hang on; where they are known and do not fit, the expression itself. */
function openOf(node: ASTNode, ...values: readonly CelValue[]): CelOpen {
  const on = values.filter(isOpenValue).flatMap(({ open }) => open);
  return on.length > 0 ? openValue(...new Set(on)) : openValue(`\`${node.input.slice(node.start, node.end).slice(0, 200)}\``);
}
