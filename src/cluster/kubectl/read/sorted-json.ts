import { limits } from '../../../limits.ts';
import { define, isObject, type Json } from '../../json.ts';
import { LimitError } from './yaml/limit-error.ts';

/** The value of a JSON text with keys sorted, as Go writes maps. Throws LimitError. */
export function sortedJson(text: string): Json {
  const budget = { nodes: limits.nodes };
  return sorted(JSON.parse(text) as Json, 0, budget);
}

function sorted(value: Json, depth: number, budget: { nodes: number }): Json {
  budget.nodes -= 1;
  if (budget.nodes < 0) throw new LimitError('yaml-too-many-nodes', limits.nodes, 0);
  if (depth > limits.depth) throw new LimitError('yaml-too-deep', limits.depth, 0);
  if (Array.isArray(value)) return value.map((item: Json) => sorted(item, depth + 1, budget));
  if (!isObject(value)) return value;
  const object: Record<string, Json> = {};
  for (const key of Object.keys(value).sort()) {
    define(object, key, sorted(value[key] ?? null, depth + 1, budget));
  }
  return object;
}
