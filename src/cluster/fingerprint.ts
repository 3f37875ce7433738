/** FNV-1a of the text's UTF-16 units, 32 bits, unsigned. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/**
 * Eight hexadecimal digits a word that depend on the whole text, 64 bits of it: the same for ever,
 * unlike for any two texts that meet in a cluster. Nothing is secret here, so nothing need be.
 */
export function fingerprint(text: string, words: number): string {
  let one = 0xdeadbeef;
  let two = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    one = Math.imul(one ^ unit, 0x9e3779b1);
    two = Math.imul(two ^ unit, 0x5f356495);
  }
  let hex = '';
  for (let word = 0; word < words; word += 1) {
    one = (Math.imul(one ^ (one >>> 15), 0x85ebca6b) + two) | 0;
    two = (Math.imul(two ^ (two >>> 13), 0xc2b2ae35) + one) | 0;
    hex += pairs[two >>> 24];
    hex += pairs[(two >>> 16) & 0xff];
    hex += pairs[(two >>> 8) & 0xff];
    hex += pairs[two & 0xff];
  }
  return hex;
}

/** The 256 bytes as two digits each. */
const pairs: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);
