import { z } from 'zod';
import type { SubmissionResult } from '../../gradebook/index.ts';
import { actorOf } from '../auth.ts';
import { create, idempotencyHeaders } from '../idempotency.ts';
import { answerIn, languageHeaders } from '../language.ts';
import type { App, HttpParts } from '../parts.ts';
import { bodyRefusals, id, pageOf, pageQuery, refusals } from '../schemas/common.ts';
import { preview, previewBody, submissionFilter } from '../schemas/courses.ts';
import { answerBody, hint, hintBody } from '../schemas/gradebook.ts';
import {
  acceptance,
  replay,
  submission,
  submissionDetail,
  submissionResult,
} from '../schemas/submission.ts';
import { sendView } from '../send.ts';
import { viewResult, viewSubmission, viewSubmissionDetail } from '../views/submission.ts';
import { viewAcceptance, viewVerdict } from '../views/verdict.ts';
import { ownPage, pageAsk } from './page.ts';

const inAssignment = z.object({ course: id, assignment: id });
const byId = z.object({ submission: id });

export function submissionRoutes(app: App, parts: HttpParts): void {
  answering(app, parts);
  reading(app, parts);
}

function answering(app: App, { gradebook }: HttpParts): void {
  app.post(
    '/courses/:course/assignments/:assignment/submissions',
    {
      config: { action: 'submission:create', takesTurns: true },
      schema: {
        tags: ['Submissions'],
        summary: 'Hand in an answer to one part; it is graded at once',
        description:
          'An answer that kubectl or the API server refuses is `rejected` and spends no attempt.',
        params: inAssignment,
        headers: idempotencyHeaders.extend(languageHeaders.shape),
        body: answerBody,
        response: { 201: submissionResult, ...bodyRefusals(403, 404, 409) },
      },
    },
    (request, reply) => {
      const { course, assignment } = request.params;
      return create({
        request,
        reply,
        gradebook,
        location: (made) => `/v1/submissions/${made}`,
        view: (result: SubmissionResult) => viewResult(result, answerIn(request, reply)),
        work: (receipt) =>
          gradebook.submit(actorOf(request), course, assignment, request.body, receipt),
      });
    },
  );

  app.post(
    '/courses/:course/assignments/:assignment/check',
    {
      config: { action: 'answer:check', takesTurns: true },
      schema: {
        tags: ['Submissions'],
        summary: 'Ask whether an answer would be accepted; costs nothing, keeps nothing',
        params: inAssignment,
        headers: languageHeaders,
        body: answerBody,
        response: { 200: acceptance, ...bodyRefusals(403, 404) },
      },
    },
    async (request, reply) => {
      const { course, assignment } = request.params;
      const judged = await gradebook.check(actorOf(request), course, assignment, request.body);
      return sendView(reply, viewAcceptance(judged, answerIn(request, reply)));
    },
  );

  app.post(
    '/courses/:course/assignments/:assignment/hints',
    {
      config: { action: 'hint:take' },
      schema: {
        tags: ['Submissions'],
        summary: 'Take the next hint for a part',
        description: 'Says what it costs, and what the hints taken had cost before and cost now.',
        params: inAssignment,
        headers: idempotencyHeaders,
        body: hintBody,
        response: { 201: hint, ...bodyRefusals(403, 404, 409) },
      },
    },
    (request, reply) => {
      const { course, assignment } = request.params;
      return create({
        request,
        reply,
        gradebook,
        view: (given) => given,
        work: (receipt) =>
          gradebook.nextHint(actorOf(request), course, assignment, request.body, receipt),
      });
    },
  );
}

function reading(app: App, { gradebook }: HttpParts): void {
  app.get(
    '/courses/:course/submissions',
    {
      config: { action: 'submission:read' },
      schema: {
        tags: ['Submissions'],
        summary: 'Submissions, newest first: of one learner or of the whole course',
        description:
          'A learner sees their own. A filter that names nothing existing is refused, so that an empty list means that nothing was handed in.',
        params: z.object({ course: id }),
        querystring: pageQuery.extend({
          learner: id.optional().describe('The enrolment; everybody if absent.'),
          assignment: id.optional(),
          ...submissionFilter,
        }),
        response: { 200: pageOf(submission), ...refusals(403, 404, 422) },
      },
    },
    async (request) => {
      const { learner, assignment, part, outcome, from, to, ...page } = request.query;
      const filter = { learnerId: learner, assignmentId: assignment, part, outcome, from, to };
      const { course } = request.params;
      const actor = actorOf(request);
      const found = await gradebook.courseSubmissions(actor, course, filter, pageAsk(page));
      return ownPage({ ...found, items: found.items.map(viewSubmission) });
    },
  );

  app.get(
    '/submissions/:submission',
    {
      config: { action: 'submission:read' },
      schema: {
        tags: ['Submissions'],
        summary: 'Read a submission with its verdict',
        params: byId,
        headers: languageHeaders,
        response: { 200: submissionDetail, ...refusals(404) },
      },
    },
    async (request, reply) => {
      const found = await gradebook.submission(actorOf(request), request.params.submission);
      return sendView(reply, viewSubmissionDetail(found, answerIn(request, reply)));
    },
  );

  app.post(
    '/courses/:course/assignments/:assignment/preview',
    {
      config: { action: 'assignment:preview', takesTurns: true },
      schema: {
        tags: ['Submissions'],
        summary: 'Try an assignment out as a learner; keeps nothing',
        description:
          'Judged as an answer handed in would be, in the variant for previews or in that of a learner. No attempt is spent and no report counts it, for nothing of it is kept. The questions: GET …/exercise.',
        params: inAssignment,
        headers: languageHeaders,
        body: previewBody,
        response: { 200: preview, ...bodyRefusals(403, 404) },
      },
    },
    async (request, reply) => {
      const { course, assignment } = request.params;
      const actor = actorOf(request);
      const tried = await gradebook.previewAssignment(actor, course, assignment, request.body);
      const verdict = viewVerdict(tried.verdict, answerIn(request, reply));
      return sendView(reply, { part: tried.part, verdict, shown: tried.shown });
    },
  );

  app.post(
    '/submissions/:submission/replay',
    {
      config: { action: 'submission:replay' },
      schema: {
        tags: ['Submissions'],
        summary: 'Judge a submission again and compare; changes nothing',
        params: byId,
        response: { 200: replay, ...refusals(403, 404, 409) },
      },
    },
    async (request) => {
      const again = await gradebook.replay(actorOf(request), request.params.submission);
      const { submissionId, same, engineThen, engineNow } = again;
      return { submissionId, same, engineThen, engineNow };
    },
  );
}
