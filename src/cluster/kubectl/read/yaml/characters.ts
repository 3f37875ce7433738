/** Classes of characters as YAML 1.1 names them (yaml.org/spec/1.1, chapter 4); 0 ends the text. */
export const isBreak = (code: number): boolean =>
  code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029;

export const isBlank = (code: number): boolean => code === 32 || code === 9;

export const isBreakOrEnd = (code: number): boolean => code === 0 || isBreak(code);

export const isSpaceOrEnd = (code: number): boolean =>
  code === 32 || code === 10 || code === 9 || code === 0 || isBreak(code);

export const isDigit = (code: number): boolean => code >= 48 && code <= 57;

export const isHexDigit = (code: number): boolean =>
  isDigit(code) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);

/** A letter, digit, `_` or `-`: what names of anchors, tag handles and directives consist of. */
export const isWord = (code: number): boolean =>
  isDigit(code) ||
  (code >= 65 && code <= 90) ||
  (code >= 97 && code <= 122) ||
  code === 95 ||
  code === 45;

/** The code of a one-character string. */
export const codeOf = (character: string): number => character.charCodeAt(0);

/** Where the first character stands that no YAML text may hold, or -1. */
export function controlCharacterIn(text: string): number {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x20 ? code !== 9 && code !== 10 && code !== 13 : isForbiddenAbove(code)) return at;
  }
  return -1;
}

const isForbiddenAbove = (code: number): boolean =>
  (code >= 0x7f && code < 0xa0 && code !== 0x85) || code >= 0xfffe;
