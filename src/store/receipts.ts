import type { Instant } from '../gradebook/course.ts';
import type { KeyName, KeyRecord } from '../gradebook/ports.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import { statement } from './statement.ts';

const insert = statement(
  (v: KeyName & { digest: string; status: number; body: string; at: string }) =>
    tables.insertInto('receipts').values({
      token_id: v.tokenId,
      route: v.route,
      key: v.key,
      digest: v.digest,
      status: v.status,
      body: v.body,
      at: v.at,
    }),
);

const find = statement((v: KeyName) =>
  tables
    .selectFrom('receipts')
    .select(['digest', 'status', 'body', 'at'])
    .where('token_id', '=', v.tokenId)
    .where('key', '=', v.key)
    .where('route', '=', v.route),
);

const forget = statement((v: { before: string }) =>
  tables.deleteFrom('receipts').where('at', '<', v.before),
);

export function insertReceipt(connection: Connection, record: KeyRecord): void {
  connection.run(insert, { ...record, ...record.response });
}

export function findReceipt(connection: Connection, name: KeyName): KeyRecord | undefined {
  const row = connection.first(find, name);
  if (row === undefined) return undefined;
  const { digest, status, body, at } = row;
  return { ...name, digest, response: { status, body }, at };
}

export function deleteReceipts(connection: Connection, before: Instant): void {
  connection.run(forget, { before });
}
