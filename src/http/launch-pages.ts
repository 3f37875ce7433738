import type { FastifyReply } from 'fastify';
import type { LaunchView, OpenedLaunch } from '../gradebook/index.ts';
import { Refusal } from '../gradebook/index.ts';
import type { App, HttpParts } from './parts.ts';
import { baseOf } from './routes/launches.ts';

interface Named {
  readonly Params: { readonly code: string };
}

/** The address holds the code: it is not to stand in a log of requests. */
const hidden = { schema: { hide: true }, logLevel: 'warn' } as const;

/**
 * Where a launch link leads in a browser. Looking changes nothing, for mail scanners and link
 * previews look too; the button opens it. Pages need no JavaScript and load nothing.
 */
export function launchPages(scope: unknown, { gradebook }: HttpParts, publicUrl?: string) {
  const app = scope as App;
  app.addContentTypeParser('application/x-www-form-urlencoded', (_request, body, done) => {
    body.resume();
    body.on('end', () => done(null, {}));
  });
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof Refusal && error.code === 'not-found') {
      return sendPage(
        reply.code(404),
        'This link does not work',
        `<p>${escaped(error.detail)}</p>`,
      );
    }
    throw error;
  });
  app.get<Named>('/launch/:code', hidden, async (request, reply) => {
    const view = await gradebook.launch(request.params.code);
    return sendPage(reply, view.assignment.title, startForm(view));
  });
  app.post<Named>('/launch/:code', hidden, async (request, reply) => {
    const opened = await gradebook.openLaunch(request.params.code, request.id);
    const base = publicUrl ?? baseOf(request);
    return sendPage(reply, opened.assignment.title, startedPage(opened, base));
  });
}

const startForm = ({ course }: LaunchView): string =>
  `<p>${escaped(course.title)}</p>
<form method="post"><button>Begin</button></form>
<p>The link works once. You can ask for another where you found this one.</p>`;

function startedPage(
  { assignment, course, secret, expiresAt }: OpenedLaunch,
  base: string,
): string {
  const at = `${base}/v1/courses/${course.id}/assignments/${assignment.id}`;
  const [part] = assignment.parts;
  const answer = `{"part": "${part?.id ?? ''}", "answer": {"manifest": "…"}}`;
  return `<p>${escaped(course.title)}. This is your token until ${escaped(expiresAt)}; it is shown this once.</p>
<pre>${escaped(`export TOKEN=${secret}`)}</pre>
<p>Read the assignment:</p>
<pre>${escaped(`curl -s ${at}/exercise -H "Authorization: Bearer $TOKEN"`)}</pre>
<p>Hand an answer in:</p>
<pre>${escaped(`curl -s ${at}/submissions -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '${answer}'`)}</pre>`;
}

const style =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem}pre{background:#f4f4f4;padding:.75rem;overflow-x:auto}button{font:inherit;padding:.5rem 1.5rem}';

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

function sendPage(reply: FastifyReply, title: string, body: string): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('Cache-Control', 'no-store')
    .header('Content-Security-Policy', policy)
    .send(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${escaped(title)}</title><style>${style}</style></head><body><main><h1>${escaped(title)}</h1>\n${body}\n</main></body></html>\n`,
    );
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '');
