/** A place in a document; line and column count from 0. */
export interface Mark {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** The stage of reading that gave up; it decides how the line is counted in go-yaml's message. */
export type YamlStage = 'scanner' | 'parser' | 'construct';

/**
 * A text that go-yaml refuses. `message` is the whole text after `yaml: ` as go-yaml v2 writes it:
 * its scanner names the line of the problem, its parser the line before, none the first line.
 */
export class YamlError extends Error {
  readonly problem: string;
  readonly mark: Mark;
  /** Where the construct began that could not be finished. */
  readonly context: Mark;
  /** How far the scanner had come when it gave up. */
  readTo = 0;

  constructor(stage: YamlStage, problem: string, mark: Mark, context: Mark = mark) {
    super(`${lineWords(stage, mark)}${problem}`);
    this.problem = problem;
    this.mark = mark;
    this.context = context;
  }
}

function lineWords(stage: YamlStage, mark: Mark): string {
  if (stage === 'construct' || mark.line === 0) return '';
  return `line ${stage === 'scanner' ? mark.line + 1 : mark.line}: `;
}
