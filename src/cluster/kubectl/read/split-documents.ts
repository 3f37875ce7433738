/** One document of a file, as kubectl cuts it out before YAML sees it. */
export interface DocumentText {
  readonly text: string;
  /** Where in the file it begins. */
  readonly offset: number;
}

export interface SplitDocuments {
  readonly documents: readonly DocumentText[];
  /** A line that begins with `---` and goes on with something else; reading stops there. */
  readonly badSeparator?: { readonly rest: string; readonly offset: number };
}

/**
 * Cuts a file at lines of `---`, which may carry a comment (apimachinery/pkg/util/yaml, YAMLReader).
 * A separator with nothing before it stays in the document that follows.
 */
export function splitDocuments(text: string, from = 0): SplitDocuments {
  const documents: DocumentText[] = [];
  let start = from;
  for (let line = from; line < text.length; line = endOfLine(text, line)) {
    if (!text.startsWith('---', line)) continue;
    const rest = text.slice(line + 3, endOfLine(text, line)).trim();
    if (rest !== '' && !rest.startsWith('#')) {
      return { documents, badSeparator: { rest, offset: line } };
    }
    if (line === start) continue;
    documents.push(document(text, start, line));
    start = endOfLine(text, line);
  }
  if (start < text.length) documents.push(document(text, start, text.length));
  return { documents };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}

/** kubectl reads by lines, so the last one always ends with a line break. */
function document(text: string, start: number, end: number): DocumentText {
  const cut = text.slice(start, end);
  return { text: cut.endsWith('\n') ? cut : `${cut}\n`, offset: start };
}
