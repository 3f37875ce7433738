import type { AssignmentProgress, Course, Progress } from '../../gradebook/index.ts';
import { type Html, html, pageEnd, pageHead, shareBar } from './html.ts';

/** One learner's sheet for reading and printing: what is withheld is said to be. */
export function learnerPage(
  course: Course,
  { learner, score, outOf, assignments }: Progress,
): string {
  const who = learner.name ?? learner.externalId;
  const share = outOf > 0 ? score / outOf : 0;
  const body = html`<h1>${who}</h1>
<p class="soft">${learner.externalId} · ${course.title}${course.term === undefined ? '' : ` · ${course.term}`}</p>
<p>${score} of ${outOf} points ${shareBar(share, `${score} of ${outOf} points`)}</p>
<table><thead><tr><th>Assignment</th><th>Part</th><th>Due</th><th class="number">Attempts</th><th class="number">Points</th><th class="number">Of</th><th></th><th>Notes</th></tr></thead><tbody>
${assignments.map(linesOf)}
</tbody></table>
`;
  return pageHead(`${who}: ${course.title}`) + body.text + pageEnd;
}

function linesOf(one: AssignmentProgress): Html {
  const { assignment, grade, window } = one;
  const due = window.dueAt ?? '';
  if (grade === undefined) {
    return html`<tr><th>${assignment.title}</th><td></td><td>${due}</td><td class="number">${attemptsOf(one)}</td><td class="number">–</td><td class="number">${assignment.points}</td><td></td><td>not released yet</td></tr>
`;
  }
  const parts = grade.parts.map((part) => {
    const title = assignment.parts.find(({ id }) => id === part.part)?.title ?? part.part;
    const share = part.maximum > 0 ? part.points / part.maximum : 0;
    const notes = [
      part.excused ? 'excused' : undefined,
      part.awaitsMarking ? 'awaits marking' : undefined,
      part.overridden ? 'set by staff' : undefined,
      part.late ? `late, ${rounded(part.latePenalty)} points off` : undefined,
      part.hintCost > 0 ? `hints cost ${part.hintCost}` : undefined,
      part.comment,
    ].filter((note) => note !== undefined);
    return html`<tr><td></td><td>${title}</td><td></td><td class="number">${part.attempts}</td><td class="number">${rounded(part.points)}</td><td class="number">${part.maximum}</td><td>${shareBar(share, `${rounded(part.points)} of ${part.maximum}`)}</td><td>${notes.join('; ')}</td></tr>
`;
  });
  const notes = grade.excused ? 'excused' : (grade.comment ?? '');
  return html`<tr><th>${assignment.title}</th><td></td><td>${due}${one.extended ? ' (extended)' : ''}</td><td class="number">${attemptsOf(one)}</td><td class="number">${grade.score}</td><td class="number">${grade.outOf}</td><td></td><td>${notes}</td></tr>
${parts}`;
}

function attemptsOf({ attempts }: AssignmentProgress): number {
  return attempts.reduce((sum, { used }) => sum + used, 0);
}

const rounded = (points: number): number => Math.round(points * 100) / 100;
