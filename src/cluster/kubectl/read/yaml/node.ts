/** One node of a document as it was written; `start` and `end` are offsets into the document. */
interface Written {
  /** The full tag, `tag:yaml.org,2002:int`, or `''`. */
  readonly tag: string;
  readonly start: number;
  end: number;
}

export interface ScalarNode extends Written {
  readonly kind: 'scalar';
  readonly value: string;
  /** Whether the value's form decides its type: written plain, or tagged `!`. */
  readonly implicit: boolean;
}

export interface SequenceNode extends Written {
  readonly kind: 'sequence';
  readonly items: YamlNode[];
}

export interface MappingNode extends Written {
  readonly kind: 'mapping';
  /** In the order of the text, with repeated and merge keys as they stand. */
  readonly entries: MappingEntry[];
}

export interface MappingEntry {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

export interface AliasNode extends Written {
  readonly kind: 'alias';
  readonly name: string;
  readonly target: YamlNode;
}

export type YamlNode = ScalarNode | SequenceNode | MappingNode | AliasNode;

const mergeTag = 'tag:yaml.org,2002:merge';

/** Whether a key is `<<`, which takes in another mapping's entries. */
export const isMergeKey = (node: YamlNode): boolean =>
  node.kind === 'scalar' && node.value === '<<' && (node.implicit || node.tag === mergeTag);

/** What an alias stands for; any other node is itself. */
export const resolved = (node: YamlNode): YamlNode => (node.kind === 'alias' ? node.target : node);
