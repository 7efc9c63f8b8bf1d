import { allOf, anyOf, not, type Truth } from '../aws/truth.ts';
import { type ConditionExpression, type ConditionOperand, parseCondition } from './condition-parser.ts';
import { globMatches } from './glob.ts';
import { attributeOf } from './resource-scope.ts';

/** The request that a condition is asked about. */
export interface ConditionRequest {
  readonly action: string;
  readonly resource: string;
  /**
   * What else is known: `@Request[NAME]`, `@Principal[NAME]`, `@Environment[NAME]`, `@Resource[NAME]` or NAME alone, and `subOperation`.
   * Without regard to case. What is not here and not in the resource's id is unknown.
   */
  readonly context?: ReadonlyMap<string, readonly string[]>;
}

export interface ConditionAnswer {
  readonly truth: Truth;
  /** What an unknown answer hangs on. */
  readonly dependsOn: readonly string[];
}

const HOLDS: ConditionAnswer = { truth: true, dependsOn: [] };

/**
 * Whether the condition of a role or deny assignment holds, as far as the request tells.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/conditions-format
 */
export function evaluateCondition(condition: string | undefined, request: ConditionRequest): ConditionAnswer {
  if (condition === undefined) return HOLDS;
  const expression = parseCondition(condition);
  if (expression === undefined) return { truth: 'unknown', dependsOn: ['a condition that could not be read'] };
  const unknown = new Set<string>();
  const truth = truthOf(expression, { ...request, context: lowered(request.context), unknown });
  return { truth, dependsOn: truth === 'unknown' ? [...unknown] : [] };
}

interface Evaluation extends ConditionRequest {
  readonly context: ReadonlyMap<string, readonly string[]>;
  readonly unknown: Set<string>;
}

function lowered(context: ConditionRequest['context']): ReadonlyMap<string, readonly string[]> {
  return new Map([...(context ?? [])].map(([key, values]) => [key.toLowerCase(), values]));
}

function truthOf(expression: ConditionExpression, evaluation: Evaluation): Truth {
  switch (expression.kind) {
    case 'and':
      return allOf(expression.items, (item) => truthOf(item, evaluation));
    case 'or':
      return anyOf(expression.items, (item) => truthOf(item, evaluation));
    case 'not':
      return not(truthOf(expression.item, evaluation));
    case 'action':
      return expression.patterns.some((pattern) => globMatches(pattern.toLowerCase(), evaluation.action.toLowerCase()));
    case 'suboperation':
      return subOperation(expression.patterns, evaluation);
    case 'exists':
      return valuesOf(expression.attribute, evaluation) === undefined ? 'unknown' : true;
    case 'compare':
      return compared(expression, evaluation);
  }
}

/**
 * Whether the request is one of these suboperations. A request for one blob is none for a list of blobs, whose resource is the container;
 * of other suboperations the request's headers decide, which nobody knows.
 * Source: https://learn.microsoft.com/azure/storage/blobs/storage-auth-abac-attributes#suboperations
 */
function subOperation(patterns: readonly string[], evaluation: Evaluation): Truth {
  const named = evaluation.context.get('suboperation');
  if (named !== undefined) return patterns.some((pattern) => named.some((name) => name.toLowerCase() === pattern.toLowerCase()));
  const isOneBlob = attributeOf(evaluation.resource, 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs:path') !== undefined;
  const open = patterns.filter((pattern) => !(isOneBlob && pattern.toLowerCase() === 'blob.list'));
  for (const pattern of open) evaluation.unknown.add(`whether the request is suboperation ${pattern}`);
  return open.length === 0 ? false : 'unknown';
}

/** Undefined: not known. */
function valuesOf(operand: ConditionOperand, { context, resource, unknown }: Evaluation): readonly string[] | undefined {
  if (operand.kind === 'values') return operand.values;
  const { source, name } = operand;
  const key = `@${source.charAt(0).toUpperCase()}${source.slice(1)}[${name}]`;
  const given = context.get(key.toLowerCase()) ?? context.get(name.toLowerCase());
  const own = given === undefined && source === 'resource' ? attributeOf(resource, name) : undefined;
  if (given === undefined && own === undefined) unknown.add(key);
  return given ?? (own === undefined ? undefined : [own]);
}

/** Which of the values on the left, and which of those on the right, have to fit. */
const QUANTIFIERS = new Map<string, readonly ['some' | 'every', 'some' | 'every']>([
  ['foranyofanyvalues', ['some', 'some']],
  ['forallofanyvalues', ['every', 'some']],
  ['foranyofallvalues', ['some', 'every']],
  ['forallofallvalues', ['every', 'every']],
]);

type Comparison = Extract<ConditionExpression, { readonly kind: 'compare' }>;

function compared({ left, quantifier, operator, right }: Comparison, evaluation: Evaluation): Truth {
  const test = operatorOf(operator);
  const [lefts, rights] = [valuesOf(left, evaluation), valuesOf(right, evaluation)];
  const reach = QUANTIFIERS.get(quantifier?.toLowerCase() ?? 'foranyofanyvalues');
  if (test === undefined || reach === undefined)
    evaluation.unknown.add(`operator ${quantifier === undefined ? '' : `${quantifier}:`}${operator}`);
  if (test === undefined || reach === undefined || lefts === undefined || rights === undefined) return 'unknown';
  return lefts[reach[0]]((one) => rights[reach[1]]((other) => test(one, other)));
}

type Test = (left: string, right: string) => boolean;

const TESTS = new Map<string, Test>([
  ['stringequals', (left, right) => left === right],
  ['stringstartswith', (left, right) => left.startsWith(right)],
  ['stringlike', (left, right) => globMatches(right, left, { single: true, escapes: true })],
  ['guidequals', (left, right) => left.toLowerCase() === right.toLowerCase()],
  ['boolequals', (left, right) => left.toLowerCase() === right.toLowerCase()],
  ['numericequals', (left, right) => Number(left) === Number(right)],
  ['numericlessthan', (left, right) => Number(left) < Number(right)],
  ['numericlessthanequals', (left, right) => Number(left) <= Number(right)],
  ['numericgreaterthan', (left, right) => Number(left) > Number(right)],
  ['numericgreaterthanequals', (left, right) => Number(left) >= Number(right)],
]);

/** `StringNotEqualsIgnoreCase` is the negation of `StringEqualsIgnoreCase`, which lowers both sides of `StringEquals`. */
function operatorOf(operator: string): Test | undefined {
  const name = operator.toLowerCase();
  const positive = name.replace(/^(string|guid|bool|numeric)not/, '$1');
  const bare = positive.replace(/^(string[a-z]+)ignorecase$/, '$1');
  const test = TESTS.get(bare);
  if (test === undefined) return undefined;
  const lower: Test = bare === positive ? test : (left, right) => test(left.toLowerCase(), right.toLowerCase());
  return positive === name ? lower : (left, right) => !lower(left, right);
}
