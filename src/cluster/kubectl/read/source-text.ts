import type { Position, SourceRange } from '../../finding.ts';

/** The learner's text with its line ends, for turning offsets into lines and columns. */
export class SourceText {
  readonly text: string;
  private starts: number[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  position(offset: number): Position {
    const starts = this.lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: Math.min(offset, this.text.length) - (starts[low] ?? 0) + 1 };
  }

  range(start: number, end: number): SourceRange {
    return { start: this.position(start), end: this.position(Math.max(start, end)) };
  }

  /** A line by its number, from 1, without its line end. */
  line(number: number): string {
    const starts = this.lineStarts();
    const end = starts[number] ?? this.text.length + 1;
    return this.text.slice(starts[number - 1] ?? this.text.length, end - 1).replace(/\r$/, '');
  }

  /** Where a line begins, by its number from 1. */
  lineStart(number: number): number {
    return this.lineStarts()[number - 1] ?? this.text.length;
  }

  private lineStarts(): number[] {
    if (this.starts) return this.starts;
    const starts = [0];
    for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1)) {
      starts.push(at + 1);
    }
    this.starts = starts;
    return starts;
  }
}
