import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redraw } from '../../../src/kubernetes-api/streams/line-display.ts';
import {
  emptyLine,
  type Line,
  splitKeys,
  typeKey,
} from '../../../src/kubernetes-api/streams/line-editor.ts';

const most = 60;

function typedLine(text: string): { line: string; at: number; kinds: string[] } {
  let line: Line = emptyLine;
  const kinds: string[] = [];
  for (const key of splitKeys(text).keys) {
    const typed = typeKey(line, key, most);
    if (typed.kind === 'edit') line = typed.line;
    else kinds.push(typed.kind);
  }
  return { line: line.text.join(''), at: line.at, kinds };
}

describe('the line editor', () => {
  it.each([
    ['hello', 'hello', 5],
    ['helxlo\x1b[D\x1b[D\x7f', 'hello', 3],
    ['ello\x01h', 'hello', 1],
    ['hell\x02\x02\x05o', 'hello', 5],
    ['one two\x17', 'one ', 4],
    ['one two\x15x', 'x', 1],
    ['one two\x1bb\x0b', 'one ', 4],
    ['one two\x01\x1bf\x0b', 'one', 3],
    ['abc\x01\x1b[3~', 'bc', 0],
    ['abc\x01\x04', 'bc', 0],
    ['é\u{1F600}x\x7f', 'é\u{1F600}', 2],
    ['\x7f\x1b[D\x1b[C', '', 0],
    ['a\tb\x1b[200~c\x1b[5~', 'abc', 3],
    ['x'.repeat(100), 'x'.repeat(most), most],
  ])('%j leaves %j', (keys, line, at) => {
    expect(typedLine(keys)).toMatchObject({ line, at });
  });

  it.each([
    ['\r', 'enter'],
    ['\r\n', 'enter'],
    ['\x03', 'interrupt'],
    ['\x04', 'end'],
    ['\x1b[A', 'up'],
    ['\x1bOB', 'down'],
    ['\x0c', 'clear'],
  ])('%j is %s', (keys, kind) => {
    expect(typedLine(keys).kinds).toEqual([kind]);
  });

  it('keeps the beginning of a key for later, but not for ever', () => {
    expect(splitKeys('a\x1b[')).toEqual({ keys: ['a'], rest: '\x1b[' });
    expect(splitKeys(`\x1b[${'1'.repeat(100)}`)).toEqual({ keys: [], rest: '' });
  });
});

const esc = '\x1b';
const sequence = new RegExp(`${esc}\\[(\\d*)([A-Z])|\\r|\\n|[^${esc}]`, 'gu');

/** A terminal as far as the editor's control sequences go: rows of characters and a cursor. */
function screenOf(sent: string, columns: number): { rows: string[]; row: number; column: number } {
  const rows: string[][] = [[]];
  let row = 0;
  let column = 0;
  for (const [part, count, act] of sent.matchAll(sequence)) {
    const steps = Number(count || 1);
    if (act === 'A') row -= steps;
    else if (act === 'C') column = Math.min(columns - 1, column + steps);
    else if (act === 'J') {
      rows.length = row + 1;
      rows[row]?.splice(column);
    } else if (part === '\r') column = 0;
    else if (part === '\n') row += 1;
    else {
      if (column === columns) {
        row += 1;
        column = 0;
      }
      rows[row] ??= [];
      (rows[row] ?? [])[column] = part;
      column += 1;
    }
    rows[row] ??= [];
  }
  return { rows: rows.map((each) => each.join('')), row, column };
}

describe('what the terminal is sent', () => {
  const key = fc.oneof(
    { weight: 16, arbitrary: fc.constantFrom(...'abcdefgh xyz') },
    fc.constantFrom('\x7f', '\x1b[D', '\x1b[C', '\x01', '\x05', '\x17', '\x15', '\x0b', '\x1b[3~'),
  );

  it('shows the line as it is, the cursor where it stands, on as many rows as it takes', () => {
    let wrapped = 0;
    fc.assert(
      fc.property(
        fc.array(key, { minLength: 15, maxLength: 60 }),
        fc.integer({ min: 8, max: 20 }),
        (keys, wide) => {
          const prompt = '/ # ';
          let line: Line = emptyLine;
          let sent = prompt;
          for (const each of keys) {
            const typed = typeKey(line, each, most);
            if (typed.kind !== 'edit') continue;
            sent += redraw(line, typed.line, prompt, wide);
            line = typed.line;
          }
          const { rows, row, column } = screenOf(sent, wide);
          const whole = `${prompt}${line.text.join('')}`;
          if (whole.length > wide) wrapped += 1;
          expect(rows.join('')).toBe(whole);
          expect(row * wide + column).toBe(prompt.length + line.at);
        },
      ),
      { seed: 20, numRuns: 500 },
    );
    expect(wrapped).toBeGreaterThan(200);
  });
});
