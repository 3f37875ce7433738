import type { Demo } from './gradebook/index.ts';

/** A Service as somebody in a hurry writes it: it is accepted, and the lab says what it is worth. */
const firstTry = `apiVersion: v1
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

/** What a start prints for people. Secrets are in it once, on the start that made them. */
export function banner(address: string, demo: Demo | undefined): string {
  const lines = [
    '',
    `Service Lab listens on ${address}`,
    `  API documentation  ${address}/docs`,
    '',
  ];
  return [...lines, ...(demo ? demoLines(address, demo) : tokenLines(address)), ''].join('\n');
}

const tokenLines = (address: string): string[] => [
  'Tokens are kept only as hashes and are not shown again. To make one:',
  '  npx service-lab token create --role instructor --course <course id>',
  '  npx service-lab token create --role admin',
  `What is there: curl -s ${address}/v1/courses -H 'Authorization: Bearer <token>'`,
];

function demoLines(address: string, demo: Demo): string[] {
  const [first] = demo.assignments;
  const [learner] = demo.learners;
  const width = Math.max(...demo.learners.map(({ name }) => name.length), 'instructor'.length) + 2;
  const people = [{ name: 'instructor', secret: demo.instructor }, ...demo.learners];
  return [
    `A demo course was made: ${demo.courseId}. Its tokens are shown this once:`,
    ...people.map(({ name, secret }) => `  ${name.padEnd(width)}${secret}`),
    '',
    'Hand in a first answer (paste this):',
    '',
    ...(first && learner ? [submission(address, demo.courseId, first.id, learner.secret)] : []),
    '',
    'See it in the gradebook:',
    '',
    `curl -s ${address}/v1/courses/${demo.courseId}/gradebook.csv \\`,
    `  -H 'Authorization: Bearer ${demo.instructor}'`,
  ];
}

function submission(address: string, course: string, assignment: string, secret: string): string {
  const body = JSON.stringify({ part: 'service', answer: { manifest: firstTry } });
  return [
    `curl -s ${address}/v1/courses/${course}/assignments/${assignment}/submissions \\`,
    `  -H 'Authorization: Bearer ${secret}' \\`,
    "  -H 'Content-Type: application/json' \\",
    `  -d '${body}'`,
  ].join('\n');
}
