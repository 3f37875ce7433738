import { parentPort, workerData } from 'node:worker_threads';
import { Refusal } from '../gradebook/index.ts';
import { CellCache } from '../gradebook/reporting/cell-cache.ts';
import { openReportSource } from '../store/index.ts';
import { answer } from './answer.ts';
import type { Ask, Failure, Told } from './messages.ts';

/*
 * The thread that makes reports: a connection of its own that only reads, and pieces of answers one
 * at a time, so that many reports go on beside one another.
 */

const port = parentPort;
if (port === null) throw new Error('this is a thread of Service Lab, and no program');

const { file } = workerData as { readonly file: string };
const source = openReportSource(file);
const desk = { source, cache: new CellCache(source), remembered: new Map() };
const running = new Map<number, Iterator<string>>();
const encoder = new TextEncoder();

const tell = (told: Told, transfer: readonly ArrayBuffer[] = []) =>
  port.postMessage(told, [...transfer]);

port.on('message', (ask: Ask) => {
  try {
    handle(ask);
  } catch (error) {
    running.delete(ask.id);
    tell({ kind: 'failed', id: ask.id, error: failureOf(error) });
  }
});

function handle(ask: Ask): void {
  switch (ask.kind) {
    case 'ask': {
      const { etag, pieces } = answer(desk, ask.question);
      running.set(ask.id, pieces[Symbol.iterator]());
      tell({ kind: 'begin', id: ask.id, etag });
      return;
    }
    case 'next':
      sendNext(ask.id);
      return;
    case 'stop':
      running.get(ask.id)?.return?.();
      running.delete(ask.id);
  }
}

function sendNext(id: number): void {
  const pieces = running.get(id);
  if (pieces === undefined) return;
  const next = pieces.next();
  if (next.done === true) {
    running.delete(id);
    tell({ kind: 'end', id });
    return;
  }
  const bytes = encoder.encode(next.value);
  tell({ kind: 'piece', id, bytes }, [bytes.buffer as ArrayBuffer]);
}

function failureOf(error: unknown): Failure {
  if (error instanceof Refusal) return { code: error.code, detail: error.detail };
  return { detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
