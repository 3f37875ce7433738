import type {
  Assignment,
  Explanation,
  Extension,
  GradeStep,
  Instant,
  PartGrade,
} from '../../gradebook/index.ts';

/** One step of an explanation, as data and in words. */
export interface ExplanationLine {
  readonly kind: GradeStep['kind'] | 'extension' | 'part' | 'sum' | 'score';
  readonly part?: string;
  readonly at?: Instant;
  readonly points?: number;
  readonly counts?: boolean;
  readonly text: string;
}

/** A grade as it stands; with `explain`, each thing that made it, in order. */
export function viewGrade(explanation: Explanation, explain: boolean) {
  const { learner, assignment, window, grade, extensions } = explanation;
  const { id, externalId, name } = learner;
  const { title, points, revision } = assignment;
  return {
    learner: { id, externalId, ...(name !== undefined && { name }) },
    assignment: { id: assignment.id, title, points, revision },
    window,
    grade,
    ...(explain && { extensions: extensions.map(withoutStaff) }),
    ...(explain && { explanation: linesOf(explanation) }),
  };
}

function withoutStaff({ reason: _, tokenId: __, ...extension }: Extension) {
  return extension;
}

function linesOf({ assignment, grade, extensions }: Explanation): readonly ExplanationLine[] {
  return [
    ...extensions.map((one) => extensionLine(one, assignment)),
    ...grade.parts.flatMap((part) => partLines(part, assignment)),
    ...grade.steps.map((step) => overrideLine(step, 'the assignment', assignment)),
    ...totalLines(assignment, grade),
  ];
}

function extensionLine(one: Extension, assignment: Assignment): ExplanationLine {
  const whose = one.learnerId === undefined ? "The section's extension" : 'An extension';
  const grants = [
    one.dueAt && `due at ${moment(one.dueAt, assignment)}`,
    one.closesAt && `close at ${moment(one.closesAt, assignment)}`,
    one.extraMinutes && `${one.extraMinutes} more minutes`,
    one.extraAttempts && `${one.extraAttempts} more attempts`,
  ].filter(Boolean);
  return { kind: 'extension', at: one.createdAt, text: `${whose}: ${grants.join(', ')}.` };
}

function partLines(part: PartGrade, assignment: Assignment): readonly ExplanationLine[] {
  const title = assignment.parts.find(({ id }) => id === part.part)?.title ?? part.part;
  const attempts = part.steps.filter(({ kind }) => kind === 'attempt');
  const numberOf = (order: number | undefined) =>
    attempts.findIndex((one) => one.order === order) + 1;
  const lines = part.steps.map((step): ExplanationLine => {
    if (step.kind === 'override') {
      return { ...overrideLine(step, `"${title}"`, assignment), part: part.part };
    }
    const text = words[step.kind](step, { assignment, numberOf });
    return { ...stepBase(step, part.part), text };
  });
  const awaits = part.awaitsMarking ? ' A person has still to mark it.' : '';
  const worth = part.excused
    ? 'is excused.'
    : `is worth ${amount(part.points)} of ${part.maximum}.`;
  const text = `"${title}" ${worth}${awaits}`;
  return [...lines, { kind: 'part', part: part.part, points: part.points, text }];
}

const stepBase = (step: GradeStep, part: string) => ({
  ...{ kind: step.kind, part, at: step.at, points: step.net ?? step.points },
  counts: step.counts,
});

interface Context {
  readonly assignment: Assignment;
  /** Which attempt it was, from 1, by its place among the events. */
  readonly numberOf: (order: number | undefined) => number;
}

type Words = (step: GradeStep, context: Context) => string;

const words: Readonly<Record<Exclude<GradeStep['kind'], 'override'>, Words>> = {
  attempt: (step, { assignment, numberOf }) => {
    const head = `Attempt ${numberOf(step.order)}, ${moment(step.at, assignment)}`;
    const judged = `${amount(step.points)} points${regraded(step)}`;
    const hints = step.hintCost ? `, less ${amount(step.hintCost)} for hints` : '';
    const left = `${head}: ${judged}${hints}${lateness(step)}; worth ${amount(step.net ?? 0)}`;
    return `${left}. ${step.counts ? 'It counts.' : `It does not count (${rule(assignment)}).`}`;
  },
  hint: (step, { assignment }) => {
    const cost = `a hint for ${amount(-step.points)} points`;
    const effect = step.counts ? 'It is in the number.' : 'It costs what counts nothing.';
    return `${moment(step.at, assignment)}: ${cost}. ${effect}`;
  },
  regrade: (step, { assignment, numberOf }) => {
    const head = `Regrade of attempt ${numberOf(step.attempt)}, ${moment(step.at, assignment)}`;
    const kept = step.keep === 'never-lower' ? ', taken only where it is more' : '';
    return `${head}: ${amount(step.points)} points${kept}.`;
  },
  mark: (step, { assignment }) => {
    const given = `${moment(step.at, assignment)}: a person gave ${amount(step.points)} points`;
    const said = step.comment === undefined ? '' : ` and wrote "${step.comment}"`;
    const late = step.counts ? lateness(step) : '';
    const effect = step.counts ? 'They stand in place of the attempts’.' : 'Later words count.';
    return `${given}${late}${said}. ${effect}`;
  },
};

function overrideLine(step: GradeStep, what: string, assignment: Assignment): ExplanationLine {
  const done = step.excused
    ? `staff excused ${what}`
    : step.net === undefined
      ? `staff commented on ${what}`
      : `staff set ${what} to ${amount(step.points)} points`;
  const said = step.comment === undefined ? '' : `: "${step.comment}"`;
  const text = `${moment(step.at, assignment)}: ${done}${said}.`;
  const points = step.net === undefined ? {} : { points: step.net };
  return { kind: 'override', at: step.at, ...points, counts: step.counts, text };
}

function totalLines(
  assignment: Assignment,
  grade: Explanation['grade'],
): readonly ExplanationLine[] {
  const sum = `Together ${amount(grade.points)} of ${amount(grade.maximum)} points.`;
  const { score, outOf, excused } = grade;
  const decided = grade.steps.some(({ counts }) => counts);
  const scaled = `${amount(grade.points)} / ${amount(grade.maximum)} × ${amount(outOf)} = ${score}, rounded half up to hundredths.`;
  const text = excused
    ? 'The assignment is excused: it is in no total.'
    : decided
      ? `The score is ${score} of ${outOf}, as staff set it.`
      : `The score: ${scaled}`;
  const practice = assignment.mode === 'practice' ? ' It is practice and in no total.' : '';
  const last: ExplanationLine = { kind: 'score', points: score, text: `${text}${practice}` };
  return decided ? [last] : [{ kind: 'sum', points: grade.points, text: sum }, last];
}

const regraded = ({ judgedFirst }: GradeStep): string =>
  judgedFirst === undefined ? '' : ` by a regrade (first ${amount(judgedFirst)})`;

function lateness({ points, hintCost = 0, net, minutesLate }: GradeStep): string {
  if (minutesLate === undefined) return '';
  const lost = Math.max(0, points - hintCost) - (net ?? 0);
  const off = lost > 0 ? `less ${amount(lost)}` : 'nothing less';
  return `, ${off} for being ${duration(minutesLate)} late`;
}

const rules = {
  best: 'the best one counts, of equals the first',
  last: 'the last one counts',
  first: 'the first one counts',
  mean: 'the mean of all counts',
} as const;

/** Why an attempt is not in the number. */
const rule = ({ policy }: Assignment): string => `${rules[policy.counts]}, unless a person decided`;

function duration(minutes: number): string {
  const whole = Math.ceil(minutes);
  const units = [
    [Math.floor(whole / 1440), 'day'],
    [Math.floor(whole / 60) % 24, 'hour'],
    [whole % 60, 'minute'],
  ] as const;
  return units
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`)
    .join(' ');
}

/** Shown with four decimals at most: an explanation must not look rounded where nothing is. */
function amount(value: number): string {
  return String(Math.round(value * 10_000) / 10_000);
}

function moment(at: Instant, { timeZone }: Assignment): string {
  const style = { dateStyle: 'medium', timeStyle: 'short', timeZone } as const;
  return `${new Intl.DateTimeFormat('en-GB', style).format(new Date(at))} (${timeZone})`;
}
