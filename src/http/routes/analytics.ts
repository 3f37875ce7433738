import { z } from 'zod';
import { actorOf } from '../auth.ts';
import type { App, HttpParts } from '../parts.ts';
import { entityTag, ifMatch, revisionOf } from '../revision.ts';
import {
  assignmentAnalytics,
  courseAnalytics,
  learnersAtRisk,
  riskRules,
  riskRulesBody,
} from '../schemas/analytics.ts';
import { bodyRefusals, id, refusals } from '../schemas/common.ts';
import { reportSender } from './gradebook.ts';

const inCourse = z.object({ course: id });
const tags = ['Analytics'];

/** What a course's answers tell its teachers; docs/analytics.md defines each number. */
export function analyticsRoutes(app: App, parts: HttpParts): void {
  const send = reportSender(parts);

  app.get(
    '/courses/:course/analytics',
    {
      config: { action: 'analytics:read' },
      schema: {
        tags,
        summary: 'Difficulty and discrimination of every part and check, and misconceptions',
        params: inCourse,
        response: { 200: courseAnalytics, ...refusals(403, 404) },
      },
    },
    (request, reply) =>
      send(request, reply, { report: 'analytics', courseId: request.params.course }, 'json'),
  );

  app.get(
    '/courses/:course/assignments/:assignment/analytics',
    {
      config: { action: 'analytics:read' },
      schema: {
        tags,
        summary: 'One assignment: funnel, misconceptions, clusters of wrong answers, variants',
        params: z.object({ course: id, assignment: id }),
        response: { 200: assignmentAnalytics, ...refusals(403, 404) },
      },
    },
    (request, reply) => {
      const { course: courseId, assignment: assignmentId } = request.params;
      const ask = { report: 'assignment-analytics', courseId, assignmentId } as const;
      return send(request, reply, ask, 'json');
    },
  );

  app.get(
    '/courses/:course/at-risk',
    {
      config: { action: 'analytics:read' },
      schema: {
        tags,
        summary: 'Learners at risk, by the rules of the course',
        params: inCourse,
        response: { 200: learnersAtRisk, ...refusals(403, 404) },
      },
    },
    (request, reply) =>
      send(request, reply, { report: 'at-risk', courseId: request.params.course }, 'json'),
  );

  ruleRoutes(app, parts);
}

function ruleRoutes(app: App, { gradebook }: HttpParts): void {
  app.get(
    '/courses/:course/risk-rules',
    {
      config: { action: 'analytics:read' },
      schema: {
        tags,
        summary: 'When a learner counts as at risk',
        params: inCourse,
        response: { 200: riskRules, ...refusals(403, 404) },
      },
    },
    async (request, reply) => {
      const kept = await gradebook.riskRules(actorOf(request), request.params.course);
      reply.header('ETag', entityTag(kept.revision));
      return kept;
    },
  );

  app.patch(
    '/courses/:course/risk-rules',
    {
      config: { action: 'analytics:set-rules' },
      schema: {
        tags,
        summary: 'Set when a learner counts as at risk',
        description: 'What is left out stays as it is; null turns a rule off.',
        params: inCourse,
        headers: ifMatch,
        body: riskRulesBody,
        response: { 200: riskRules, ...bodyRefusals(403, 404, 409, 412) },
      },
    },
    async (request, reply) => {
      const revision = revisionOf(request);
      const { course } = request.params;
      const actor = actorOf(request);
      const kept = await gradebook.changeRiskRules(actor, course, request.body, revision);
      reply.header('ETag', entityTag(kept.revision));
      return kept;
    },
  );
}
