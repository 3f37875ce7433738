import { auditOf } from '../gradebook/audit.ts';
import type { Actor } from '../gradebook/index.ts';
import { pageOf, sliceOf } from '../gradebook/paging.ts';
import { systemClock } from '../kubernetes-api/memory-sandbox.ts';
import { limits } from '../limits.ts';
import { findUsable, usableBy } from './access.ts';
import { createDirectory, secretPrefix } from './directory.ts';
import { gradeUseCases } from './grade.ts';
import { createLive } from './live.ts';
import { endAfter, newSandboxUseCases } from './new-sandbox.ts';
import type { SandboxRecord } from './sandbox.ts';
import type { Sandboxes } from './sandboxes.ts';
import { snapshotUseCases } from './snapshots.ts';
import { noteOf, type SandboxesParts, type Workshop } from './workshop.ts';
import { createWorlds } from './worlds.ts';

export function createSandboxes(given: SandboxesParts): Sandboxes {
  const { store, parts, clock = systemClock } = given;
  const worlds = createWorlds(given.exercise);
  const bounds = given.limits ?? limits.sandbox;
  const live = createLive({ store, worlds, clock, limits: bounds });
  const find = (actor: Actor, id: string) => findUsable(store, actor, id, parts.now());
  const workshop: Workshop = { ...given, limits: bounds, worlds, live, find };
  return {
    directory: createDirectory({ store, live, hash: parts.hash, now: parts.now }),
    ...newSandboxUseCases(workshop),
    ...ownUseCases(workshop),
    ...snapshotUseCases(workshop),
    ...gradeUseCases(workshop),
    async tidy() {
      for (const id of await store.removeSandboxesOver(parts.now().toISOString())) live.drop(id);
      await live.evictIdle();
    },
    close: () => live.close(),
  };
}

type OwnUseCases = Pick<
  Sandboxes,
  'list' | 'sandbox' | 'extend' | 'remove' | 'credentials' | 'revokeCredentials' | 'reset'
>;

function ownUseCases(workshop: Workshop): OwnUseCases {
  const { store, parts, live, find } = workshop;
  const audit = (actor: Actor, record: SandboxRecord, action: string, after?: object) =>
    auditOf(parts, actor, { ...noteOf(record, action), ...(after && { after }) });
  return {
    async list(actor, page) {
      const slice = sliceOf(page);
      const now = parts.now().toISOString();
      return pageOf(await store.sandboxes(usableBy(actor), now, slice), slice);
    },
    async sandbox(actor, id) {
      const sandbox = await find(actor, id);
      return { sandbox, usage: await store.sandboxUsage(id) };
    },
    async extend(actor, id, minutes) {
      const record = await find(actor, id);
      const expiresAt = endAfter(parts.now(), minutes);
      const note = audit(actor, record, 'sandbox:extend', { expiresAt });
      await store.moveSandboxEnd(id, expiresAt, { audit: note });
      return { ...record, expiresAt };
    },
    async remove(actor, id) {
      const record = await find(actor, id);
      await store.removeSandbox(id, { audit: audit(actor, record, 'sandbox:delete') });
      live.drop(id);
    },
    async credentials(actor, id) {
      await find(actor, id);
      const secret = `${secretPrefix}${parts.newToken().replace(/^sl_/, '')}`;
      const at = parts.now().toISOString();
      await store.addKubeconfig(id, parts.hash(secret), at, workshop.limits.kubeconfigs);
      return { id, secret };
    },
    async revokeCredentials(actor, id) {
      const record = await find(actor, id);
      const note = audit(actor, record, 'sandbox:revoke-kubeconfigs');
      await store.removeKubeconfigs(id, { audit: note });
    },
    async reset(actor, id) {
      const record = await find(actor, id);
      await live.replace(record, [], { audit: audit(actor, record, 'sandbox:reset') });
      return record;
    },
  };
}
