import type { Assignment } from './course.ts';
import { deriveTotal } from './grade.ts';
import { Complaints } from './input.ts';
import type { Store } from './ports.ts';
import { Refusal } from './refusal.ts';

/** Each must be another assignment of the course, within reach, and none may lead back here. */
export async function refuseBadPrerequisites(store: Store, assignment: Assignment): Promise<void> {
  if (assignment.prerequisites.length === 0) return;
  const others = await store.assignments(assignment.courseId);
  const byId = new Map(others.map((one) => [one.id, one]));
  byId.set(assignment.id, assignment);
  const complaints = new Complaints();
  for (const [index, { assignmentId, minimumScore }] of assignment.prerequisites.entries()) {
    const at = `/prerequisites/${index}`;
    const found = byId.get(assignmentId);
    complaints.require(found !== undefined, `${at}/assignmentId`, 'must be of this course');
    const round = found !== undefined && leadsTo(byId, found, assignment.id, new Set());
    complaints.require(!round, `${at}/assignmentId`, 'must not wait for this assignment itself');
    const most = found?.points ?? minimumScore;
    const fits = minimumScore >= 0 && minimumScore <= most;
    complaints.require(fits, `${at}/minimumScore`, `must be from 0 to ${most}`);
  }
  complaints.refuse('The prerequisites cannot be so.');
}

/** Throws `prerequisite` while the learner has not reached what the assignment asks for first. */
export async function refuseUnreached(
  store: Store,
  assignment: Assignment,
  learnerId: string,
): Promise<void> {
  const missing: string[] = [];
  for (const { assignmentId, minimumScore } of assignment.prerequisites) {
    const other = await store.assignment(assignment.courseId, assignmentId);
    if (other === undefined) continue;
    const scope = { courseId: assignment.courseId, assignmentId, learnerId };
    const [facts, exceptions] = [await store.facts(scope), await store.exceptions(scope)];
    const { score, excused } = deriveTotal(facts, other, exceptions);
    if (!excused && score < minimumScore)
      missing.push(`${minimumScore} of ${other.points} points in "${other.title}"`);
  }
  if (missing.length === 0) return;
  throw new Refusal('prerequisite', `This assignment asks first for ${missing.join(' and ')}.`);
}

function leadsTo(
  byId: ReadonlyMap<string, Assignment>,
  from: Assignment,
  target: string,
  seen: Set<string>,
): boolean {
  if (from.id === target) return true;
  if (seen.has(from.id)) return false;
  seen.add(from.id);
  return from.prerequisites.some(({ assignmentId }) => {
    const next = byId.get(assignmentId);
    return next !== undefined && leadsTo(byId, next, target, seen);
  });
}
