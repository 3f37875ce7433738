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
 * that may be manifests come in order; a text without any fence comes whole. A fence that is never
 * closed goes to the end.
 */
export function extractManifests(text: string): readonly ExtractedBlock[] {
  const blocks = fencedBlocks(text.split('\n'));
  if (blocks.length === 0) return [{ text, lineOffset: 0, language: '' }];
  const named = blocks.filter(({ language }) => manifestLanguages.has(language));
  const written = named.filter((block) => looksLikeManifest(block.text));
  return written.length > 0 ? written : named;
}

const looksLikeManifest = (text: string): boolean => /^\s*"?(apiVersion|kind)"?\s*:/m.test(text);

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
