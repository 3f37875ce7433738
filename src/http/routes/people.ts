import { z } from 'zod';
import { actorOf } from '../auth.ts';
import type { App, HttpParts } from '../parts.ts';
import { entityTag, ifMatch, revisionOf } from '../revision.ts';
import { bodyRefusals, id, refusals } from '../schemas/common.ts';
import { enrolment } from '../schemas/gradebook.ts';
import { enrolmentChange, erasureBody, erasureResult, learnerExport } from '../schemas/roster.ts';
import { sendView } from '../send.ts';

const tags = ['Enrolments'];
const params = z.object({ course: id, enrolment: id });

/** What becomes of one person of a course: changes, an export of all that is kept, erasure. */
export function peopleRoutes(app: App, { gradebook }: HttpParts): void {
  app.patch(
    '/courses/:course/enrolments/:enrolment',
    {
      config: { action: 'enrolment:update' },
      schema: {
        tags,
        summary: 'Rename, move to a section, give a role, deactivate or reactivate',
        description: 'Send the ETag in If-Match, and a change made meanwhile is not overwritten.',
        params,
        headers: ifMatch,
        body: enrolmentChange,
        response: { 200: enrolment, ...bodyRefusals(403, 404, 409, 412) },
      },
    },
    async (request, reply) => {
      const { course, enrolment: name } = request.params;
      const revision = revisionOf(request);
      const actor = actorOf(request);
      const after = await gradebook.updateEnrolment(actor, course, name, request.body, revision);
      reply.header('ETag', entityTag(after.revision));
      return sendView(reply, after);
    },
  );

  app.get(
    '/courses/:course/enrolments/:enrolment/export',
    {
      config: { action: 'enrolment:export' },
      schema: {
        tags,
        summary: 'Everything kept about a person of the course',
        description:
          'For staff and for the learner (GDPR, articles 15 and 20). Learners get results that are not released yet without points and verdicts.',
        params,
        response: { 200: learnerExport, ...refusals(403, 404) },
      },
    },
    async (request, reply) => {
      const { course, enrolment: name } = request.params;
      const kept = await gradebook.exportLearner(actorOf(request), course, name);
      reply.header('Content-Disposition', `attachment; filename="${name}.json"`);
      return sendView(reply, kept);
    },
  );

  app.post(
    '/courses/:course/enrolments/:enrolment/erasure',
    {
      config: { action: 'enrolment:erase' },
      schema: {
        tags,
        summary: 'Forget a person; cannot be undone',
        description:
          'Name, external id, answers, comments and messages are taken away and tokens end; points, outcomes and times stay under a pseudonym, so that statistics keep (GDPR, articles 17 and 89). Asked again, it answers the same.',
        params,
        headers: ifMatch,
        body: erasureBody,
        response: { 200: erasureResult, ...bodyRefusals(403, 404, 412) },
      },
    },
    async (request, reply) => {
      const { course, enrolment: name } = request.params;
      const revision = revisionOf(request);
      const actor = actorOf(request);
      const done = await gradebook.eraseLearner(actor, course, name, request.body, revision);
      return sendView(reply, done);
    },
  );
}
