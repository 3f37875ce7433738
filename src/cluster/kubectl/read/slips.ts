import type { Finding } from '../../finding.ts';
import { type Diagnosis, type Slip, slipRules } from './slip-rules.ts';
import type { SourceText } from './source-text.ts';
import type { RepeatedKey } from './yaml/construct.ts';
import type { LimitError } from './yaml/limit-error.ts';

/** The likely slip behind an unreadable text, with the place where a reader should look. */
export function slipFinding(
  source: SourceText,
  problem: string,
  at: number,
  context: number = at,
): Finding {
  const slip: Slip = { problem, source, at, context, line: source.position(at).line };
  for (const rule of slipRules) {
    const found = rule(slip);
    if (found) return findingOf(source, found);
  }
  return findingOf(source, {
    code: 'yaml-unreadable',
    start: at,
    end: at + 1,
    parameters: { problem },
  });
}

export function repeatedKeyFinding(
  source: SourceText,
  offset: number,
  { key, first }: RepeatedKey,
): Finding {
  return {
    code: 'yaml-duplicate-key',
    severity: 'warning',
    range: source.range(offset + key.start, offset + key.end),
    observed: key.value,
    parameters: { key: key.value, firstLine: source.position(offset + first.start).line },
  };
}

/** A second object of which only the `---` in front is missing: its keys repeat the first's. */
export function missingSeparatorFinding(
  source: SourceText,
  offset: number,
  { key }: RepeatedKey,
): Finding {
  const range = source.range(offset + key.start, offset + key.end);
  const parameters = { line: range.start.line };
  return { code: 'yaml-missing-separator', severity: 'warning', range, parameters };
}

export function limitFinding(source: SourceText, error: LimitError, at: number): Finding {
  const { code, limit } = error;
  return findingOf(source, { code, start: at, end: at, parameters: { limit } });
}

export function separatorFinding(
  source: SourceText,
  { rest, offset }: { readonly rest: string; readonly offset: number },
): Finding {
  const end = offset + 3 + rest.length;
  return findingOf(source, {
    code: 'yaml-bad-separator',
    start: offset,
    end,
    parameters: { rest },
  });
}

function findingOf(source: SourceText, { code, start, end, parameters }: Diagnosis): Finding {
  const range = source.range(start, end);
  const observed = source.text.slice(start, Math.min(end, start + 60));
  return {
    code,
    severity: 'error',
    range,
    ...(observed.trim() !== '' && { observed }),
    parameters: { line: range.start.line, column: range.start.column, ...parameters },
  };
}
