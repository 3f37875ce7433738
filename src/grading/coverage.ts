import type { Finding } from '../cluster/finding.ts';
import type { CoverageItem } from '../exercise/part-format.ts';
import type { CheckResult } from './verdict.ts';

/** Whether a text speaks of something, with the lines by which it is seen. */
export function coverageOf(item: CoverageItem, text: string): CheckResult {
  const lines = text.split(/\r?\n/);
  const evidence = evidenceFor(item, lines);
  const passed = evidence !== undefined;
  return {
    check: item.id,
    title: item.title,
    outcome: passed ? 'passed' : 'failed',
    points: passed ? item.points : 0,
    maximum: item.points,
    findings: passed
      ? evidence.map((line) => foundAt(line, lines[line] ?? ''))
      : [{ code: 'coverage-missing', severity: 'error', parameters: { item: item.title } }],
  };
}

/** The numbers of the lines, from zero, that together are the evidence; undefined without any. */
function evidenceFor(item: CoverageItem, lines: readonly string[]): number[] | undefined {
  const { near } = item;
  const around = near?.phrases.flatMap((phrase) => linesWith(phrase, lines));
  const isNear = (line: number): boolean =>
    !near || (around ?? []).some((other) => Math.abs(other - line) <= near.lines);
  const find = (phrase: string): number | undefined => linesWith(phrase, lines).find(isNear);
  const all = (item.all ?? []).map(find);
  const any = item.any?.map(find).find((line) => line !== undefined);
  if (all.includes(undefined) || (item.any && any === undefined)) return undefined;
  const found = [...all, any].filter((line) => line !== undefined);
  return [...new Set(found)].sort((a, b) => a - b);
}

/** The lines that a phrase begins in; it may go on in the next, as prose is wrapped. */
function linesWith(phrase: string, lines: readonly string[]): number[] {
  const form = formOf(phrase);
  return lines.flatMap((line, index) => {
    const found = form.exec(plain(`${line} ${lines[index + 1] ?? ''}`));
    return found && found.index <= plain(line).length ? [index] : [];
  });
}

const plain = (text: string): string =>
  text
    .replace(/[`*_"“”]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** A phrase as a whole, in any case and with any white space; `*` is any ending of a word. */
function formOf(phrase: string): RegExp {
  const words = phrase
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[.[\]()+?^$|\\{}]/g, '\\$&').replace(/\*/g, '[\\p{L}\\p{N}-]*'));
  return new RegExp(`(?<![\\p{L}\\p{N}])${words.join(' ')}(?![\\p{L}\\p{N}])`, 'iu');
}

function foundAt(index: number, line: string): Finding {
  const start = { line: index + 1, column: 1 };
  const end = { line: index + 1, column: Math.max(1, line.length) };
  const observed = line.trim().slice(0, longestQuote);
  const parameters = { line: index + 1 };
  return { code: 'coverage-found', severity: 'info', range: { start, end }, observed, parameters };
}

const longestQuote = 160;
