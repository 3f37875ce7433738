import { labelValue, qualifiedName } from '../kinds/shared/names.ts';
import { goQuote } from './field-error.ts';

/** A selector that cannot be read; the message is upstream's. */
export class SelectorError extends Error {}

export type LabelOperator = 'in' | 'notin' | '=' | '==' | '!=' | 'gt' | 'lt' | 'exists' | '!';

/** One condition of a label selector; all of them must hold. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: LabelOperator;
  readonly values: readonly string[];
}

/**
 * Reads `app=web,tier in (a,b),!legacy` (apimachinery labels.Parse). Throws a SelectorError.
 */
export function parseLabelSelector(text: string): readonly LabelRequirement[] {
  const tokens = new Tokens(text);
  const requirements: LabelRequirement[] = [];
  for (;;) {
    const { kind, literal } = tokens.peek();
    if (kind === 'end') return requirements;
    if (kind !== 'identifier' && kind !== '!') {
      throw new SelectorError(`found '${literal}', expected: !, identifier, or 'end of string'`);
    }
    requirements.push(requirementIn(tokens));
    if (!another(tokens)) return requirements;
  }
}

/** Whether labels meet every requirement. */
export function matchesLabels(
  requirements: readonly LabelRequirement[],
  labels: Readonly<Record<string, string>> | undefined,
): boolean {
  return requirements.every(({ key, operator, values }) => {
    const value = labels && Object.hasOwn(labels, key) ? labels[key] : undefined;
    return holds[operator](value, values);
  });
}

type Holds = (value: string | undefined, values: readonly string[]) => boolean;

const among: Holds = (value, values) => value !== undefined && values.includes(value);
const notAmong: Holds = (value, values) => value === undefined || !values.includes(value);
const isInteger = (text: string | undefined): text is string => /^[+-]?\d+$/.test(text ?? '');

const holds: Readonly<Record<LabelOperator, Holds>> = {
  in: among,
  '=': among,
  '==': among,
  notin: notAmong,
  '!=': notAmong,
  exists: (value) => value !== undefined,
  '!': (value) => value === undefined,
  gt: (value, [bound]) => isInteger(value) && isInteger(bound) && BigInt(value) > BigInt(bound),
  lt: (value, [bound]) => isInteger(value) && isInteger(bound) && BigInt(value) < BigInt(bound),
};

/** After a requirement: the end, or a comma and another one. */
function another(tokens: Tokens): boolean {
  const { kind, literal } = tokens.take();
  if (kind === 'end') return false;
  if (kind !== ',') throw new SelectorError(`found '${literal}', expected: ',' or 'end of string'`);
  const next = tokens.peek();
  if (next.kind === 'identifier' || next.kind === '!') return true;
  throw new SelectorError(`found '${next.literal}', expected: identifier after ','`);
}

function requirementIn(tokens: Tokens): LabelRequirement {
  try {
    return requirement(tokens);
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error;
    throw new SelectorError(`unable to parse requirement: ${error.message}`);
  }
}

function requirement(tokens: Tokens): LabelRequirement {
  const negated = tokens.peek().kind === '!';
  if (negated) tokens.take();
  const { kind, literal: key } = tokens.take();
  if (kind !== 'identifier') throw new SelectorError(`found '${key}', expected: identifier`);
  checkText('<nil>', key, qualifiedName(key));
  const next = tokens.peek().kind;
  if (negated) return { key, operator: '!', values: [] };
  if (next === 'end' || next === ',') return { key, operator: 'exists', values: [] };
  const operator = operatorIn(tokens);
  const values = operator === 'in' || operator === 'notin' ? valueList(tokens) : [exact(tokens)];
  checkValues(key, operator, values);
  return { key, operator, values };
}

const binary: Readonly<Record<string, LabelOperator>> = {
  in: 'in',
  notin: 'notin',
  '=': '=',
  '==': '==',
  '!=': '!=',
  '>': 'gt',
  '<': 'lt',
};

function operatorIn(tokens: Tokens): LabelOperator {
  const { literal } = tokens.take();
  const operator = Object.hasOwn(binary, literal) ? binary[literal] : undefined;
  if (operator) return operator;
  throw new SelectorError(`found '${literal}', expected: in, notin, =, ==, !=, gt, lt`);
}

function exact(tokens: Tokens): string {
  const next = tokens.peek().kind;
  if (next === 'end' || next === ',') return '';
  const { kind, literal } = tokens.take();
  if (kind === 'identifier') return literal;
  throw new SelectorError(`found '${literal}', expected: identifier`);
}

/** `(a,b)`; an empty place between commas is the empty value. */
function valueList(tokens: Tokens): readonly string[] {
  const open = tokens.take();
  if (open.kind !== '(') throw new SelectorError(`found '${open.literal}' expected: '('`);
  const first = tokens.peek();
  if (first.kind !== 'identifier' && first.kind !== ',' && first.kind !== ')') {
    throw new SelectorError(`found '${first.literal}', expected: ',', ')' or identifier`);
  }
  const values = new Set<string>();
  let wantsValue = true;
  for (;;) {
    const { kind, literal } = tokens.take();
    if (kind === ')') {
      if (wantsValue) values.add('');
      return [...values].sort();
    }
    if (kind === ',') {
      if (wantsValue) values.add('');
      wantsValue = true;
    } else if (kind === 'identifier' && wantsValue) {
      values.add(literal);
      wantsValue = false;
    } else {
      const expected = wantsValue ? "',', or identifier" : "',' or ')'";
      throw new SelectorError(`found '${literal}', expected: ${expected}`);
    }
  }
}

function checkValues(key: string, operator: LabelOperator, values: readonly string[]): void {
  for (const [index, value] of values.entries()) {
    if ((operator === 'gt' || operator === 'lt') && !isInteger(value)) {
      const detail = "for 'Gt', 'Lt' operators, the value must be an integer";
      throw new SelectorError(`values[${index}]: Invalid value: ${goQuote(value)}: ${detail}`);
    }
    checkText(`values[${index}][${key}]`, value, labelValue(value));
  }
}

function checkText(path: string, text: string, complaints: readonly string[]): void {
  if (complaints.length === 0) return;
  throw new SelectorError(`${path}: Invalid value: ${goQuote(text)}: ${complaints.join('; ')}`);
}

interface Token {
  readonly kind: string;
  readonly literal: string;
}

const space = /\s/;
const symbol = /[=!(),<>]/;
const symbols = ['==', '!=', '=', '!', '(', ')', ',', '<', '>'];

/** Words and symbols of a selector, one after another; `end` for ever after the last. */
class Tokens {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  peek(): Token {
    const before = this.#at;
    const token = this.take();
    this.#at = before;
    return token;
  }

  take(): Token {
    while (space.test(this.#text.charAt(this.#at))) this.#at += 1;
    if (this.#at >= this.#text.length) return { kind: 'end', literal: '' };
    const found = symbols.find((each) => this.#text.startsWith(each, this.#at));
    if (found !== undefined) {
      this.#at += found.length;
      return { kind: found, literal: found };
    }
    const start = this.#at;
    while (this.#at < this.#text.length && !this.#isWordEnd()) this.#at += 1;
    return { kind: 'identifier', literal: this.#text.slice(start, this.#at) };
  }

  #isWordEnd(): boolean {
    const character = this.#text.charAt(this.#at);
    return space.test(character) || symbol.test(character);
  }
}
