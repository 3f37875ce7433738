import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Refusal } from '../gradebook/index.ts';
import type { ReportAnswer, ReportDesk, ReportQuestion } from '../gradebook/reporting/report.ts';
import { limits } from '../limits.ts';
import type { Ask, Failure, Told } from './messages.ts';

const isSource = import.meta.url.endsWith('.ts');

/** Pieces that may be on their way before they are taken. */
const ahead = 2;

interface Waiting {
  readonly told: (told: Told) => void;
}

/**
 * A thread that makes reports, begun with the first that is asked for and begun anew should it ever
 * end. `file`: the store's database.
 */
export function openReportDesk(file: string): ReportDesk {
  let thread: Thread | undefined;
  let closed = false;
  return {
    ask: async (question) => {
      if (closed) throw unavailable('the server is shutting down');
      thread = thread?.ended === false ? thread : new Thread(file);
      return thread.ask(question);
    },
    close: async () => {
      closed = true;
      await thread?.end();
    },
  };
}

/** From source, a thread needs the loader of TypeScript, and Node 20 passes none on to it. */
function newWorker(file: string): Worker {
  const options = { workerData: { file }, execArgv: [] };
  const url = new URL(isSource ? './worker.ts' : './worker.js', import.meta.url);
  if (!isSource) return new Worker(url, options);
  // As `import` would find it, not `require`.
  const loader = createRequire(import.meta.url)
    .resolve('tsx/esm/api')
    .replace(/\.cjs$/, '.mjs');
  const begin = `import(${JSON.stringify(pathToFileURL(loader).href)})
    .then(({ register }) => { register(); return import(${JSON.stringify(url.href)}); })`;
  return new Worker(begin, { ...options, eval: true });
}

class Thread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #ids = 0;
  ended = false;

  constructor(file: string) {
    this.#worker = newWorker(file);
    this.#worker.unref();
    this.#worker.on('message', (told: Told) => this.#waiting.get(told.id)?.told(told));
    this.#worker.on('error', (error) => this.#break(error.stack ?? error.message));
    this.#worker.on('exit', () => this.#break('the thread that makes reports ended'));
  }

  async ask(question: ReportQuestion): Promise<ReportAnswer> {
    if (this.#waiting.size >= limits.reportsWaiting) {
      throw unavailable('too many others are being made');
    }
    this.#ids += 1;
    const id = this.#ids;
    const inbox = new Inbox();
    this.#waiting.set(id, { told: (told) => inbox.put(told) });
    this.#worker.ref();
    this.#post({ kind: 'ask', id, question });
    for (let count = 0; count < ahead; count += 1) this.#post({ kind: 'next', id });
    try {
      const begun = await inbox.take();
      if (begun.kind === 'failed') throw refusalOf(begun.error);
      const etag = begun.kind === 'begin' ? begun.etag : undefined;
      const chunks = this.#chunks(id, inbox);
      const cancel = () => this.#forget(id);
      return { ...(etag !== undefined && { etag }), chunks, cancel };
    } catch (error) {
      this.#forget(id);
      throw error;
    }
  }

  async end(): Promise<void> {
    this.ended = true;
    await this.#worker.terminate();
  }

  /** No generator: one that was never begun could not be told that nobody wants it. */
  #chunks(id: number, inbox: Inbox): AsyncIterableIterator<Uint8Array> {
    const done = { done: true, value: undefined } as const;
    const next = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
      if (!this.#waiting.has(id)) return done;
      try {
        const told = await inbox.take();
        if (told.kind === 'failed') throw refusalOf(told.error);
        if (told.kind === 'piece') {
          this.#post({ kind: 'next', id });
          return { done: false, value: told.bytes };
        }
      } catch (error) {
        this.#forget(id);
        throw error;
      }
      this.#forget(id);
      return done;
    };
    return {
      next,
      return: async () => {
        this.#forget(id);
        return done;
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  #forget(id: number): void {
    if (!this.#waiting.delete(id)) return;
    this.#post({ kind: 'stop', id });
    if (this.#waiting.size === 0) this.#worker.unref();
  }

  #post(ask: Ask): void {
    if (!this.ended) this.#worker.postMessage(ask);
  }

  #break(detail: string): void {
    this.ended = true;
    for (const [id, { told }] of this.#waiting) told({ kind: 'failed', id, error: { detail } });
  }
}

/** What was told and not taken yet. */
class Inbox {
  readonly #kept: Told[] = [];
  #wake: (() => void) | undefined;

  put(told: Told): void {
    this.#kept.push(told);
    this.#wake?.();
  }

  /** The next; rejects when nothing comes for too long. */
  async take(): Promise<Told> {
    const there = this.#kept.shift();
    if (there !== undefined) return there;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((_resolve, reject) => {
      timer = setTimeout(() => reject(unavailable('a report took too long')), limits.reportMs);
    });
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    try {
      await Promise.race([woken, late]);
    } finally {
      clearTimeout(timer);
      this.#wake = undefined;
    }
    return this.take();
  }
}

function refusalOf({ code, detail }: Failure): Error {
  return code === undefined ? new Error(detail) : new Refusal(code, detail);
}

function unavailable(reason: string): Refusal {
  return new Refusal('store-unavailable', `The report cannot be made now: ${reason}.`, [], 2);
}
