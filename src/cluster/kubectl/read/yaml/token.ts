import type { Mark } from './yaml-error.ts';

export type TokenType =
  | 'stream-end'
  | 'version-directive'
  | 'tag-directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-end'
  | 'flow-sequence-start'
  | 'flow-sequence-end'
  | 'flow-mapping-start'
  | 'flow-mapping-end'
  | 'flow-entry'
  | 'block-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export interface Token {
  readonly type: TokenType;
  readonly start: Mark;
  readonly end: Mark;
  /** A scalar's text, an anchor's name, a tag's handle, a directive's handle or version. */
  readonly value: string;
  /** A tag's suffix or a tag directive's prefix. */
  readonly suffix: string;
  /** Whether a scalar stands without quotes and is no block. */
  readonly plain: boolean;
}

export const token = (
  type: TokenType,
  start: Mark,
  end: Mark,
  value = '',
  suffix = '',
  plain = false,
): Token => ({ type, start, end, value, suffix, plain });
