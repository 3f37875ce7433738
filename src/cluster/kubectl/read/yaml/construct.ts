import { limits } from '../../../../limits.ts';
import { define, type Json } from '../../../json.ts';
import { goFloat32, goSyntax } from './go-syntax.ts';
import { LimitError } from './limit-error.ts';
import {
  isMergeKey,
  type MappingNode,
  resolved,
  type ScalarNode,
  type SequenceNode,
  type YamlNode,
} from './node.ts';
import { scalarValue } from './resolve.ts';
import { YamlError } from './yaml-error.ts';

/** JSON in the making: what it holds may still not be expressible in JSON. */
export type Constructed =
  | null
  | boolean
  | number
  | string
  | Constructed[]
  | { [key: string]: Constructed };

/** A key that stands twice in one mapping; the later one counts. */
export interface RepeatedKey {
  readonly key: ScalarNode;
  readonly first: ScalarNode;
}

export interface ConstructedDocument {
  readonly value: Json;
  readonly repeated: readonly RepeatedKey[];
}

/** A text that is YAML but cannot be JSON: the whole of the message. */
export class NotJsonError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/**
 * The JSON value of a document: aliases followed, merge keys taken in at their place, repeated keys
 * overwritten, keys turned into text and sorted (sigs.k8s.io/yaml YAMLToJSON).
 * Throws YamlError, NotJsonError, LimitError.
 */
export function construct(root: YamlNode): ConstructedDocument {
  const builder = new JsonBuilder();
  const value = builder.value(root);
  if (builder.notJson) throw builder.notJson;
  return { value, repeated: builder.repeated };
}

type Entries = Map<string, Constructed>;

class JsonBuilder {
  readonly repeated: RepeatedKey[] = [];
  notJson: NotJsonError | undefined;
  private nodes = 0;
  private depth = 0;
  private readonly open = new Set<YamlNode>();

  value(node: YamlNode): Constructed {
    this.count(node);
    switch (node.kind) {
      case 'scalar':
        return this.number(scalarValue(node), node);
      case 'alias':
        return this.guarded(node, () => this.value(node.target));
      case 'sequence':
        return this.nested(node, () => this.list(node));
      case 'mapping':
        return this.nested(node, () => {
          const entries: Entries = new Map();
          this.fill(node, entries);
          return sortedObject(entries);
        });
    }
  }

  private list(node: SequenceNode): Constructed[] {
    return node.items.map((item) => this.value(item));
  }

  private fill(node: MappingNode, entries: Entries): void {
    const seen = new Map<string, ScalarNode>();
    for (const { key, value } of node.entries) {
      if (isMergeKey(key)) this.merge(value, entries);
      else {
        const name = this.key(key);
        this.noteRepeated(key, name, seen);
        entries.set(name, this.value(value));
      }
    }
  }

  private noteRepeated(key: YamlNode, name: string, seen: Map<string, ScalarNode>): void {
    if (key.kind !== 'scalar') return;
    const first = seen.get(name);
    if (first) this.repeated.push({ key, first });
    else seen.set(name, key);
  }

  private merge(node: YamlNode, entries: Entries): void {
    const sources = node.kind === 'sequence' ? node.items.toReversed() : [node];
    for (const source of sources) {
      const target = resolved(source);
      if (target.kind !== 'mapping') {
        const problem = 'map merge requires map or sequence of maps as the value';
        throw new YamlError('construct', problem, markOf(source));
      }
      this.count(source);
      this.guarded(source, () => this.nested(target, () => this.fill(target, entries)));
    }
  }

  private key(node: YamlNode): string {
    const value = this.value(node);
    if (typeof value === 'string') return value;
    if (typeof value === 'boolean') return String(value);
    if (typeof value === 'number') return keyNumber(value, node);
    if (value !== null) {
      throw new YamlError('construct', `invalid map key: ${goSyntax(value)}`, markOf(node));
    }
    this.notJson ??= new NotJsonError(
      'unsupported map key of type: %!s(<nil>), key: <nil>, value: <nil>',
      node.start,
    );
    return '';
  }

  /** JSON has no infinity and no NaN; the text is refused when all of it has been read. */
  private number(value: Constructed, node: YamlNode): Constructed {
    if (typeof value !== 'number' || Number.isFinite(value)) return value;
    const name = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
    this.notJson ??= new NotJsonError(`json: unsupported value: ${name}`, node.start);
    return value;
  }

  private guarded<T>(node: YamlNode, follow: () => T): T {
    if (node.kind !== 'alias') return follow();
    if (this.open.has(node)) {
      const problem = `anchor '${node.name}' value contains itself`;
      throw new YamlError('construct', problem, markOf(node));
    }
    this.open.add(node);
    const followed = follow();
    this.open.delete(node);
    return followed;
  }

  private nested<T>(node: YamlNode, build: () => T): T {
    this.depth += 1;
    if (this.depth > limits.depth) throw new LimitError('yaml-too-deep', limits.depth, node.start);
    const built = build();
    this.depth -= 1;
    return built;
  }

  private count(node: YamlNode): void {
    this.nodes += 1;
    if (this.nodes > limits.nodes) {
      throw new LimitError('yaml-too-many-nodes', limits.nodes, node.start);
    }
  }
}

/** The text a key becomes in JSON, or undefined for a key that JSON cannot have. */
export function keyText(node: YamlNode): string | undefined {
  const target = resolved(node);
  if (target.kind !== 'scalar') return undefined;
  const value = scalarValue(target);
  if (typeof value === 'number') return keyNumber(value, target);
  return value === null ? undefined : String(value);
}

/** go-yaml keeps whole numbers and floats apart; only floats are shortened to 32 bits. */
function keyNumber(value: number, node: YamlNode): string {
  const target = resolved(node);
  const text = target.kind === 'scalar' ? target.value : '';
  const isFloat = !Number.isInteger(value) || /^[-+]?[0-9_]*\.|^[-+]?[0-9_.]+[eE]/.test(text);
  return isFloat ? goFloat32(value) : BigInt(value).toString();
}

const markOf = (node: YamlNode) => ({ offset: node.start, line: 0, column: 0 });

function sortedObject(entries: Entries): Record<string, Constructed> {
  const object: Record<string, Constructed> = {};
  for (const key of [...entries.keys()].sort(byCodePoint)) define(object, key, entries.get(key));
  return object;
}

/** Go sorts by UTF-8 bytes, which is by code point. */
function byCodePoint(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
