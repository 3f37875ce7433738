import type { z } from 'zod';
import type { Expectation } from './check-format.ts';
import { type PartDefinition, type PartOf, pointsOf, pointsWithoutMarking } from './part-format.ts';

type Path = (string | number)[];
type Context = z.RefinementCtx;
type Complain = (at: Path, message: string) => void;

/** What must agree inside one part. Every complaint has its place. */
export function checkPart(part: PartDefinition, path: Path, context: Context): void {
  const complain: Complain = (at, message) =>
    context.addIssue({ code: 'custom', path: [...path, ...at], message });
  switch (part.kind) {
    case 'manifest':
    case 'commands':
      reportTwice(part.checks, [...path, 'checks'], context);
      part.checks.forEach((check, index) => {
        checkReference(part, check, (field, message) =>
          complain(['checks', index, field], message),
        );
      });
      return;
    case 'choice':
      checkChoice(part, complain);
      reportTwice(part.questions ?? [], [...path, 'questions'], context);
      return;
    case 'match':
      checkPairs(part, complain);
      return;
    case 'text':
      reportTwice(part.coverage, [...path, 'coverage'], context);
      checkText(part, complain);
      return;
    case 'predict':
      reportTwice(part.questions, [...path, 'questions'], context);
      part.questions.forEach(({ truth, options }, index) => {
        if ('shows' in truth && !options) complain(['questions', index], 'needs `options`');
      });
  }
}

export function reportTwice(items: readonly { id: string }[], path: Path, context: Context): void {
  const seen = new Set<string>();
  items.forEach(({ id }, index) => {
    if (seen.has(id)) {
      context.addIssue({ code: 'custom', path: [...path, index, 'id'], message: 'stands twice' });
    }
    seen.add(id);
  });
}

/** A check that speaks of another finds it in its own part. */
function checkReference(
  part: PartOf<'manifest' | 'commands'>,
  check: Expectation,
  complain: (field: string, message: string) => void,
): void {
  const other = (id: string) => part.checks.find((each) => each.id === id);
  if (check.kind === 'survives-churn' && other(check.of)?.kind !== 'connects') {
    complain('of', `\`${check.of}\` is no \`connects\` check of this part`);
  }
  if (check.kind !== 'shows') return;
  if (part.kind !== 'commands')
    complain('kind', '`shows` needs commands; a manifest shows nothing');
  if (check.after !== undefined && other(check.after)?.kind !== 'shows') {
    complain('after', `\`${check.after}\` is no \`shows\` check of this part`);
  }
}

function checkChoice(part: PartOf<'choice'>, complain: Complain): void {
  if (!part.questions) {
    checkPlainChoice(part, complain);
    return;
  }
  if (part.options) complain(['options'], 'stands beside `questions`; have one or the other');
  if (part.choose) complain(['choose'], 'belongs to each of the `questions`');
  if ((part.draw ?? 0) > part.questions.length) {
    complain(['draw'], `draws more than the ${part.questions.length} questions there are`);
  }
  part.questions.forEach(({ options, choose }, index) => {
    checkOptions(options, choose, ['questions', index, 'options'], complain);
  });
}

function checkPlainChoice({ draw, options, choose }: PartOf<'choice'>, complain: Complain): void {
  if (draw !== undefined) complain(['draw'], 'draws from `questions`, and there are none');
  if (!options) complain([], 'needs `options`, or a bank of `questions`');
  else {
    if (!choose) complain(['options'], 'needs `choose: one` or `choose: several` beside it');
    checkOptions(options, choose, ['options'], complain);
  }
}

function checkOptions(
  options: readonly { readonly id: string; readonly right: boolean }[],
  choose: 'one' | 'several' | undefined,
  at: Path,
  complain: Complain,
): void {
  const right = options.filter((option) => option.right).length;
  if (right === 0) complain(at, 'no option is right');
  if (choose === 'one' && right > 1) complain(at, 'more than one option is right');
  options.forEach(({ id }, index) => {
    const first = options.findIndex((option) => option.id === id);
    if (first < index) complain([...at, index, 'id'], 'stands twice');
  });
}

function checkPairs(part: PartOf<'match'>, complain: Complain): void {
  const rights = new Set(part.right.map((item) => item.id));
  for (const item of part.left) {
    if (!Object.hasOwn(part.pairs, item.id)) complain(['pairs'], `nothing for \`${item.id}\``);
  }
  for (const [left, chosen] of Object.entries(part.pairs)) {
    if (!part.left.some((item) => item.id === left)) {
      complain(['pairs', left], 'is no item of `left`');
    }
    for (const id of chosen) {
      if (!rights.has(id)) complain(['pairs', left], `\`${id}\` is no item of \`right\``);
    }
  }
}

function checkText(part: PartOf<'text'>, complain: Complain): void {
  if (pointsOf(part) <= 0) complain([], 'is worth nothing: give `points`, or `coverage`');
  if (pointsWithoutMarking(part) > pointsOf(part)) {
    complain(['completion'], 'must not be more than `points`, together with `coverage`');
  }
  part.coverage.forEach(({ any, all }, index) => {
    if (!any && !all) complain(['coverage', index], 'needs `any` or `all`');
  });
}
