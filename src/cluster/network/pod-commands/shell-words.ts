/** What a word's `$NAME` and `$(command)` stand for. */
export interface Expansion {
  variable(name: string): string;
  substitute(command: string): string;
}

/**
 * The words a written word becomes: quotes go, variables and substitutions are filled in, and what
 * stood outside quotes falls apart at white space. Inside single quotes nothing is filled in.
 */
export function expandWord(word: string, expansion: Expansion): readonly string[] {
  const text = unquote(word, expansion);
  const splits = word.includes('$') && !/['"]/.test(word);
  return splits ? text.split(/\s+/).filter((part) => part !== '') : [text];
}

const piece = /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)|([^'"\\]+)/gs;

export function unquote(word: string, expansion: Expansion): string {
  let text = '';
  for (const [, single, double, escaped, bare] of word.matchAll(piece)) {
    if (double !== undefined) text += fill(double, expansion).replaceAll(/\\(["\\$`])/g, '$1');
    else text += single ?? escaped ?? fill(bare ?? '', expansion);
  }
  return text;
}

const place = /\$\(([^()]*)\)|\$\{(\w+)\}|\$([A-Za-z_]\w*|\?)/g;

const fill = (text: string, { variable, substitute }: Expansion): string =>
  text.replaceAll(place, (_whole, command?: string, braced?: string, bare?: string) =>
    command === undefined ? variable(braced ?? bare ?? '') : substitute(command),
  );
