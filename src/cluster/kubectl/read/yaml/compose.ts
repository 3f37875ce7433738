import { limits } from '../../../../limits.ts';
import { LimitError } from './limit-error.ts';
import type { MappingEntry, MappingNode, ScalarNode, SequenceNode, YamlNode } from './node.ts';
import { Scanner } from './scanner.ts';
import { TagHandles } from './tag-handles.ts';
import type { Token, TokenType } from './token.ts';
import { type Mark, YamlError } from './yaml-error.ts';

/** The first document of a text, and how far the text was read for it. */
export interface Composed {
  /** undefined when there is nothing but space and comments. */
  readonly root: YamlNode | undefined;
  readonly readTo: number;
}

/**
 * Builds the nodes of the first document, refusing what go-yaml v2 refuses and in its words.
 * Throws YamlError, or LimitError where a bound of the lab is passed.
 */
export function compose(text: string): Composed {
  const scanner = new Scanner(text);
  try {
    const root = new Composer(scanner).document();
    return { root, readTo: scanner.offset };
  } catch (error) {
    if (error instanceof YamlError) error.readTo = scanner.offset;
    throw error;
  }
}

/** The tag and anchor in front of a node. */
interface Properties {
  readonly start: Mark;
  readonly end: Mark;
  readonly tag: string;
  readonly anchor: string | undefined;
}

const documentBounds = new Set<TokenType>([
  'version-directive',
  'tag-directive',
  'document-start',
  'document-end',
  'stream-end',
]);
const noMappingNode = new Set<TokenType>(['key', 'value', 'block-end']);

class Composer {
  private readonly scanner: Scanner;
  private readonly anchors = new Map<string, YamlNode>();
  private readonly handles = new TagHandles();
  private depth = 0;
  private nodes = 0;

  constructor(scanner: Scanner) {
    this.scanner = scanner;
  }

  document(): YamlNode | undefined {
    const first = this.scanner.peek();
    if (first.type === 'stream-end') return undefined;
    this.handles.readDirectives(this.scanner);
    if (documentBounds.has(first.type) && first.type !== 'document-end') {
      const start = this.scanner.peek();
      if (start.type !== 'document-start') {
        throw new YamlError('parser', 'did not find expected <document start>', start.start);
      }
      this.scanner.next();
      const content = this.scanner.peek();
      if (documentBounds.has(content.type)) return this.empty(content.start);
    }
    const root = this.node(true, false);
    this.scanner.peek();
    return root;
  }

  private node(block: boolean, indentless: boolean): YamlNode {
    this.count();
    const token = this.scanner.peek();
    if (token.type === 'alias') return this.alias(this.scanner.next());
    const properties = this.properties(token.start);
    const content = this.scanner.peek();
    if (content.type === 'scalar') return this.scalar(this.scanner.next(), properties);
    const collection = this.collectionOf(content.type, block, indentless);
    if (collection) return collection(properties);
    if (properties.anchor !== undefined || properties.tag !== '') {
      return this.anchored(scalarNode(properties, '', properties.tag === ''), properties);
    }
    const problem = 'did not find expected node content';
    throw new YamlError('parser', problem, content.start, properties.start);
  }

  private collectionOf(
    type: TokenType,
    block: boolean,
    indentless: boolean,
  ): ((properties: Properties) => YamlNode) | undefined {
    if (indentless && type === 'block-entry') return (found) => this.indentlessSequence(found);
    if (type === 'flow-sequence-start') return (found) => this.flowSequence(found);
    if (type === 'flow-mapping-start') return (found) => this.flowMapping(found);
    if (block && type === 'block-sequence-start') return (found) => this.blockSequence(found);
    if (block && type === 'block-mapping-start') return (found) => this.blockMapping(found);
    return undefined;
  }

  private alias({ value, start, end }: Token): YamlNode {
    const target = this.anchors.get(value);
    if (!target) throw new YamlError('construct', `unknown anchor '${value}' referenced`, start);
    return { kind: 'alias', tag: '', name: value, target, start: start.offset, end: end.offset };
  }

  private properties(start: Mark): Properties {
    let anchor: Token | undefined;
    let tag: Token | undefined;
    for (let token = this.scanner.peek(); ; token = this.scanner.peek()) {
      if (token.type === 'anchor' && !anchor) anchor = token;
      else if (token.type === 'tag' && !tag) tag = token;
      else break;
      this.scanner.next();
    }
    const end = later(anchor?.end, tag?.end) ?? start;
    return { start, end, anchor: anchor?.value, tag: tag ? this.handles.fullTag(tag, start) : '' };
  }

  private scalar(found: Token, properties: Properties): YamlNode {
    const { tag } = properties;
    const implicit = (tag === '' && found.plain) || tag === '!';
    const node = scalarNode({ ...properties, end: found.end }, found.value, implicit);
    return this.anchored(node, properties);
  }

  private anchored<N extends YamlNode>(node: N, { anchor }: Properties): N {
    if (anchor !== undefined) this.anchors.set(anchor, node);
    return node;
  }

  private empty(mark: Mark): YamlNode {
    this.count();
    return scalarNode({ start: mark, end: mark, tag: '', anchor: undefined }, '', true);
  }

  private blockSequence(properties: Properties): YamlNode {
    const open = this.scanner.next();
    return this.sequence(properties, (items) => {
      while (this.scanner.peek().type === 'block-entry') {
        items.push(this.blockItem(['block-entry', 'block-end']));
      }
      return this.close('block-end', "did not find expected '-' indicator", open);
    });
  }

  private indentlessSequence(properties: Properties): YamlNode {
    return this.sequence(properties, (items) => {
      while (this.scanner.peek().type === 'block-entry') {
        items.push(this.blockItem(['block-entry', 'key', 'value', 'block-end']));
      }
      return items[items.length - 1]?.end ?? properties.end.offset;
    });
  }

  private blockItem(followers: readonly TokenType[]): YamlNode {
    const { end } = this.scanner.next();
    const next = this.scanner.peek().type;
    return followers.includes(next) ? this.empty(end) : this.node(true, false);
  }

  private blockMapping(properties: Properties): YamlNode {
    const open = this.scanner.next();
    return this.mapping(properties, (entries) => {
      while (this.scanner.peek().type === 'key') {
        const key = this.blockMappingPart();
        const follows = this.scanner.peek();
        const value =
          follows.type === 'value' ? this.blockMappingPart() : this.empty(follows.start);
        entries.push({ key, value });
      }
      return this.close('block-end', 'did not find expected key', open);
    });
  }

  private blockMappingPart(): YamlNode {
    const { end } = this.scanner.next();
    return noMappingNode.has(this.scanner.peek().type) ? this.empty(end) : this.node(true, true);
  }

  private flowSequence(properties: Properties): YamlNode {
    const open = this.scanner.next();
    return this.sequence(properties, (items) => {
      while (this.flowGoesOn('flow-sequence-end', items.length, "',' or ']'", open)) {
        items.push(this.scanner.peek().type === 'key' ? this.flowPair() : this.node(false, false));
      }
      return this.scanner.next().end.offset;
    });
  }

  private flowMapping(properties: Properties): YamlNode {
    const open = this.scanner.next();
    return this.mapping(properties, (entries) => {
      while (this.flowGoesOn('flow-mapping-end', entries.length, "',' or '}'", open)) {
        entries.push(this.flowEntry('flow-mapping-end'));
      }
      return this.scanner.next().end.offset;
    });
  }

  /** Whether another entry follows, its comma taken; a comma may also be the last. */
  private flowGoesOn(closing: TokenType, before: number, expected: string, open: Token): boolean {
    const token = this.scanner.peek();
    if (token.type === closing) return false;
    if (before === 0) return true;
    if (token.type !== 'flow-entry') {
      throw new YamlError('parser', `did not find expected ${expected}`, token.start, open.start);
    }
    this.scanner.next();
    return this.scanner.peek().type !== closing;
  }

  /** `[a: 1]`: a mapping of one entry within a sequence. */
  private flowPair(): YamlNode {
    const { start } = this.scanner.peek();
    const properties = { start, end: start, tag: '', anchor: undefined };
    return this.mapping(properties, (entries) => {
      entries.push(this.flowEntry('flow-sequence-end'));
      return entries[0]?.value.end ?? start.offset;
    });
  }

  private flowEntry(closing: TokenType): MappingEntry {
    const ends = (type: TokenType): boolean => type === 'flow-entry' || type === closing;
    if (this.scanner.peek().type !== 'key') {
      const key = this.node(false, false);
      return { key, value: this.empty(this.scanner.peek().start) };
    }
    this.scanner.next();
    const token = this.scanner.peek();
    const keyMissing = token.type === 'value' || ends(token.type);
    const key = keyMissing ? this.empty(token.start) : this.node(false, false);
    if (this.scanner.peek().type === 'value') {
      this.scanner.next();
      if (!ends(this.scanner.peek().type)) return { key, value: this.node(false, false) };
    }
    return { key, value: this.empty(this.scanner.peek().start) };
  }

  private sequence(properties: Properties, fill: (items: YamlNode[]) => number): YamlNode {
    const { tag, start, end } = properties;
    const node: SequenceNode = {
      kind: 'sequence',
      tag,
      start: start.offset,
      end: end.offset,
      items: [],
    };
    return this.filled(node, properties, () => fill(node.items));
  }

  private mapping(properties: Properties, fill: (entries: MappingEntry[]) => number): YamlNode {
    const { tag, start, end } = properties;
    const node: MappingNode = {
      kind: 'mapping',
      tag,
      start: start.offset,
      end: end.offset,
      entries: [],
    };
    return this.filled(node, properties, () => fill(node.entries));
  }

  private filled<N extends YamlNode>(node: N, properties: Properties, fill: () => number): N {
    this.depth += 1;
    if (this.depth > limits.depth) throw new LimitError('yaml-too-deep', limits.depth, node.start);
    this.anchored(node, properties);
    node.end = fill();
    this.depth -= 1;
    return node;
  }

  private close(type: TokenType, problem: string, open: Token): number {
    const token = this.scanner.peek();
    if (token.type !== type) throw new YamlError('parser', problem, token.start, open.start);
    return this.scanner.next().end.offset;
  }

  private count(): void {
    this.nodes += 1;
    if (this.nodes > limits.nodes) {
      throw new LimitError('yaml-too-many-nodes', limits.nodes, this.scanner.offset);
    }
  }
}

const later = (a: Mark | undefined, b: Mark | undefined): Mark | undefined =>
  a && b ? (a.offset > b.offset ? a : b) : (a ?? b);

const scalarNode = (
  { tag, start, end }: Properties,
  value: string,
  implicit: boolean,
): ScalarNode => ({
  kind: 'scalar',
  tag,
  start: start.offset,
  end: end.offset,
  value,
  implicit,
});
