/** A text without differences of case and spacing, in which others are looked for. */
export const plain = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim();

/** Whether the words stand in the text as words of their own, not inside a longer one. */
export function says(text: string, words: string): boolean {
  const wanted = plain(words);
  if (wanted === '') return false;
  const escaped = wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`).test(plain(text));
}
