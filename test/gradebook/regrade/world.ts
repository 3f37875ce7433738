import type { ExerciseKey, ExerciseSummary } from '../../../src/exercise/exercise.ts';
import type { Library, NewAssignment, RegradeAsk } from '../../../src/gradebook/index.ts';
import type { CheckResult, GradingQuestion, Verdict } from '../../../src/grading/verdict.ts';
import { FakeGrader, exercise as first, makeWorld } from '../world.ts';

const second: ExerciseSummary = {
  ...first,
  version: 4,
  digest: 'e'.repeat(64),
  parts: first.parts.map((part) => (part.id === 'fix' ? { ...part, points: 20 } : part)),
};

const library: Library = {
  list: () => [first, second],
  newest: (id) => (id === first.id ? first : undefined),
  find: ({ version }) => [first, second].find((one) => one.version === version),
};

/**
 * An engine whose checks a test can bend: `{ manifest: '7' }` passes seven of ten checks of one
 * point each, `c0` to `c9`; `bonus` passes more of them, `broken` makes the engine throw at one.
 */
class BentGrader extends FakeGrader {
  bonus = 0;
  broken = '';
  awaits = false;

  override grade(exercise: ExerciseKey, question: GradingQuestion): Verdict {
    const plain = super.grade(exercise, question);
    if ('text' in question.answer || plain.outcome !== 'graded') return plain;
    const text = 'manifest' in question.answer ? question.answer.manifest : '';
    if (text === this.broken) throw new Error('the engine broke');
    const each = exercise.version === 4 ? 2 : 1;
    const passed = Math.min(10, Math.max(0, Number.parseInt(text, 10) + this.bonus));
    const checks = Array.from({ length: 10 }, (_, index): CheckResult => {
      const outcome = index < passed ? 'passed' : 'failed';
      const points = outcome === 'passed' ? each : 0;
      return { check: `c${index}`, outcome, points, maximum: each, findings: [] };
    });
    const awaitsMarking = this.awaits;
    return { ...plain, points: passed * each, maximum: 10 * each, checks, awaitsMarking };
  }
}

/** A course with an instructor whose answers can be judged anew. */
export async function makeRegradeWorld(ask: Partial<NewAssignment> = {}) {
  const grader = new BentGrader();
  const world = makeWorld({ grader, library });
  const course = await world.course(ask);
  const instructor = await world.actor('instructor', course.id);
  const { gradebook } = world;

  async function learner(externalId: string) {
    const enrolment = await gradebook.createEnrolment(instructor, course.id, { externalId });
    return world.actor('learner', course.id, enrolment.id);
  }

  /** Makes a dry run and waits for it. */
  async function dryRun(more: Partial<RegradeAsk> = {}) {
    const ask: RegradeAsk = { scope: {}, keep: 'as-judged', reason: 'A check was wrong.', ...more };
    const { id } = await gradebook.startRegrade(instructor, course.id, ask);
    await gradebook.regradesIdle();
    return gradebook.regrade(instructor, course.id, id);
  }

  async function changes(id: string, all = false) {
    const page = await gradebook.regradeChanges(instructor, course.id, id, { all });
    return page.items;
  }

  async function apply(regrade: { readonly id: string; readonly digest?: string }) {
    const { id, digest = '' } = regrade;
    await gradebook.applyRegrade(instructor, course.id, id, digest);
    await gradebook.regradesIdle();
    return gradebook.regrade(instructor, course.id, id);
  }

  async function gradeOf(learnerId = course.enrolment.id) {
    const explained = await gradebook.explain(
      instructor,
      course.id,
      learnerId,
      course.assignment.id,
    );
    return explained.grade;
  }

  return { ...world, grader, course, instructor, learner, dryRun, changes, apply, gradeOf };
}
