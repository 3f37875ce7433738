/**
 * Whether a plain YAML 1.1 scalar with this text would be read as something else than a string, so
 * that a string must be quoted (go-yaml v2 resolve.go and isBase60Float).
 */
export function readsAsOther(text: string): boolean {
  return words.has(text) || isNumber(text) || isTimestamp(text) || isBase60(text);
}

/** Whether a text of letters would be read as something else than a string: `yes`, `null`. */
export const isWordOfOther = (text: string): boolean => words.has(text);

const cases = (word: string): string[] => [
  word,
  word.charAt(0).toUpperCase() + word.slice(1),
  word.toUpperCase(),
];

const words: ReadonlySet<string> = new Set([
  ...['y', 'yes', 'true', 'on', 'n', 'no', 'false', 'off', 'null'].flatMap(cases),
  ...['', '~', '<<', '.nan', '.NaN', '.NAN'],
  ...['.inf', '.Inf', '.INF'].flatMap((word) => [word, `+${word}`, `-${word}`]),
]);

/** 64 binary digits with sign and prefix: nothing longer is an integer in Go. */
const longestInteger = 68;
const integer = /^[-+]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9][0-9]*)$/;
const float = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;

function isNumber(text: string): boolean {
  if (!/^[-+.0-9]/.test(text)) return false;
  const digits = text.replaceAll('_', '');
  if (
    digits.length < longestInteger &&
    integer.test(digits) &&
    BigInt(digits.replace(/^[-+]|(?<=^0)[oO]?(?=[0-7])/g, '')) < 2n ** 64n
  ) {
    return true;
  }
  return float.test(digits) && Number.isFinite(Number(digits));
}

/** The layouts that go-yaml tries: a date, or a date with a time and a zone. */
const timestamp =
  /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[-+]\d{2}:\d{2})| \d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?)?$/;

function isTimestamp(text: string): boolean {
  if (!timestamp.test(text)) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text
    .split(/[-Tt :.Z+]/)
    .map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = month >= 1 && month <= 12 && day >= 1 && date.getUTCMonth() === month - 1;
  return exists && hour < 24 && minute < 60 && second < 60;
}

const isBase60 = (text: string): boolean =>
  /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/.test(text);
