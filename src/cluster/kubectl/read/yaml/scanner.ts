import { codeOf, isBlank, isBreak, isBreakOrEnd, isSpaceOrEnd } from './characters.ts';
import { Cursor } from './cursor.ts';
import { scanBlockScalar } from './scan-block-scalar.ts';
import { scanPlain } from './scan-plain.ts';
import { scanQuoted } from './scan-quoted.ts';
import { scanAnchor, scanDirective, scanTag } from './scan-tag.ts';
import { SimpleKeys } from './simple-keys.ts';
import { type Token, type TokenType, token } from './token.ts';
import { type Mark, YamlError } from './yaml-error.ts';

const dash = codeOf('-');
const dot = codeOf('.');
const colon = codeOf(':');
const questionMark = codeOf('?');
const comment = codeOf('#');
const byteOrderMark = 0xfeff;
const neverPlain = new Set([...'-?:,[]{}#&*!|>\'"%@`'].map(codeOf));

/**
 * Turns a document into tokens, the block structure made explicit, as libyaml's scanner does: it
 * reads no further than the parser asks, so what stands behind the first document is never seen.
 */
export class Scanner {
  private readonly cursor: Cursor;
  private tokens: Token[] = [];
  private head = 0;
  private taken = 0;
  private available = false;
  private flowLevel = 0;
  private indent = -1;
  private readonly indents: number[] = [];
  private keyAllowed = true;
  private readonly keys: SimpleKeys;

  constructor(text: string) {
    this.cursor = new Cursor(text);
    this.keys = new SimpleKeys(this.cursor);
  }

  /** The next token, which stays. */
  peek(): Token {
    if (!this.available) this.fetchMore();
    return this.tokens[this.head] as Token;
  }

  /** Takes the next token away. */
  next(): Token {
    const found = this.peek();
    this.head += 1;
    this.taken += 1;
    this.available = false;
    if (this.head === this.tokens.length) {
      this.tokens = [];
      this.head = 0;
    }
    return found;
  }

  /** How far the text has been read. */
  get offset(): number {
    return this.cursor.offset;
  }

  /** A token that may turn out to be a key must wait until that is known. */
  private fetchMore(): void {
    for (;;) {
      if (this.head < this.tokens.length) {
        if (!this.keys.mayBeginAt(this.taken)) break;
      }
      this.fetch();
    }
    this.available = true;
  }

  private fetch(): void {
    this.skipToToken();
    this.unroll(this.cursor.column);
    const code = this.cursor.peek();
    if (code === 0) this.fetchStreamEnd();
    else if (this.cursor.column !== 0 || !this.fetchAtLineStart(code)) this.fetchIndicator(code);
  }

  private fetchAtLineStart(code: number): boolean {
    if (code === codeOf('%')) {
      this.endBlocks();
      this.tokens.push(scanDirective(this.cursor));
    } else if (this.cursor.atDocumentIndicator(dash)) this.fetchDocument('document-start');
    else if (this.cursor.atDocumentIndicator(dot)) this.fetchDocument('document-end');
    else return false;
    return true;
  }

  private fetchIndicator(code: number): void {
    const spaceFollows = isSpaceOrEnd(this.cursor.peek(1));
    const inFlow = this.flowLevel > 0;
    if (code === codeOf('[')) this.fetchFlowStart('flow-sequence-start');
    else if (code === codeOf('{')) this.fetchFlowStart('flow-mapping-start');
    else if (code === codeOf(']')) this.fetchFlowEnd('flow-sequence-end');
    else if (code === codeOf('}')) this.fetchFlowEnd('flow-mapping-end');
    else if (code === codeOf(',')) this.fetchFlowEntry();
    else if (code === dash && spaceFollows) this.fetchBlockEntry();
    else if (code === questionMark && (inFlow || spaceFollows)) this.fetchKey();
    else if (code === colon && (inFlow || spaceFollows)) this.fetchValue();
    else this.fetchNode(code, inFlow, spaceFollows);
  }

  private fetchNode(code: number, inFlow: boolean, spaceFollows: boolean): void {
    if (code === codeOf('*')) this.fetchNamed(() => scanAnchor(this.cursor, 'alias'));
    else if (code === codeOf('&')) this.fetchNamed(() => scanAnchor(this.cursor, 'anchor'));
    else if (code === codeOf('!')) this.fetchNamed(() => scanTag(this.cursor));
    else if ((code === codeOf('|') || code === codeOf('>')) && !inFlow) this.fetchBlockScalar();
    else if (code === codeOf("'") || code === codeOf('"'))
      this.fetchNamed(() => scanQuoted(this.cursor));
    else if (this.startsPlain(code, inFlow, spaceFollows)) this.fetchPlain(inFlow);
    else this.refuse('found character that cannot start any token');
  }

  private startsPlain(code: number, inFlow: boolean, spaceFollows: boolean): boolean {
    if (code === dash) return !isBlank(this.cursor.peek(1));
    if (code === questionMark || code === colon) return !inFlow && !spaceFollows;
    return !isSpaceOrEnd(code) && !neverPlain.has(code);
  }

  /** Comments, line breaks, spaces; tabs too where they cannot be taken for indentation. */
  private skipToToken(): void {
    const { cursor } = this;
    for (;;) {
      if (cursor.column === 0 && cursor.peek() === byteOrderMark) cursor.skip();
      const tabs = this.flowLevel > 0 || !this.keyAllowed;
      while (cursor.peek() === 32 || (tabs && cursor.peek() === 9)) cursor.skip();
      if (cursor.peek() === comment) while (!isBreakOrEnd(cursor.peek())) cursor.skip();
      if (!isBreak(cursor.peek())) return;
      cursor.breakLine();
      if (this.flowLevel === 0) this.keyAllowed = true;
    }
  }

  private fetchStreamEnd(): void {
    if (this.cursor.column !== 0) {
      this.cursor.column = 0;
      this.cursor.line += 1;
    }
    this.endBlocks();
    this.add('stream-end', 0);
  }

  private endBlocks(): void {
    this.unroll(-1);
    this.keys.drop();
    this.keyAllowed = false;
  }

  private fetchDocument(type: TokenType): void {
    this.endBlocks();
    this.add(type, 3);
  }

  private fetchFlowStart(type: TokenType): void {
    this.saveKey();
    this.keys.enterFlow(this.tokenNumber());
    this.flowLevel += 1;
    this.keyAllowed = true;
    this.add(type, 1);
  }

  private fetchFlowEnd(type: TokenType): void {
    this.keys.drop();
    if (this.flowLevel > 0) {
      this.flowLevel -= 1;
      this.keys.leaveFlow();
    }
    this.keyAllowed = false;
    this.add(type, 1);
  }

  private fetchFlowEntry(): void {
    this.keys.drop();
    this.keyAllowed = true;
    this.add('flow-entry', 1);
  }

  private fetchBlockEntry(): void {
    if (this.flowLevel === 0) {
      if (!this.keyAllowed) {
        this.refuse('block sequence entries are not allowed in this context');
      }
      this.roll(this.cursor.column, -1, 'block-sequence-start', this.cursor.mark());
    }
    this.keys.drop();
    this.keyAllowed = true;
    this.add('block-entry', 1);
  }

  private fetchKey(): void {
    if (this.flowLevel === 0) {
      if (!this.keyAllowed) this.refuse('mapping keys are not allowed in this context');
      this.roll(this.cursor.column, -1, 'block-mapping-start', this.cursor.mark());
    }
    this.keys.drop();
    this.keyAllowed = this.flowLevel === 0;
    this.add('key', 1);
  }

  private fetchValue(): void {
    const key = this.keys.possible();
    if (key) {
      const place = key.tokenNumber - this.taken + this.head;
      this.tokens.splice(place, 0, token('key', key.mark, key.mark));
      this.roll(key.mark.column, place, 'block-mapping-start', key.mark);
      this.keys.forget(key);
      this.keyAllowed = false;
    } else {
      if (this.flowLevel === 0) {
        if (!this.keyAllowed) this.refuse('mapping values are not allowed in this context');
        this.roll(this.cursor.column, -1, 'block-mapping-start', this.cursor.mark());
      }
      this.keyAllowed = this.flowLevel === 0;
    }
    this.add('value', 1);
  }

  /** What may be a key, and behind which no key may begin. */
  private fetchNamed(scan: () => Token): void {
    this.saveKey();
    this.keyAllowed = false;
    this.tokens.push(scan());
  }

  private fetchBlockScalar(): void {
    this.keys.drop();
    this.keyAllowed = true;
    this.tokens.push(scanBlockScalar(this.cursor, this.indent));
  }

  private fetchPlain(inFlow: boolean): void {
    this.saveKey();
    const plain = scanPlain(this.cursor, this.indent + 1, inFlow);
    this.keyAllowed = plain.brokeLine;
    this.tokens.push(plain.token);
  }

  private add(type: TokenType, length: number): void {
    const start = this.cursor.mark();
    this.cursor.skip(length);
    this.tokens.push(token(type, start, this.cursor.mark()));
  }

  private tokenNumber(): number {
    return this.taken + this.tokens.length - this.head;
  }

  /** Opens a block when the column is deeper than the one around it. */
  private roll(column: number, place: number, type: TokenType, mark: Mark): void {
    if (this.flowLevel > 0 || this.indent >= column) return;
    this.indents.push(this.indent);
    this.indent = column;
    this.tokens.splice(place < 0 ? this.tokens.length : place, 0, token(type, mark, mark));
  }

  /** Closes the blocks that are deeper than the column. */
  private unroll(column: number): void {
    if (this.flowLevel > 0) return;
    while (this.indent > column) {
      this.add('block-end', 0);
      this.indent = this.indents.pop() ?? -1;
    }
  }

  private saveKey(): void {
    if (!this.keyAllowed) return;
    const required = this.flowLevel === 0 && this.indent === this.cursor.column;
    this.keys.save(required, this.tokenNumber());
  }

  private refuse(problem: string): never {
    throw new YamlError('scanner', problem, this.cursor.mark());
  }
}
