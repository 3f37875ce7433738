import { type ASTNode, Environment, type ParseResult } from '@marcbachmann/cel-js';
import type { Cluster } from '../cluster/cluster.ts';
import { kinds } from '../cluster/kinds/registry.ts';
import { limits } from '../limits.ts';

/**
 * Expressions in CEL, the Common Expression Language that Kubernetes itself uses for such rules.
 * They see two values and nothing else: `objects`, all objects of the cluster after the answer in
 * a list by resource (`objects.services`), and `before`, the same before the answer.
 */
const environment = new Environment({
  limits: {
    maxAstNodes: limits.expressionNodes,
    maxDepth: limits.expressionNodes,
    maxListElements: limits.expressionNodes,
  },
})
  .registerVariable('objects', 'map<string, list<dyn>>')
  .registerVariable('before', 'map<string, list<dyn>>');

/** What is wrong with an expression before it is ever used, in words for its author. */
export function expressionProblem(text: string): string | undefined {
  if (text.length > limits.expressionCharacters) {
    return `is longer than ${limits.expressionCharacters} characters`;
  }
  try {
    const parsed = environment.parse(text);
    return typeProblem(parsed) ?? resourceProblem(parsed.ast) ?? workProblem(parsed.ast);
  } catch (error) {
    return firstLine(error);
  }
}

/** The verdict of an expression, or in words why it has none: a field that is not there, say. */
export function evaluateExpression(
  text: string,
  { after, before }: { readonly after: Cluster; readonly before: Cluster },
): boolean | string {
  try {
    const found: unknown = environment.evaluate(text, {
      objects: objectsFor(text, after),
      before: objectsFor(text, before),
    });
    return typeof found === 'boolean' ? found : 'it is neither true nor false';
  } catch (error) {
    return firstLine(error);
  }
}

const firstLine = (error: unknown): string =>
  (error as Error).message.split('\n')[0] ?? 'cannot be read';

function typeProblem(parsed: ParseResult): string | undefined {
  const { valid, type, error } = parsed.check();
  if (!valid) return firstLine(error);
  return type === 'bool' || type === 'dyn' ? undefined : `must be true or false, and is ${type}`;
}

const resources = new Set<string>(kinds.map(({ resource }) => resource));

/** A resource that no cluster has would make every list empty, and so the check empty, too. */
function resourceProblem(ast: ASTNode): string | undefined {
  const wrong = nodesOf(ast).flatMap((node) => {
    if (node.op !== '.') return [];
    const [of, field] = node.args;
    const isRoot = of.op === 'id' && (of.args === 'objects' || of.args === 'before');
    return isRoot && !resources.has(field) ? [field] : [];
  });
  return wrong[0] && `there is no resource \`${wrong[0]}\`; write it as in \`objects.services\``;
}

const loops = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);

/** Each loop inside another multiplies the work by the number of objects. */
function workProblem(ast: ASTNode): string | undefined {
  return loopDepth(ast) > limits.expressionLoops
    ? `has loops in loops, more than ${limits.expressionLoops} deep`
    : undefined;
}

function loopDepth(node: ASTNode): number {
  const inner = Math.max(0, ...childrenOf(node).map(loopDepth));
  return inner + (node.op === 'rcall' && loops.has(node.args[0]) ? 1 : 0);
}

const nodesOf = (node: ASTNode): ASTNode[] => [node, ...childrenOf(node).flatMap(nodesOf)];

const isNode = (value: unknown): value is ASTNode =>
  typeof value === 'object' && value !== null && 'op' in value;

const childrenOf = ({ args }: ASTNode): ASTNode[] =>
  (Array.isArray(args) ? args.flat(2) : [args]).filter(isNode);

/** Only the resources that the expression names, each list bounded. */
function objectsFor(text: string, cluster: Cluster): Record<string, unknown> {
  const named = [...resources].filter((resource) => text.includes(resource));
  return Object.fromEntries(
    named.map((resource) => [
      resource,
      cluster.store.list(resource).slice(0, limits.expressionObjects).map(asCel),
    ]),
  );
}

/** JSON as CEL has it: whole numbers are integers there, and JavaScript's are not. */
function asCel(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(asCel);
  if (typeof value !== 'object' || value === null) return value;
  return new Map(Object.entries(value).map(([key, each]) => [key, asCel(each)]));
}
