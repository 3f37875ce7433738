import { emptyLine, type Line } from './line-editor.ts';

/** The lines that were typed, to be looked through and back again to the one being typed. */
export interface LineHistory {
  add(text: string): void;
  /** The line that many steps away from what is shown; undefined beyond either end. */
  look(steps: number, typed: Line): Line | undefined;
}

export function createLineHistory(mostLines: number): LineHistory {
  const lines: string[] = [];
  /** Where in the lines the shown one stands; their number is the line that is being typed. */
  let shown = 0;
  let draft: Line = emptyLine;
  return {
    add(text) {
      if (text.trim() !== '' && text !== lines.at(-1)) lines.push(text);
      if (lines.length > mostLines) lines.shift();
      shown = lines.length;
      draft = emptyLine;
    },
    look(steps, typed) {
      const next = shown + steps;
      if (next < 0 || next > lines.length) return undefined;
      if (shown === lines.length) draft = typed;
      shown = next;
      const text = [...(lines[next] ?? '')];
      return next === lines.length ? draft : { text, at: text.length };
    },
  };
}
