import { isObject } from '../../../json.ts';
import { goJson, goValue, indentedJson } from '../go-text.ts';
import { type Evaluation, evaluate, newEvaluation } from './evaluate.ts';
import { JsonPathError, type Node, parseTemplate } from './parse.ts';

export { JsonPathError } from './parse.ts';

/**
 * A compiled `-o jsonpath` template in kubectl's dialect: missing keys print nothing, several
 * results are joined by blanks. Throws JsonPathError while compiling and while printing.
 */
export function compileJsonPath(template: string): (data: unknown) => string {
  const blocks = nest(parseTemplate(template));
  return (data) => print(blocks, data, newEvaluation());
}

/**
 * `-o jsonpath-as-json`: what each expression of the template finds, as a JSON array of its own.
 */
export function compileJsonPathAsJson(template: string): (data: unknown) => string {
  const nodes = parseTemplate(template);
  return (data) =>
    nodes.map((node) => indentedJson(evaluate([node], [data], newEvaluation()))).join('');
}

/** The values a single expression finds, for `--sort-by`, custom columns and `wait --for`. */
export function compileQuery(expression: string): (data: unknown) => readonly unknown[] {
  const nodes = parseTemplate(expression);
  return (data) => nodes.flatMap((node) => evaluate([node], [data], newEvaluation()));
}

/** `{range …}` with all up to its `{end}`, or a node that prints. */
type Block = { readonly node: Node; readonly body?: readonly Block[] };

const named = (node: Node | undefined, name: string): boolean =>
  node?.type === 'list' && node.nodes[0]?.type === 'identifier' && node.nodes[0].value === name;

function nest(nodes: readonly Node[]): readonly Block[] {
  const open: { range?: Node; blocks: Block[] }[] = [{ blocks: [] }];
  const close = () => {
    const done = open.pop();
    if (done?.range) open.at(-1)?.blocks.push({ node: done.range, body: done.blocks });
  };
  for (const node of nodes) {
    if (named(node, 'range')) open.push({ range: node, blocks: [] });
    else if (!named(node, 'end')) open.at(-1)?.blocks.push({ node });
    else if (open.length === 1) throw new JsonPathError('not in range, nothing to end');
    else close();
  }
  while (open.length > 1) close();
  return open[0]?.blocks ?? [];
}

function print(blocks: readonly Block[], data: unknown, run: Evaluation): string {
  return blocks
    .map(({ node, body }) => {
      const values = evaluate([node], [data], run);
      if (!body) return values.map(text).join(' ');
      return values.map((value) => print(body, value, run)).join('');
    })
    .join('');
}

function text(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  return Array.isArray(value) || isObject(value) ? goJson(value) : goValue(value);
}

/** `metadata.name`, `.metadata.name` and `{.metadata.name}` all mean the last. */
export function relaxed(expression: string): string | undefined {
  if (expression === '') return '';
  const match = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(expression);
  return match ? `{.${match[1] ?? match[2]}}` : undefined;
}
