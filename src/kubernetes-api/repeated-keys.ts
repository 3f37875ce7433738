/**
 * Keys that stand twice in one object of a JSON text, in the order of the text, as strict decoding
 * names them (sigs.k8s.io/json): `duplicate field "spec.ports[0].port"`. The text must be valid.
 */
export function repeatedJsonKeys(text: string): string[] {
  const complaints: string[] = [];
  const open: Level[] = [];
  let at = 0;
  while (at < text.length && complaints.length < mostComplaints) {
    const character = text[at];
    const level = open.at(-1);
    if (character === '"') {
      const end = stringEnd(text, at);
      if (level?.expectsKey) noteKey(text.slice(at, end), open, level, complaints);
      at = end;
      continue;
    }
    if (character === '{') open.push({ keys: new Set(), key: '', index: 0, expectsKey: true });
    if (character === '[') open.push({ keys: undefined, key: '', index: 0, expectsKey: false });
    if (character === '}' || character === ']') open.pop();
    if (character === ',' && level) {
      level.index += 1;
      level.expectsKey = level.keys !== undefined;
    }
    at += 1;
  }
  return complaints;
}

const mostComplaints = 100;

interface Level {
  /** Absent in an array. */
  readonly keys: Set<string> | undefined;
  key: string;
  index: number;
  expectsKey: boolean;
}

function noteKey(quoted: string, open: readonly Level[], level: Level, complaints: string[]): void {
  level.key = JSON.parse(quoted) as string;
  level.expectsKey = false;
  if (level.keys?.has(level.key)) complaints.push(`duplicate field "${pathOf(open)}"`);
  level.keys?.add(level.key);
}

const pathOf = (open: readonly Level[]): string =>
  open
    .map(({ keys, key, index }, depth) => {
      if (!keys) return `[${index}]`;
      return depth === 0 ? key : `.${key}`;
    })
    .join('');

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}
