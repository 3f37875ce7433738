import { auditOf } from '../gradebook/audit.ts';
import { notFound } from '../gradebook/refusal.ts';
import type { Sandboxes } from './sandboxes.ts';
import { noteOf, type Workshop } from './workshop.ts';

type SnapshotUseCases = Pick<
  Sandboxes,
  'takeSnapshot' | 'snapshots' | 'restore' | 'removeSnapshot'
>;

export function snapshotUseCases(workshop: Workshop): SnapshotUseCases {
  const { store, parts, live, find, limits } = workshop;
  return {
    async takeSnapshot(actor, id, name, receipt) {
      const record = await find(actor, id);
      const objects = await live.rows(record);
      const createdAt = parts.now().toISOString();
      const snapshot = { id: parts.newId(), name: name ?? createdAt, createdAt };
      const beside = receipt ? { receipt: receipt(snapshot) } : {};
      await store.addSnapshot(id, snapshot, objects, limits.snapshots, beside);
      return snapshot;
    },
    async snapshots(actor, id) {
      await find(actor, id);
      return store.snapshots(id);
    },
    async restore(actor, id, snapshotId) {
      const record = await find(actor, id);
      const objects = await store.snapshotObjects(id, snapshotId);
      if (!objects) throw notFound('snapshot');
      const audit = auditOf(parts, actor, noteOf(record, 'sandbox:restore'));
      await live.replace(record, objects, { audit });
      return record;
    },
    async removeSnapshot(actor, id, snapshotId) {
      await find(actor, id);
      if (!(await store.removeSnapshot(id, snapshotId))) throw notFound('snapshot');
    },
  };
}
