import type { ServerResponse } from 'node:http';
import { limits } from '../limits.ts';
import type { Sandbox } from './sandbox.ts';
import type { Watch } from './watch.ts';
import { json } from './wire.ts';

const bookmarkEveryMs = 60_000;

/**
 * Writes a watch in chunks as it goes, until the client leaves, its time is over, the sandbox or
 * the server closes, or the client lets too much lie unread. `running` holds how to end it.
 */
export function streamWatch(
  sandbox: Sandbox,
  watch: Watch,
  response: ServerResponse,
  running: Set<() => void>,
): void {
  const headers = { 'content-type': json, 'cache-control': 'no-cache, private' };
  response.writeHead(200, { ...headers, 'x-content-type-options': 'nosniff' });
  response.flushHeaders();

  const write = () => {
    for (const line of watch.pull()) response.write(line);
    if (response.writableLength > limits.watchUnreadBytes) response.destroy();
    else if (watch.ended) end();
  };
  const mark = () => {
    const line = watch.bookmark();
    if (line !== undefined) response.write(line);
  };
  const end = () => response.end();

  const bookmarks = setInterval(mark, bookmarkEveryMs).unref();
  const timeout = setTimeout(end, Math.min(watch.timeoutMs ?? limits.watchMs, limits.watchMs));
  timeout.unref();
  const stopListening = sandbox.changes.subscribe(write);
  const stopClosing = sandbox.onClose(end);
  running.add(end);
  response.once('close', () => {
    clearInterval(bookmarks);
    clearTimeout(timeout);
    stopListening();
    stopClosing();
    running.delete(end);
    sandbox.quota.closeStream();
  });
  response.on('error', () => response.destroy());
  write();
}
