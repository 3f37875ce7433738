import type { App } from './parts.ts';
import { Problem, type ProblemCode, problems } from './problem.ts';

/** What the `type` of a problem leads to: the code, its status, and what to do about it. */
export function problemPages(app: App): void {
  app.get('/problems', { schema: { hide: true } }, async () => ({
    items: Object.keys(problems).map((code) => pageOf(code as ProblemCode)),
  }));
  app.get<{ Params: { code: string } }>(
    '/problems/:code',
    { schema: { hide: true } },
    async (request) => {
      const { code } = request.params;
      if (!Object.hasOwn(problems, code)) throw new Problem('not-found', 'No such problem type.');
      return pageOf(code as ProblemCode);
    },
  );
}

const pageOf = (code: ProblemCode) => ({ type: `/problems/${code}`, code, ...problems[code] });
