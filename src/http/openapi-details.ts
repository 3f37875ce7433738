/** What every operation shares and no route's schema should have to repeat: headers, parameters. */
interface Operation {
  requestBody?: { content?: Record<string, object> };
  summary?: string;
  parameters?: { name: string; in: string; description?: string }[];
  responses?: Record<string, Answer>;
}

interface Answer {
  description?: string;
  headers?: Record<string, object>;
}

const header = (description: string, type = 'string') => ({ description, schema: { type } });

const always = { 'X-Request-Id': header('The id of this request, as it stands in the log.') };

const underV1 = {
  ...always,
  'RateLimit-Limit': header('Requests a minute this token has.', 'integer'),
  'RateLimit-Remaining': header('How many of them are left.', 'integer'),
  'RateLimit-Reset': header('Seconds until they are all there again.', 'integer'),
};

const byStatus: Readonly<Record<string, Record<string, object>>> = {
  200: { ETag: header('Send it in If-None-Match, or in If-Match with a change.') },
  201: {
    'Content-Language': header('The language of its sentences, if it has any.'),
    Location: header('Where what was made can be read, if it has an address.'),
    'Idempotent-Replayed': header('`true` when this is the answer to an earlier request.'),
  },
  401: { 'WWW-Authenticate': header('How to authenticate (RFC 6750).') },
  405: { Allow: header('The methods this address takes.') },
  429: { 'Retry-After': header('Seconds to wait.', 'integer') },
  503: { 'Retry-After': header('Seconds to wait.', 'integer') },
};

/** The one body that may be a table instead of JSON. */
const rosterCsv = {
  schema: { type: 'string' },
  example: 'externalId,name,role,section\ns-1001,Ada Lovelace,,Tuesday lab\n',
};

const parameters: Readonly<Record<string, string>> = {
  course: "The course's id.",
  assignment: "The assignment's id.",
  enrolment: "The enrolment's id.",
  learner: "The id of the learner's enrolment in the course.",
  submission: "The submission's id.",
  token: "The token's id; not its secret.",
  extension: "The extension's id.",
  override: "The override's id.",
  section: "The section's id.",
  invitation: "The invitation's id; not its code.",
  regrade: "The regrade's id.",
  sandbox: "The sandbox's id.",
  snapshot: "The snapshot's id.",
  contest: "The contest's id: a thread about a grade.",
  webhook: "The webhook's id.",
  delivery: "The delivery's id: one message to one webhook.",
  exercise: "The exercise's id, as the list shows it.",
};

/** Completes the document in place. */
export function describeOperations(document: { paths?: Record<string, unknown> }): void {
  for (const [path, methods] of Object.entries(document.paths ?? {})) {
    for (const operation of Object.values(methods as Record<string, Operation>)) {
      describe(operation, path.startsWith('/v1/') ? underV1 : always);
    }
  }
}

function describe(operation: Operation, shared: Record<string, object>): void {
  for (const parameter of operation.parameters ?? []) {
    const words = parameters[parameter.name];
    if (words !== undefined) parameter.description ??= words;
  }
  const content = operation.requestBody?.content;
  if (content?.['text/csv'] !== undefined) content['text/csv'] = rosterCsv;
  for (const [status, answer] of Object.entries(operation.responses ?? {})) {
    if (answer.description === 'Default Response')
      answer.description = operation.summary ?? 'Done.';
    answer.headers = { ...answer.headers, ...shared, ...byStatus[status] };
  }
}
