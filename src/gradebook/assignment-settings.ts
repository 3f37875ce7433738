import type { ExerciseSummary } from '../exercise/exercise.ts';
import type { AssignmentSettings, NewAssignment } from './assignment-asks.ts';
import type { AssignedPart, Assignment, Course, LocalTimes } from './course.ts';
import type { GradebookParts } from './create-gradebook.ts';
import { Complaints } from './input.ts';
import { changePolicy } from './policy/change-policy.ts';
import type { Release } from './policy/policy.ts';
import { favours } from './policy/time-zone.ts';
import { Refusal } from './refusal.ts';

/** The most an assignment may weigh or be worth. */
const mostPoints = 100_000;

/** The newest version of the exercise, as it is assigned. Throws `invalid`. */
export function newAssignment(
  parts: GradebookParts,
  { id: courseId, timeZone }: Course,
  ask: NewAssignment,
): Assignment {
  const exercise = parts.library.newest(ask.exercise);
  if (exercise === undefined) {
    const detail = 'must be the id of a released exercise';
    throw new Refusal('invalid', 'There is no such exercise.', [{ pointer: '/exercise', detail }]);
  }
  const blank: Assignment = {
    id: parts.newId(),
    courseId,
    exercise: { id: exercise.id, version: exercise.version, digest: exercise.digest },
    title: exercise.title,
    points: exercise.points,
    parts: assignedParts(exercise),
    policy: { counts: 'best', hintsCost: true },
    mode: 'graded',
    prerequisites: [],
    release: { grades: 'at-once', explanations: 'at-once' },
    timeZone,
    local: {},
    revision: 1,
    createdAt: parts.now().toISOString(),
  };
  return changeAssignment(blank, ask);
}

export function assignedParts(exercise: ExerciseSummary): readonly AssignedPart[] {
  return exercise.parts.map(({ id, title, kind, points }) => ({ id, title, kind, points }));
}

/** What is named is changed, the rest and the revision stay. Throws one `invalid` for all of it. */
export function changeAssignment(before: Assignment, change: AssignmentSettings): Assignment {
  const complaints = new Complaints();
  const title = change.title ?? before.title;
  const points = change.points ?? before.points;
  complaints.text(title, '/title');
  refuseUnlessPoints(complaints, points, '/points');
  const times = changeTimes(before, change, complaints);
  const mode = change.mode ?? before.mode;
  const policy = changePolicy(before.policy, change.policy ?? {}, complaints);
  const release = changeRelease(before, change, times, complaints);
  const timed = policy.durationMinutes !== undefined;
  complaints.require(!timed || mode === 'exam', '/policy/durationMinutes', 'is for exams only');
  const { opensAt: _o, dueAt: _d, closesAt: _c, weight: _w, ...rest } = before;
  const { local, window } = times;
  const weight = weightOf(before, change, complaints);
  complaints.refuse('The assignment cannot be so.');
  const prerequisites = change.prerequisites ?? before.prerequisites;
  return {
    ...{ ...rest, title, points, ...window, mode, policy, release, prerequisites, local },
    ...(weight !== undefined && { weight }),
  };
}

function weightOf(
  before: Assignment,
  { weight }: AssignmentSettings,
  complaints: Complaints,
): number | undefined {
  if (weight === null) return undefined;
  if (weight !== undefined) refuseUnlessPoints(complaints, weight, '/weight');
  return weight ?? before.weight;
}

function refuseUnlessPoints(complaints: Complaints, points: number, pointer: string): void {
  const fits = points >= 0 && points <= mostPoints;
  complaints.require(fits, pointer, `must be from 0 to ${mostPoints}`);
}

type TimeName = keyof LocalTimes;
type Times = Readonly<Partial<Record<TimeName, { instant: string; local?: string } | null>>>;

/** The times that are named, read in the course's zone. */
function readTimes(before: Assignment, change: AssignmentSettings, complaints: Complaints): Times {
  const { timeZone } = before;
  const read = (name: TimeName, pointer: string, value: string | null | undefined): Times => {
    if (value === undefined) return {};
    if (value === null || value === 'at-once' || value === 'manual') return { [name]: null };
    const time = complaints.time(value, pointer, { timeZone, favour: favours[name] });
    return time === undefined ? {} : { [name]: time };
  };
  return {
    ...read('opensAt', '/opensAt', change.opensAt),
    ...read('dueAt', '/dueAt', change.dueAt),
    ...read('closesAt', '/closesAt', change.closesAt),
    ...read('gradesAt', '/release/grades', change.release?.grades),
    ...read('explanationsAt', '/release/explanations', change.release?.explanations),
  };
}

function changeTimes(before: Assignment, change: AssignmentSettings, complaints: Complaints) {
  const times = readTimes(before, change, complaints);
  const pick = (name: 'opensAt' | 'dueAt' | 'closesAt') => {
    const time = times[name];
    return time === undefined ? before[name] : time?.instant;
  };
  const [opensAt, dueAt, closesAt] = [pick('opensAt'), pick('dueAt'), pick('closesAt')];
  const ordered = (first: string | undefined, second: string | undefined) =>
    first === undefined || second === undefined || first <= second;
  complaints.require(ordered(opensAt, dueAt), '/dueAt', 'must not be before opensAt');
  complaints.require(ordered(opensAt, closesAt), '/closesAt', 'must not be before opensAt');
  complaints.require(ordered(dueAt, closesAt), '/closesAt', 'must not be before dueAt');
  const window = {
    ...(opensAt !== undefined && { opensAt }),
    ...(dueAt !== undefined && { dueAt }),
    ...(closesAt !== undefined && { closesAt }),
  };
  return { times, window, local: changeLocal(before.local, times) };
}

function changeLocal(before: LocalTimes, times: Times): LocalTimes {
  const local: Record<string, string> = { ...before };
  for (const [name, time] of Object.entries(times)) {
    delete local[name];
    if (time?.local !== undefined) local[name] = time.local;
  }
  return local;
}

/** Exams are released by hand unless a time is said; naming a time takes a release by hand back. */
function changeRelease(
  before: Assignment,
  change: AssignmentSettings,
  { times }: { readonly times: Times },
  complaints: Complaints,
): Release {
  const becomesExam = change.mode === 'exam' && before.mode !== 'exam';
  const isExam = (change.mode ?? before.mode) === 'exam';
  const usual = (kept: string) => (becomesExam && kept === 'at-once' ? 'manual' : kept);
  const grades = times.gradesAt?.instant ?? change.release?.grades ?? usual(before.release.grades);
  const explanations =
    times.explanationsAt?.instant ??
    change.release?.explanations ??
    usual(before.release.explanations);
  const withheld = (value: string) => !isExam || value !== 'at-once';
  const detail = 'must be manual or a time: an exam withholds feedback';
  complaints.require(withheld(grades), '/release/grades', detail);
  complaints.require(withheld(explanations), '/release/explanations', detail);
  const { gradesReleasedAt, explanationsReleasedAt } = before.release;
  const keepGrades = change.release?.grades === undefined && gradesReleasedAt !== undefined;
  const keepRest =
    change.release?.explanations === undefined && explanationsReleasedAt !== undefined;
  return {
    ...{ grades, explanations },
    ...(keepGrades && { gradesReleasedAt }),
    ...(keepRest && { explanationsReleasedAt }),
  };
}
