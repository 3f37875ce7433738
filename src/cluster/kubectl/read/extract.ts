/** A piece of a text that may hold manifests. */
export interface ExtractedBlock {
  readonly text: string;
  /** How many lines stand before it in the whole text. */
  readonly lineOffset: number;
  /** What the fence says it is, in small letters: `yaml`, `json`, `bash`, or `''`. */
  readonly language: string;
}

const fence = /^ {0,3}(`{3,}|~{3,})[ \t]*([^\s`]*)/;
const manifestLanguages = new Set(['', 'yaml', 'yml', 'json', 'k8s', 'kubernetes', 'text', 'txt']);

/**
 * Takes a reply apart that has prose around fenced blocks of YAML, as assistants write it. The blocks
 * that may be manifests come in order. A fence that is never closed goes to the end. Without any fence,
 * what begins as a manifest does is one until prose follows; a text without prose comes whole.
 */
export function extractManifests(text: string): readonly ExtractedBlock[] {
  const lines = text.split('\n');
  const here = heredocsIn(lines, 0);
  const blocks = fencedBlocks(lines).flatMap((block) => {
    const inside = here.filter((one) => isInside(one, block));
    return inside.length > 0 ? inside : [block];
  });
  if (blocks.length === 0) {
    const bare = here.length > 0 ? here : lines.some(isProse) ? unfenced(lines) : [];
    return bare.length > 0 ? bare : [{ text, lineOffset: 0, language: '' }];
  }
  const named = blocks.filter(({ language }) => manifestLanguages.has(language));
  const written = named.filter((block) => looksLikeManifest(block.text));
  return written.length > 0 ? written : named;
}

/** The text between `<<EOF` and its word, in any of a shell's spellings: what such a command reads. */
const hereDocument = /^ {0,3}(?![\w./-]+:\s)[^\s#].*<<-?\s*(['"]?)([A-Za-z_]\w*)\1/;

function heredocsIn(lines: readonly string[], from: number): readonly ExtractedBlock[] {
  const start = lines.findIndex((line, at) => at >= from && hereDocument.test(line));
  const word = hereDocument.exec(lines[start] ?? '')?.[2];
  if (word === undefined) return [];
  const end = lines.findIndex((line, at) => at > start && line.trim() === word);
  if (end === -1) return [];
  const text = `${lines.slice(start + 1, end).join('\n')}\n`;
  const found = looksLikeManifest(text) ? [{ text, lineOffset: start + 1, language: 'yaml' }] : [];
  return [...found, ...heredocsIn(lines, end + 1)];
}

const isInside = (one: ExtractedBlock, { text, lineOffset }: ExtractedBlock): boolean =>
  one.lineOffset > lineOffset && one.lineOffset <= lineOffset + text.split('\n').length;

const looksLikeManifest = (text: string): boolean =>
  /^[ \t]*"?(?:apiVersion|kind)"?[ \t]*:/m.test(text);

function fencedBlocks(lines: readonly string[]): readonly ExtractedBlock[] {
  const blocks: ExtractedBlock[] = [];
  for (let line = 0; line < lines.length; line += 1) {
    const [, mark, language = ''] = fence.exec(lines[line] ?? '') ?? [];
    if (mark === undefined) continue;
    const end = closingLine(lines, line + 1, mark);
    const text = `${lines.slice(line + 1, end).join('\n')}\n`;
    blocks.push({ text, lineOffset: line + 1, language: language.toLowerCase() });
    line = end;
  }
  return blocks;
}

/** The line of the fence that closes a block: the same sign, at least as often, and nothing else. */
function closingLine(lines: readonly string[], from: number, mark: string): number {
  for (let line = from; line < lines.length; line += 1) {
    const found = (lines[line] ?? '').trim();
    if (found.length >= mark.length && found === mark.charAt(0).repeat(found.length)) return line;
  }
  return lines.length;
}

/** Blocks at the margin, else those that Markdown shows as code because they are indented. */
function unfenced(lines: readonly string[]): readonly ExtractedBlock[] {
  const bare = bareBlocks(lines);
  return bare.length > 0 ? bare : indentedBlocks(lines, 0);
}

const indentedOpening = /^(?: {4,}|\t)(apiVersion|kind)\s*:/;

function indentedBlocks(lines: readonly string[], from: number): readonly ExtractedBlock[] {
  const start = lines.findIndex((line, at) => at >= from && indentedOpening.test(line));
  if (start === -1) return [];
  const depth = /^\s*/.exec(lines[start] ?? '')?.[0].length ?? 0;
  const isOut = (line: string) => line.trim() !== '' && line.search(/\S/) < depth;
  const after = lines.findIndex((line, at) => at > start && isOut(line));
  const end = after === -1 ? lines.length : after;
  const own = lines.slice(start, end);
  while (own.at(-1)?.trim() === '') own.pop();
  const block = { text: `${own.join('\n')}\n`, lineOffset: start, language: '' };
  return [block, ...indentedBlocks(lines, end)];
}

const opening = /^(---\s*$|(apiVersion|kind)\s*:)/;
const yaml = /^(\s|$|#|---|\.\.\.|- |[{}[\]"']|[\w./-]+\s*:(\s|$))/;
const ownWords = /^(apiVersion|kind|metadata|spec|data|status|items)\b/;

/**
 * Whether a line can only be somebody talking: at the margin, no YAML, nothing indented below it, and
 * of some words or set apart. A slip such as a colon left out is none, so that it can be told of.
 */
function isProse(line: string, index: number, lines: readonly string[]): boolean {
  if (yaml.test(line) || ownWords.test(line)) return false;
  if (/^[ \t]+\S/.test(lines[index + 1] ?? '')) return false;
  return line.trim().split(/\s+/).length > 2 || (lines[index - 1] ?? '').trim() === '';
}

function bareBlocks(lines: readonly string[]): readonly ExtractedBlock[] {
  const blocks: ExtractedBlock[] = [];
  for (let line = 0; line < lines.length; line += 1) {
    if (!opening.test(lines[line] ?? '')) continue;
    const after = lines.findIndex((each, at) => at > line && isProse(each, at, lines));
    const end = after === -1 ? lines.length : after;
    const text = `${lines.slice(line, end).join('\n')}\n`;
    if (looksLikeManifest(text)) blocks.push({ text, lineOffset: line, language: '' });
    line = end;
  }
  return blocks;
}
