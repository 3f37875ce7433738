import { limits } from '../../../../limits.ts';
import { isObject } from '../../../json.ts';
import { type Bound, JsonPathError, type Node } from './parse.ts';

/** How one evaluation stands: `budget` counts the values it may still look at. */
export interface Evaluation {
  budget: number;
}

export const newEvaluation = (): Evaluation => ({ budget: limits.output });

type Values = readonly unknown[];
type Of<T extends Node['type']> = Extract<Node, { type: T }>;

/** The values a list of nodes leads to, each node starting from what the one before it found. */
export function evaluate(nodes: readonly Node[], start: Values, run: Evaluation): Values {
  return nodes.reduce((values, node) => step(node, values, run), start);
}

function step(node: Node, values: Values, run: Evaluation): Values {
  spend(run, values.length + 1);
  switch (node.type) {
    case 'text':
      return [node.value];
    case 'literal':
      return values.map(() => node.value);
    case 'identifier':
      if (node.value === 'range' || node.value === 'end') return values;
      throw new JsonPathError(`unrecognized identifier ${node.value}`);
    case 'field':
      return values.flatMap((value) => member(value, node.value));
    case 'wildcard':
      return values.flatMap(children);
    case 'recursive':
      return values.flatMap((value) => descend(value, run));
    case 'slice':
      return values.flatMap((value) => slice(value, node));
    case 'filter':
      return values.flatMap((value) => filter(value, node, run));
    case 'union':
      return node.lists.flatMap((list) => evaluate(list, values, run));
    case 'list':
      return evaluate(node.nodes, values, run);
  }
}

function spend(run: Evaluation, amount: number): void {
  run.budget -= amount;
  if (run.budget < 0) throw new JsonPathError('the expression visits too many values');
}

const member = (value: unknown, key: string): Values =>
  isObject(value) && Object.hasOwn(value, key) && value[key] !== undefined ? [value[key]] : [];

/** Members in the order of their names: upstream walks maps in random order. */
function children(value: unknown): Values {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return [];
  return Object.keys(value)
    .sort()
    .map((key) => value[key])
    .filter((child) => child !== undefined);
}

/** The value and everything below it that has members of its own. */
function descend(value: unknown, run: Evaluation): Values {
  const below = children(value);
  spend(run, below.length + 1);
  return below.length === 0 ? [] : [value, ...below.flatMap((child) => descend(child, run))];
}

function slice(value: unknown, node: Of<'slice'>): Values {
  if (value === null) return [];
  if (!Array.isArray(value)) throw new JsonPathError(`${goType(value)} is not array or slice`);
  const from = position(node.from, 0, value.length);
  const to = position(node.to, value.length, value.length);
  if (from === to) return [];
  checkBounds(from, to, value.length);
  const step = node.step.known ? node.step.value : 1;
  if (step <= 0) throw new JsonPathError('step must be > 0');
  return value.slice(from, to).filter((_, index) => index % step === 0);
}

function position(bound: Bound, missing: number, length: number): number {
  if (!bound.known) return missing;
  const fromEnd = bound.value < 0 || (bound.value === 0 && bound.derived === true);
  return fromEnd ? bound.value + length : bound.value;
}

function checkBounds(from: number, to: number, length: number): void {
  const outside = (index: number) =>
    new JsonPathError(`array index out of bounds: index ${index}, length ${length}`);
  if (from >= length || from < 0) throw outside(from);
  if (to > length || to < 0) throw outside(to - 1);
  if (from > to) {
    throw new JsonPathError(`starting index ${from} is greater than ending index ${to}`);
  }
}

function filter(value: unknown, node: Of<'filter'>, run: Evaluation): Values {
  if (value === null) return [];
  if (!Array.isArray(value)) {
    throw new JsonPathError(`${goType(value)} is not array or slice and cannot be filtered`);
  }
  return value.filter((item) => passes(item, node, run));
}

function passes(item: unknown, node: Of<'filter'>, run: Evaluation): boolean {
  const lefts = evaluate(node.left, [item], run);
  if (node.operator === 'exists') return lefts.length > 0;
  if (lefts.length === 0) return false;
  const rights = evaluate(node.right, [item], run);
  if (lefts.length > 1 || rights.length > 1) {
    throw new JsonPathError('can only compare one element at a time');
  }
  if (rights.length === 0) return false;
  const compare = comparisons[node.operator];
  if (!compare) throw new JsonPathError(`unrecognized filter operator ${node.operator}`);
  const [left, right] = [lefts[0], rights[0]];
  if (!comparable(left, right)) throw new JsonPathError('incompatible types for comparison');
  return compare(left as number, right as number);
}

const comparable = (left: unknown, right: unknown): boolean =>
  typeof left === typeof right && typeof left !== 'object';

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

function goType(value: unknown): string {
  if (isObject(value)) return 'map[string]interface {}';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  return Number.isInteger(value) ? 'int64' : 'float64';
}
