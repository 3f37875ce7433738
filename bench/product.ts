import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Server, startServer } from './process.ts';

export const exercise = 'first-clusterip';
export const part = 'service';
export const adminToken = 'bench-admin-token-of-32-characters-or-more';
/** Of whoever may do everything. */
export const headers = {
  authorization: `Bearer ${adminToken}`,
  'content-type': 'application/json',
};

/** The built product on a folder of data, else on an empty one of its own, without limits on the rate of requests. */
export function startProduct(root: string, dataDir?: string): Promise<Server> {
  return startServer([join(root, 'dist/main.js')], {
    PORT: '0',
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'warn',
    DEMO: 'off',
    ADMIN_TOKEN: adminToken,
    DATA_DIR: dataDir ?? mkdtempSync(join(tmpdir(), 'service-lab-bench-')),
  });
}

/** A right answer of fifteen lines; each number makes another one. */
export function answerOf(number: number): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: web-service-${number}
  labels:
    app: web
spec:
  type: ClusterIP
  selector:
    app: web
  ports:
    - name: http
      protocol: TCP
      port: 80
      targetPort: 80
`;
}

/** Where the requests of a bench go. */
export interface BenchCourse {
  readonly headers: Readonly<Record<string, string>>;
  readonly assignment: string;
  readonly progress: string;
  readonly gradebook: string;
}

/** A course with the exercise assigned and its learners enrolled. */
export async function prepareCourse(lab: Server, learners: number): Promise<BenchCourse> {
  const course = `/v1/courses/${(await post(lab, '/v1/courses', { title: 'Bench' })).id}`;
  const made = await post(lab, `${course}/assignments`, { exercise });
  let first = '';
  for (let index = 0; index < learners; index += 1) {
    const enrolment = { externalId: `learner-${index}`, role: 'learner' };
    const { id } = await post(lab, `${course}/enrolments`, enrolment);
    if (index === 0) first = id;
  }
  return {
    headers: { authorization: headers.authorization },
    assignment: `${course}/assignments/${made.id}`,
    progress: `${course}/learners/${first}/progress`,
    gradebook: `${course}/gradebook`,
  };
}

/** Throws unless it is answered with a 2xx. */
export async function post(lab: Server, path: string, body: object): Promise<{ id: string }> {
  const answer = await fetch(lab.address + path, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as { id: string };
}
