import { limits } from '../../../../limits.ts';
import { isObject } from '../../../json.ts';
import { KubectlError } from '../../command.ts';
import { goJson, goValue } from '../go-text.ts';
import { type Operand, parseTemplate, refuse, type TemplateNode } from './parse.ts';

/**
 * Compiles `-o go-template`: text/template's fields, variables, `range`, `if`, `with`, pipes and
 * the functions below. What lies outside is refused with a KubectlError.
 */
export function compileGoTemplate(template: string): (data: unknown) => string {
  const nodes = parseTemplate(template);
  return (data) => {
    const run: Run = { written: 0, variables: new Map([['$', data]]) };
    return render(nodes, data, run);
  };
}

interface Run {
  written: number;
  readonly variables: Map<string, unknown>;
}

const render = (nodes: readonly TemplateNode[], dot: unknown, run: Run): string =>
  nodes.map((node) => renderNode(node, dot, run)).join('');

function renderNode(node: TemplateNode, dot: unknown, run: Run): string {
  run.written += 1;
  if (run.written > limits.output) throw refuse('the template prints too much');
  switch (node.type) {
    case 'text':
      return node.text;
    case 'print':
      return show(valueAt(node.operand, dot, run));
    case 'assign':
      run.variables.set(node.name, valueAt(node.operand, dot, run));
      return '';
    case 'range':
      return renderRange(node, dot, run);
    default:
      return renderChoice(node, dot, run);
  }
}

type Control = Extract<TemplateNode, { names: readonly string[] }>;

function renderRange(node: Control, dot: unknown, run: Run): string {
  const over = valueAt(node.operand, dot, run);
  const entries: [unknown, unknown][] = Array.isArray(over)
    ? over.map((item, index) => [index, item])
    : isObject(over)
      ? Object.keys(over)
          .sort()
          .map((key) => [key, over[key]])
      : [];
  if (entries.length === 0) return render(node.otherwise, dot, run);
  return entries
    .map(([key, item]) => {
      const values = node.names.length === 2 ? [key, item] : [item];
      node.names.forEach((name, index) => {
        run.variables.set(name, values[index]);
      });
      return render(node.body, item, run);
    })
    .join('');
}

function renderChoice(node: Control, dot: unknown, run: Run): string {
  const value = valueAt(node.operand, dot, run);
  if (!isTrue(value)) return render(node.otherwise, dot, run);
  if (node.names[0]) run.variables.set(node.names[0], value);
  return render(node.body, node.type === 'with' ? value : dot, run);
}

/** text/template prints an absent map entry so. */
const show = (value: unknown): string =>
  value === undefined || value === null ? '<no value>' : goValue(value);

function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isObject(value) ? Object.keys(value).length > 0 : Boolean(value);
}

function valueAt(operand: Operand, dot: unknown, run: Run): unknown {
  if (operand.type === 'constant') return operand.value;
  if (operand.type === 'call') return call(operand, dot, run);
  const start = operand.from === '' ? dot : variable(operand.from, run);
  return operand.keys.reduce(memberOf, start);
}

function variable(name: string, run: Run): unknown {
  if (!run.variables.has(name)) throw refuse(`undefined variable ${JSON.stringify(name)}`);
  return run.variables.get(name);
}

function memberOf(value: unknown, key: string): unknown {
  if (value === undefined || value === null) return undefined;
  if (isObject(value)) return Object.hasOwn(value, key) ? value[key] : undefined;
  throw new KubectlError(
    `error: error executing template: can't evaluate field ${key} in type interface {}`,
  );
}

function call(operand: Extract<Operand, { type: 'call' }>, dot: unknown, run: Run): unknown {
  const body = Object.hasOwn(functions, operand.name) ? functions[operand.name] : undefined;
  if (!body) throw refuse(`function ${JSON.stringify(operand.name)} not defined`);
  return body(operand.words.map((word) => valueAt(word, dot, run)));
}

const compare = (test: (a: number, b: number) => boolean) => (values: readonly unknown[]) =>
  test(values[0] as number, values[1] as number);

const functions: Readonly<Record<string, (values: readonly unknown[]) => unknown>> = {
  index: ([value, ...keys]) => keys.reduce(elementOf, value),
  len: ([value]) => lengthOf(value),
  not: ([value]) => !isTrue(value),
  and: (values) => values.find((value) => !isTrue(value)) ?? values.at(-1),
  or: (values) => values.find(isTrue) ?? values.at(-1),
  eq: ([value, ...others]) => others.some((other) => other === value),
  ne: ([a, b]) => a !== b,
  lt: compare((a, b) => a < b),
  le: compare((a, b) => a <= b),
  gt: compare((a, b) => a > b),
  ge: compare((a, b) => a >= b),
  print: (values) => values.map(show).join(''),
  println: (values) => `${values.map(show).join(' ')}\n`,
  printf: ([format, ...values]) => formatted(String(format), values),
  json: ([value]) => goJson(value),
  base64decode: ([value]) => Buffer.from(String(value), 'base64').toString('utf8'),
};

function elementOf(value: unknown, key: unknown): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  return memberOf(value, String(key));
}

const lengthOf = (value: unknown): number =>
  isObject(value) ? Object.keys(value).length : ((value as string | undefined)?.length ?? 0);

function formatted(format: string, values: readonly unknown[]): string {
  let next = 0;
  return format.replace(/%([svdq%])/g, (_, verb: string) => {
    if (verb === '%') return '%';
    const value = values[next];
    next += 1;
    return verb === 'q' ? JSON.stringify(String(value)) : show(value);
  });
}
