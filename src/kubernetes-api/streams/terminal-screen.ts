import { redraw } from './line-display.ts';
import { emptyLine, type Line } from './line-editor.ts';

const usualColumns = 80;
/** What is said to be narrower is no terminal that tells its size. */
const fewestColumns = 8;

/** A person's terminal as far as a shell keeps track of it: the prompt, and the line behind it. */
export interface TerminalScreen {
  print(text: string): void;
  /** Sends what was printed since the last time, in one piece. */
  send(): void;
  prompt(text: string): void;
  line(): Line;
  /** Shows another line in place of the one behind the prompt. */
  show(line: Line): void;
  resized(columns: number): void;
}

export function createTerminalScreen(out: (text: string) => void): TerminalScreen {
  let columns = usualColumns;
  let prompt = '';
  let line = emptyLine;
  let unsent = '';
  const print = (text: string) => {
    unsent += text;
  };
  return {
    print,
    send() {
      if (unsent !== '') out(unsent);
      unsent = '';
    },
    prompt(text) {
      line = emptyLine;
      prompt = text;
      print(text);
    },
    line: () => line,
    show(after) {
      print(redraw(line, after, prompt, columns));
      line = after;
    },
    resized(wide) {
      columns = wide < fewestColumns ? usualColumns : wide;
    },
  };
}
