/**
 * Fastify with zod on the way in and out. With `DURABLE=1` each request is one row, on disk before
 * it is answered, those that arrive together in one commit: the limit that a submission is measured
 * against. Prints its address and serves until it is stopped.
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

const body = z.strictObject({
  part: z.string(),
  answer: z.strictObject({ manifest: z.string() }),
  learner: z.strictObject({ id: z.string() }),
});

const keep = process.env.DURABLE === '1' ? durableInsert() : () => Promise.resolve(1);
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

function durableInsert(): (body: string) => Promise<number> {
  const driver = Number(process.versions.napi) >= 10 ? 'better-sqlite3' : 'better-sqlite3-node20';
  const Database: typeof BetterSqlite3 = createRequire(import.meta.url)(driver);
  const database = new Database(join(mkdtempSync(join(tmpdir(), 'bare-')), 'bare.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE answers (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT');
  const insert = database.prepare('INSERT INTO answers (body) VALUES (?)');
  let waiting: { readonly body: string; readonly done: (id: number) => void }[] = [];
  const commit = database.transaction((batch: typeof waiting) =>
    batch.map((each) => Number(insert.run(each.body).lastInsertRowid)),
  );
  const flush = () => {
    const batch = waiting;
    waiting = [];
    const ids = commit(batch);
    batch.forEach(({ done }, index) => {
      done(ids[index] ?? 0);
    });
  };
  return (text) =>
    new Promise((done) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ body: text, done });
    });
}
