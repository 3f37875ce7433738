/**
 * The whole path of an LMS, with nothing but fetch. Node 22.18 or newer: node lms.ts
 * Older: npx tsx lms.ts. Needs LAB (the address), TOKEN (role lms), COURSE and ASSIGNMENT.
 */
const lab = process.env.LAB ?? 'http://127.0.0.1:8080';
const course = `/v1/courses/${process.env.COURSE}`;
const assignment = `${course}/assignments/${process.env.ASSIGNMENT}`;

// #region client
/** One request. Repeated while the server is away or busy: safe, for POSTs carry a key. */
async function call<T>(method: string, path: string, body?: unknown, key?: string): Promise<T> {
  const headers: Record<string, string> = { authorization: `Bearer ${process.env.TOKEN}` };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (key !== undefined) headers['idempotency-key'] = key;
  for (let attempt = 1; ; attempt += 1) {
    const sent = fetch(lab + path, { method, headers, body: JSON.stringify(body) ?? null });
    const answer = await sent.catch(() => undefined);
    if (answer?.ok) return (await answer.json()) as T;
    const again = answer === undefined || [429, 500, 502, 503, 504].includes(answer.status);
    const seconds = Number(answer?.headers.get('retry-after') ?? 2 ** attempt / 4);
    if (!again || seconds > 60 || attempt === 8) throw new Error(await reasonOf(answer));
    await new Promise((later) => setTimeout(later, seconds * 1000));
  }
}

/** A refusal in words: problem details, RFC 9457. */
async function reasonOf(answer: Response | undefined): Promise<string> {
  if (answer === undefined) return `${lab} cannot be reached`;
  const { title, detail, errors } = (await answer.json()) as Record<string, unknown>;
  return `${answer.status} ${title}: ${detail} ${JSON.stringify(errors ?? [])}`;
}
// #endregion

// #region roster
interface Roster {
  readonly created: number;
  readonly people: readonly { readonly externalId: string; readonly enrolmentId?: string }[];
}

/** Everybody at once, by your own ids. The same roster again changes nothing. */
const roster = await call<Roster>('POST', `${course}/roster`, {
  people: [
    { externalId: 'u-1001', name: 'Ada Lovelace' },
    { externalId: 'u-1002', name: 'Alan Turing' },
  ],
});
// #endregion

// #region launch
interface Launch {
  readonly url: string;
  readonly code: string;
  readonly expiresAt: string;
}

/** Make it when the learner clicks, and answer the click with a redirect to `url`. */
const launch = await call<Launch>('POST', `${assignment}/launches`, {
  learner: { id: 'u-1001' },
  tokenMinutes: 120,
});
// #endregion

// #region submit
interface Submission {
  readonly id: string;
  readonly outcome: string;
  readonly learnerId: string;
}

const manifest = `apiVersion: v1
kind: Service
metadata:
  name: web-service
spec:
  selector:
    app: web
  ports:
    - port: 80
      targetPort: 8080
`;

/** The key is your own id of this hand-in: however often it is sent, it counts once. */
const submission = await call<Submission>(
  'POST',
  `${assignment}/submissions`,
  { part: 'service', answer: { manifest }, learner: { id: 'u-1001' } },
  `hand-in-${process.env.HAND_IN ?? '1'}`,
);
// #endregion

// #region result
interface Explained {
  readonly grade: { readonly score: number; readonly outOf: number };
}

/** The grade as it is now, with the steps that made it. */
const { grade } = await call<Explained>(
  'GET',
  `${course}/grades/${submission.learnerId}/${process.env.ASSIGNMENT}?explain=true`,
);
// #endregion

// #region sync
interface Changes {
  readonly items: readonly {
    readonly externalId: string;
    readonly assignmentId: string;
    readonly score: number;
    readonly outOf: number;
    readonly released: boolean;
  }[];
  readonly next: string;
  readonly more: boolean;
}

/** All grades that changed since the cursor. Keep the new cursor with the grades you write. */
async function sync(cursor?: string) {
  const grades: Changes['items'][number][] = [];
  for (;;) {
    const query = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`;
    const page = await call<Changes>('GET', `${course}/grades/changes${query}`);
    grades.push(...page.items);
    cursor = page.next;
    if (!page.more) return { grades, cursor };
  }
}

const first = await sync();
const later = await sync(first.cursor);
// #endregion

process.stdout.write(
  `${JSON.stringify({
    created: roster.created,
    launch: { url: launch.url, code: launch.code },
    submission: submission.id,
    score: grade.score,
    outOf: grade.outOf,
    synced: first.grades,
    changedSince: later.grades.length,
  })}\n`,
);
