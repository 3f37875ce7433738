import { type ExtractedBlock, extractManifests } from '../cluster/kubectl/read/extract.ts';

/** A manifest found in a reply, and where it stands in it. */
export interface Candidate {
  /** Every other line of the reply is empty here, so that each field keeps its line and column. */
  readonly manifest: string;
  /** First and last line of each piece, counted from 1. */
  readonly lines: readonly (readonly [first: number, last: number])[];
}

/** All that a learner's text holds, as one manifest; a text without prose is it itself. */
export function wholeAnswer(answer: string): Candidate {
  const blocks = extractManifests(answer);
  return { manifest: keepOnly(answer, blocks), lines: blocks.map(linesOf) };
}

/** Each block of a reply by itself; one only where the reply is one. */
export const candidatesOf = (answer: string): readonly Candidate[] =>
  extractManifests(answer).map((block) => {
    return { manifest: keepOnly(answer, [block]), lines: [linesOf(block)] };
  });

/** `3–9, 14–20`: as a sentence names lines. */
export const linesText = (lines: Candidate['lines']): string =>
  lines.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');

/** What stands around the blocks becomes empty lines, and every block a document. */
function keepOnly(answer: string, blocks: readonly ExtractedBlock[]): string {
  if (blocks[0]?.text === answer) return answer;
  const lines = answer.split('\n').map(() => '');
  for (const [index, { text, lineOffset }] of blocks.entries()) {
    if (index > 0) lines[lineOffset - 1] = '---';
    for (const [at, line] of contentOf(text).entries()) lines[lineOffset + at] = line;
  }
  return lines.join('\n');
}

const contentOf = (text: string): readonly string[] => text.replace(/\n$/, '').split('\n');

const linesOf = ({ text, lineOffset }: ExtractedBlock): [number, number] => [
  lineOffset + 1,
  lineOffset + contentOf(text).length,
];
