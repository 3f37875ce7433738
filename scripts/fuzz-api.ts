/**
 * `npm run fuzz:api`: the built server is asked what its own OpenAPI document allows and forbids, by
 * schemathesis, once with a token of each role: no answer of 5xx, none that is undocumented, every
 * body as its schema says. Needs Python 3; installs schemathesis as pinned (with hashes) into
 * node_modules/.cache. Bounded: FUZZ_SECONDS for each role (20 unless told); FUZZ_ROLES=admin,lms asks as
 * those only.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const pins = join(root, '.ci/schemathesis/requirements.txt');
const place = join(root, 'node_modules/.cache/schemathesis');
const seconds = process.env.FUZZ_SECONDS ?? '20';
const seed = process.env.FUZZ_SEED ?? '1';
const adminToken = 'fuzz-admin-token-of-32-characters-or-more';
/** The admin last: only then may the course be archived, after which little else can happen. */
const roles = ['instructor', 'assistant', 'lms', 'learner', 'author', 'admin'] as const;
const archiving = 'PATCH /v1/courses/{course}';
const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
];

install();
const dataDir = mkdtempSync(join(tmpdir(), 'service-lab-fuzz-'));
const server = await startServer();
try {
  const world = await prepare();
  const asked = process.env.FUZZ_ROLES?.split(',') ?? roles;
  const failed = roles.filter((role) => asked.includes(role) && !fuzz(role, world));
  if (failed.length > 0) {
    process.stderr.write(`schemathesis found something as ${failed.join(', ')}: see above.\n`);
    process.exitCode = 1;
  }
} finally {
  server.child.kill('SIGTERM');
  rmSync(dataDir, { recursive: true, force: true });
}

function install(): void {
  if (existsSync(join(place, 'bin/schemathesis'))) return;
  execFileSync('python3', ['-m', 'venv', place], { stdio: 'inherit' });
  const args = ['install', '--quiet', '--require-hashes', '-r', pins];
  execFileSync(join(place, 'bin/pip'), args, { stdio: 'inherit' });
}

async function startServer() {
  const child = spawn(process.execPath, [join(root, 'dist/main.js')], {
    env: {
      ...{ ...process.env, DATA_DIR: dataDir, PORT: '0', DEMO: 'off', ADMIN_TOKEN: adminToken },
      ...{ RATE_LIMIT: 'off', LOG_LEVEL: 'error' },
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /listens on (http:\S+)/.exec(line)?.[1];
    if (address !== undefined) {
      child.stdout.resume();
      return { child, address };
    }
  }
  throw new Error('the server did not listen: run `npm run build` first');
}

interface World {
  readonly tokens: Readonly<Record<string, string>>;
  /** Values that lead somewhere, by the parameter's name. */
  readonly parameters: Readonly<Record<string, string>>;
}

async function prepare(): Promise<World> {
  const course = (await post('/v1/courses', { title: 'Fuzz' })).id;
  const exercise = 'first-clusterip';
  const assignment = (await post(`/v1/courses/${course}/assignments`, { exercise })).id;
  const enrolment = { externalId: 'ada', name: 'Ada', role: 'learner' };
  const learner = (await post(`/v1/courses/${course}/enrolments`, enrolment)).id;
  const manifest =
    'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}';
  const answer = { part: 'service', answer: { manifest }, learner: { id: 'ada' } };
  const path = `/v1/courses/${course}/assignments/${assignment}/submissions`;
  const submission = (await post(path, answer)).id;
  const tokens: Record<string, string> = { admin: adminToken };
  for (const role of roles.filter((each) => each !== 'admin')) {
    const body = {
      ...{ role, label: role },
      ...(role !== 'author' && { courseId: course }),
      ...(role === 'learner' && { learnerId: learner }),
    };
    tokens[role] = (await post('/v1/tokens', body)).secret ?? '';
  }
  const parameters = { course, assignment, learner, enrolment: learner, submission, exercise };
  return { tokens, parameters };
}

async function post(path: string, body: object): Promise<{ id: string; secret?: string }> {
  const reply = await fetch(server.address + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
  return (await reply.json()) as { id: string; secret?: string };
}

/** Whether every answer to that role was as the document says. */
function fuzz(role: string, { tokens, parameters }: World): boolean {
  process.stdout.write(`\n== ${role}\n`);
  mkdirSync(place, { recursive: true });
  const config = join(dataDir, 'schemathesis.toml');
  const values = Object.entries(parameters).map(
    ([name, value]) => `${JSON.stringify(`path.${name}`)} = ${JSON.stringify(value)}`,
  );
  writeFileSync(config, `[parameters]\n${values.join('\n')}\n`);
  const { status } = spawnSync(
    join(place, 'bin/schemathesis'),
    [
      ...['--config-file', config, 'run', `${server.address}/openapi.json`],
      ...['--header', `Authorization: Bearer ${tokens[role] ?? ''}`],
      ...['--checks', checks.join(','), '--phases', 'examples,coverage,fuzzing'],
      ...['--max-time', seconds, '--seed', seed, '--workers', '1', '--continue-on-failure'],
      ...['--warnings', 'off', '--request-timeout', '20', '--no-color'],
      ...['--exclude-path-regex', '/erasure$'],
      ...(role === 'admin' ? [] : ['--exclude-name', archiving]),
    ],
    { stdio: 'inherit', cwd: dataDir },
  );
  return status === 0;
}
