import { Refusal } from '../gradebook/refusal.ts';
import type { ObjectRow, StateChange, StateRows, WorldText } from '../sandboxes/ports.ts';
import type { Snapshot, Usage } from '../sandboxes/sandbox.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import { placeOfSandbox } from './sandboxes.ts';
import { statement } from './statement.ts';

const findWorld = statement((v: { digest: string }) =>
  tables.selectFrom('sandbox_worlds').select('world').where('digest', '=', v.digest),
);

const keepWorld = statement((v: { digest: string; world: string }) =>
  tables.insertInto('sandbox_worlds').values({ digest: v.digest, world: v.world }),
);

const dropWorlds = statement((_: object) =>
  tables
    .deleteFrom('sandbox_worlds')
    .where('digest', 'not in', tables.selectFrom('sandboxes').select('world')),
);

const version = statement((v: { sandbox: number }) =>
  tables.selectFrom('sandboxes').select('version').where('place', '=', v.sandbox),
);

const moveVersion = statement((v: { sandbox: number; version: number }) =>
  tables.updateTable('sandboxes').set({ version: v.version }).where('place', '=', v.sandbox),
);

const objects = statement((v: { sandbox: number }) =>
  tables
    .selectFrom('sandbox_objects')
    .select(['resource', 'namespace', 'name', 'object'])
    .where('sandbox', '=', v.sandbox),
);

const putObject = statement((v: ObjectRow & { sandbox: number }) =>
  tables
    .insertInto('sandbox_objects')
    .values({
      sandbox: v.sandbox,
      resource: v.resource,
      namespace: v.namespace,
      name: v.name,
      object: v.object,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['sandbox', 'resource', 'namespace', 'name'])
        .doUpdateSet({ object: v.object }),
    ),
);

const dropObject = statement((v: Omit<ObjectRow, 'object'> & { sandbox: number }) =>
  tables
    .deleteFrom('sandbox_objects')
    .where('sandbox', '=', v.sandbox)
    .where('resource', '=', v.resource)
    .where('namespace', '=', v.namespace)
    .where('name', '=', v.name),
);

const dropObjects = statement((v: { sandbox: number }) =>
  tables.deleteFrom('sandbox_objects').where('sandbox', '=', v.sandbox),
);

const usage = statement((v: { sandbox: number }) =>
  tables
    .selectFrom('sandbox_objects')
    .where('sandbox', '=', v.sandbox)
    .select((row) => [
      row.fn.countAll<number>().as('objects'),
      row.fn.sum<number | null>(row.fn<number>('length', ['object'])).as('bytes'),
    ]),
);

const addSecret = statement((v: { hash: string; sandbox: number; at: string }) =>
  tables
    .insertInto('sandbox_kubeconfigs')
    .values({ hash: v.hash, sandbox: v.sandbox, created_at: v.at }),
);

const secretPlaces = statement((v: { sandbox: number }) =>
  tables
    .selectFrom('sandbox_kubeconfigs')
    .select('place')
    .where('sandbox', '=', v.sandbox)
    .orderBy('place', 'desc'),
);

const dropSecretsUpTo = statement((v: { sandbox: number; place: number }) =>
  tables
    .deleteFrom('sandbox_kubeconfigs')
    .where('sandbox', '=', v.sandbox)
    .where('place', '<=', v.place),
);

interface SnapshotColumns {
  readonly id: string;
  readonly sandbox: number;
  readonly name: string;
  readonly objects: string;
  readonly at: string;
}

const insertSnapshot = statement((v: SnapshotColumns) =>
  tables.insertInto('sandbox_snapshots').values({
    id: v.id,
    sandbox: v.sandbox,
    name: v.name,
    objects: v.objects,
    created_at: v.at,
  }),
);

const snapshots = statement((v: { sandbox: number }) =>
  tables
    .selectFrom('sandbox_snapshots')
    .select(['id', 'name', 'created_at'])
    .where('sandbox', '=', v.sandbox)
    .orderBy('place'),
);

const snapshot = statement((v: { sandbox: number; id: string }) =>
  tables
    .selectFrom('sandbox_snapshots')
    .select('objects')
    .where('sandbox', '=', v.sandbox)
    .where('id', '=', v.id),
);

const dropSnapshot = statement((v: { sandbox: number; id: string }) =>
  tables.deleteFrom('sandbox_snapshots').where('sandbox', '=', v.sandbox).where('id', '=', v.id),
);

export const worldText = (connection: Connection, digest: string): string | undefined =>
  connection.first(findWorld, { digest })?.world;

export function ensureWorld(connection: Connection, { digest, text }: WorldText): void {
  if (worldText(connection, digest) === undefined) {
    connection.run(keepWorld, { digest, world: text() });
  }
}

export const dropUnusedWorlds = (connection: Connection): number => connection.run(dropWorlds, {});

export function stateOf(connection: Connection, id: string): StateRows | undefined {
  const sandbox = placeOfSandbox(connection, id);
  if (sandbox === undefined) return undefined;
  const newest = connection.first(version, { sandbox })?.version ?? 0;
  return { version: newest, objects: connection.all(objects, { sandbox }) };
}

/** Writes objects over those that are there; false when there is no such sandbox. */
export function saveState(
  connection: Connection,
  id: string,
  changed: StateRows & Partial<StateChange>,
): boolean {
  const sandbox = placeOfSandbox(connection, id);
  if (sandbox === undefined) return false;
  for (const row of changed.objects) connection.run(putObject, { ...row, sandbox });
  for (const row of changed.forgotten ?? []) connection.run(dropObject, { ...row, sandbox });
  connection.run(moveVersion, { sandbox, version: changed.version });
  return true;
}

export function replaceState(connection: Connection, id: string, state: StateRows): boolean {
  const sandbox = placeOfSandbox(connection, id);
  if (sandbox === undefined) return false;
  connection.run(dropObjects, { sandbox });
  return saveState(connection, id, state);
}

export function usageOf(connection: Connection, id: string): Usage {
  const sandbox = placeOfSandbox(connection, id);
  const row = sandbox === undefined ? undefined : connection.first(usage, { sandbox });
  return { objects: row?.objects ?? 0, bytes: row?.bytes ?? 0 };
}

export function addKubeconfig(
  connection: Connection,
  id: string,
  secret: { readonly hash: string; readonly at: string },
  most: number,
): void {
  const sandbox = placeOfSandbox(connection, id);
  if (sandbox === undefined) return;
  connection.run(addSecret, { ...secret, sandbox });
  const oldest = connection.all(secretPlaces, { sandbox })[most];
  if (oldest) connection.run(dropSecretsUpTo, { sandbox, place: oldest.place });
}

export function removeKubeconfigs(connection: Connection, id: string): void {
  const sandbox = placeOfSandbox(connection, id);
  if (sandbox === undefined) return;
  connection.run(dropSecretsUpTo, { sandbox, place: Number.MAX_SAFE_INTEGER });
}

export function addSnapshot(
  connection: Connection,
  id: string,
  { id: name, name: title, createdAt }: Snapshot,
  rows: readonly ObjectRow[],
  most: number,
): void {
  const sandbox = placeOfSandbox(connection, id);
  if (sandbox === undefined) throw new Refusal('not-found', 'There is no such sandbox.');
  if (connection.all(snapshots, { sandbox }).length >= most) {
    const detail = `There are ${most} snapshots already: delete one of them first.`;
    throw new Refusal('conflict', detail);
  }
  const kept = { id: name, name: title, at: createdAt, objects: JSON.stringify(rows) };
  connection.run(insertSnapshot, { ...kept, sandbox });
}

export function snapshotsOf(connection: Connection, id: string): readonly Snapshot[] {
  const sandbox = placeOfSandbox(connection, id) ?? -1;
  return connection.all(snapshots, { sandbox }).map(({ id: name, name: title, created_at }) => ({
    id: name,
    name: title,
    createdAt: created_at,
  }));
}

export function snapshotRows(
  connection: Connection,
  id: string,
  snapshotId: string,
): readonly ObjectRow[] | undefined {
  const sandbox = placeOfSandbox(connection, id) ?? -1;
  const row = connection.first(snapshot, { sandbox, id: snapshotId });
  return row && (JSON.parse(row.objects) as ObjectRow[]);
}

export function removeSnapshot(connection: Connection, id: string, snapshotId: string): boolean {
  const sandbox = placeOfSandbox(connection, id) ?? -1;
  return connection.run(dropSnapshot, { sandbox, id: snapshotId }) === 1;
}
