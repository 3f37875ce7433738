import type { SandboxStore } from '../sandboxes/ports.ts';
import { keepBeside } from './audit.ts';
import type { Connection } from './connection.ts';
import type { GroupCommit } from './group-commit.ts';
import {
  addKubeconfig,
  addSnapshot,
  dropUnusedWorlds,
  ensureWorld,
  removeKubeconfigs,
  removeSnapshot,
  replaceState,
  saveState,
  snapshotRows,
  snapshotsOf,
  stateOf,
  usageOf,
  worldText,
} from './sandbox-state.ts';
import {
  deleteSandbox,
  findSandbox,
  findSandboxByKubeconfig,
  insertSandbox,
  listSandboxes,
  moveSandboxEnd,
  sandboxesOver,
} from './sandboxes.ts';

type Write = GroupCommit['write'];
type Read = <T>(work: () => T) => Promise<T>;

/** The part of the store that learners' clusters need. */
export function sandboxMethods(connection: Connection, read: Read, write: Write): SandboxStore {
  return {
    ...recordMethods(connection, read, write),
    ...stateMethods(connection, read, write),
    ...besideMethods(connection, read, write),
  };
}

function recordMethods(connection: Connection, read: Read, write: Write) {
  return {
    addSandbox: (record, world, state, most, beside) =>
      write(() => {
        ensureWorld(connection, world);
        insertSandbox(connection, record, state.version, most);
        saveState(connection, record.id, state);
        keepBeside(connection, beside);
      }),
    sandbox: (id) => read(() => findSandbox(connection, id)),
    sandboxByKubeconfig: (hash) => read(() => findSandboxByKubeconfig(connection, hash)),
    sandboxes: (filter, now, slice) => read(() => listSandboxes(connection, filter, now, slice)),
    moveSandboxEnd: (id, expiresAt, beside) =>
      write(() => {
        moveSandboxEnd(connection, id, expiresAt);
        keepBeside(connection, beside);
      }),
    removeSandbox: (id, beside) =>
      write(() => {
        if (deleteSandbox(connection, id) === 1) keepBeside(connection, beside);
      }),
    removeSandboxesOver: (now) =>
      write(() => {
        const over = sandboxesOver(connection, now);
        for (const id of over) deleteSandbox(connection, id);
        if (over.length > 0) dropUnusedWorlds(connection);
        return over;
      }),
  } satisfies Partial<SandboxStore>;
}

function stateMethods(connection: Connection, read: Read, write: Write) {
  return {
    sandboxUsage: (id) => read(() => usageOf(connection, id)),
    sandboxWorld: (digest) => read(() => worldText(connection, digest)),
    sandboxState: (id) => read(() => stateOf(connection, id)),
    saveSandbox: (id, changed) => write(() => saveState(connection, id, changed)),
    replaceSandbox: (id, state, beside) =>
      write(() => {
        const there = replaceState(connection, id, state);
        if (there) keepBeside(connection, beside);
        return there;
      }),
  } satisfies Partial<SandboxStore>;
}

function besideMethods(connection: Connection, read: Read, write: Write) {
  return {
    addKubeconfig: (id, hash, at, most) =>
      write(() => addKubeconfig(connection, id, { hash, at }, most)),
    removeKubeconfigs: (id, beside) =>
      write(() => {
        removeKubeconfigs(connection, id);
        keepBeside(connection, beside);
      }),
    addSnapshot: (id, snapshot, objects, most, beside) =>
      write(() => {
        addSnapshot(connection, id, snapshot, objects, most);
        keepBeside(connection, beside);
      }),
    snapshots: (id) => read(() => snapshotsOf(connection, id)),
    snapshotObjects: (id, snapshotId) => read(() => snapshotRows(connection, id, snapshotId)),
    removeSnapshot: (id, snapshotId) => write(() => removeSnapshot(connection, id, snapshotId)),
  } satisfies Partial<SandboxStore>;
}
