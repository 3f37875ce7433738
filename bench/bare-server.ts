/**
 * The limit the product is measured against: the same Fastify and zod, one durable insert a
 * request with group commit, and nothing else. Prints its address and serves until it is stopped.
 */
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import fastify from 'fastify';
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { z } from 'zod';

const driver = Number(process.versions.napi) >= 10 ? 'better-sqlite3' : 'better-sqlite3-node20';
const Database: typeof BetterSqlite3 = createRequire(import.meta.url)(driver);
const database = new Database(join(mkdtempSync(join(tmpdir(), 'bare-')), 'bare.db'));
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec('CREATE TABLE answers (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT');
const insert = database.prepare('INSERT INTO answers (body) VALUES (?)');

interface Waiting {
  readonly body: string;
  readonly done: (id: number) => void;
}

let waiting: Waiting[] = [];

const commit = database.transaction((batch: readonly Waiting[]) =>
  batch.map(({ body }) => Number(insert.run(body).lastInsertRowid)),
);

function flush(): void {
  const batch = waiting;
  waiting = [];
  const ids = commit(batch);
  batch.forEach(({ done }, index) => {
    done(ids[index] ?? 0);
  });
}

function keep(body: string): Promise<number> {
  return new Promise((done) => {
    if (waiting.length === 0) setImmediate(flush);
    waiting.push({ body, done });
  });
}

const body = z.strictObject({
  part: z.string(),
  answer: z.strictObject({ manifest: z.string() }),
  learner: z.strictObject({ id: z.string() }),
});

const app = fastify().withTypeProvider<ZodTypeProvider>();
app.setValidatorCompiler(validatorCompiler);
app.setSerializerCompiler(serializerCompiler);
app.post(
  '/submissions',
  { schema: { body, response: { 201: z.object({ id: z.number() }) } } },
  async (request, reply) => {
    const id = await keep(JSON.stringify(request.body));
    return reply.code(201).send({ id });
  },
);
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`);
