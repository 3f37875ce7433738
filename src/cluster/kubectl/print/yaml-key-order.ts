/** How go-yaml v2 sorts keys: numbers in them count as numbers, `a2` before `a10` (sorter.go). */
export function naturalOrder(a: string, b: string): number {
  if (lettersOnly.test(a) && lettersOnly.test(b)) return a === b ? 0 : a < b ? -1 : 1;
  const left = [...a];
  const right = [...b];
  const shorter = Math.min(left.length, right.length);
  let at = 0;
  while (at < shorter && left[at] === right[at]) at += 1;
  if (at === shorter) return left.length - right.length;
  const [x = '', y = ''] = [left[at], right[at]];
  if (isLetter(x) && isLetter(y)) return x < y ? -1 : 1;
  if (isLetter(x) || isLetter(y)) return isLetter(x) === isDigit(left[at - 1]) ? -1 : 1;
  return byNumber(left, right, at) || (x < y ? -1 : 1);
}

/** Among these the order is that of their characters. */
const lettersOnly = /^[A-Za-z]*$/;

const isLetter = (character: string): boolean => /^\p{L}$/u.test(character);
const isDigit = (character: string | undefined): boolean =>
  character !== undefined && /^\p{Nd}$/u.test(character);

/** Compares the digits from the first difference on; a zero counts only behind another digit. */
function byNumber(left: readonly string[], right: readonly string[], at: number): number {
  const zero = left[at] === '0' || right[at] === '0';
  const front = zero && followsNonZero(left, at) ? '1' : '0';
  const a = digitsFrom(left, at);
  const b = digitsFrom(right, at);
  const [x, y] = [BigInt(front + a), BigInt(front + b)];
  return x === y ? a.length - b.length : x < y ? -1 : 1;
}

function followsNonZero(characters: readonly string[], at: number): boolean {
  for (let i = at - 1; i >= 0 && isDigit(characters[i]); i -= 1) {
    if (characters[i] !== '0') return true;
  }
  return false;
}

function digitsFrom(characters: readonly string[], start: number): string {
  let end = start;
  while (/^[0-9]$/.test(characters[end] ?? '')) end += 1;
  return characters.slice(start, end).join('');
}
