import { randomUUID } from 'node:crypto';

/** A request that was sent, with everything needed to send it again. */
export interface Sent {
  readonly key: string;
  readonly learner: string;
  /** Stands in the answer's text, so that its submission is known again. */
  readonly mark: string;
  readonly body: string;
  /** Of full marks 10; by this the grade is foretold. */
  readonly points: number;
  /** The submission's id, once its answer has arrived. */
  id?: string;
}

/** What an admin needs to reach the course under torture. */
export interface Target {
  readonly address: string;
  readonly token: string;
  readonly course: string;
  readonly assignment: string;
}

/** Answers whose points are known, by the port they send to. */
const answers = [
  { targetPort: 80, points: 10 },
  { targetPort: 8080, points: 6 },
] as const;

const learners = 6;

/** One answer by one learner; `draw` decides which. */
export function nextAnswer(draw: () => number): Sent {
  const { targetPort, points } = answers[draw() < 0.5 ? 0 : 1];
  const learner = `learner-${Math.floor(draw() * learners)}`;
  const key = randomUUID();
  const manifest = `# ${key}
apiVersion: v1
kind: Service
metadata: { name: web-service }
spec:
  selector: { app: web }
  ports: [{ port: 80, targetPort: ${targetPort} }]
`;
  const body = JSON.stringify({ part: 'service', answer: { manifest }, learner: { id: learner } });
  return { key, learner, mark: key, body, points };
}

/** Sends answers one after another until the server is gone; each is noted before it is sent. */
export async function submitUntilGone(
  target: Target,
  sent: Sent[],
  draw: () => number,
): Promise<void> {
  for (;;) {
    const answer = nextAnswer(draw);
    sent.push(answer);
    const reply = await submit(target, answer).catch(() => undefined);
    if (reply === undefined) return;
    if (reply.status !== 201) throw new Error(`${reply.status}: ${reply.text}`);
    answer.id = (JSON.parse(reply.text) as { id: string }).id;
  }
}

/** Reads what readers read, beside the writers, until the server is gone. */
export async function readUntilGone(target: Target, pauseMs = 5): Promise<void> {
  for (;;) {
    const reply = await get(target, `/v1/courses/${target.course}/gradebook`).catch(
      () => undefined,
    );
    if (reply === undefined) return;
    if (reply.status !== 200) throw new Error(`gradebook: ${reply.status}: ${reply.text}`);
    await new Promise((later) => setTimeout(later, pauseMs));
  }
}

export interface Reply {
  readonly status: number;
  readonly text: string;
}

export function submit(target: Target, { body, key }: Sent): Promise<Reply> {
  const path = `/v1/courses/${target.course}/assignments/${target.assignment}/submissions`;
  return post(target, path, body, { 'idempotency-key': key });
}

export async function post(
  { address, token }: Pick<Target, 'address' | 'token'>,
  path: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const reply = await fetch(address + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...headers,
    },
    body,
  });
  return { status: reply.status, text: await reply.text() };
}

export async function get(
  { address, token }: Pick<Target, 'address' | 'token'>,
  path: string,
): Promise<Reply> {
  const reply = await fetch(address + path, { headers: { authorization: `Bearer ${token}` } });
  return { status: reply.status, text: await reply.text() };
}
