import type { RawData, WebSocket } from 'ws';
import type { JsonObject } from '../../cluster/json.ts';
import { limits } from '../../limits.ts';

/** The first byte of a message says which stream it is of (kubernetes.io: v5.channel.k8s.io). */
const channel = { input: 0, output: 1, error: 2, status: 3, resize: 4, closed: 255 } as const;

/** Close codes of RFC 6455, 7.4.1. */
const normal = 1000;
const cannotAccept = 1003;
const unexpected = 1011;

/** A process's streams on one WebSocket. */
export interface Channels {
  out(text: string): void;
  err(text: string): void;
  /** Tells how it ended and closes; what is written later is dropped. */
  finish(status: JsonObject): void;
}

/** What comes from the client. */
export interface ClientInput {
  input(bytes: Buffer): void;
  /** No more input comes (v5 alone can say so). */
  inputEnded(): void;
  resized(columns: number): void;
  /** The connection is gone before the process ended. */
  left(): void;
}

const chunkBytes = 32 * 1024;

export function openChannels(
  socket: WebSocket,
  listener: (channels: Channels) => ClientInput,
): Channels {
  let over = false;
  const send = (stream: number, bytes: Buffer) => {
    if (over) return;
    socket.send(Buffer.concat([Buffer.of(stream), bytes]));
    if (socket.bufferedAmount > limits.watchUnreadBytes + limits.output) socket.terminate();
  };
  const write = (stream: number, text: string) => {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      send(stream, bytes.subarray(at, at + chunkBytes));
    }
  };
  const channels: Channels = {
    out: (text) => write(channel.output, text),
    err: (text) => write(channel.error, text),
    finish(status) {
      send(channel.status, Buffer.from(JSON.stringify(status)));
      over = true;
      socket.close(normal);
    },
  };
  const client = listener(channels);
  socket.on('message', (data, isBinary) => {
    if (over) return;
    if (!isBinary) return socket.close(cannotAccept, 'messages are binary');
    try {
      receive(client, bytesOf(data));
    } catch {
      socket.close(unexpected, 'the simulator failed');
    }
  });
  socket.on('error', () => socket.terminate());
  socket.once('close', () => {
    if (!over) client.left();
    over = true;
  });
  return channels;
}

function receive(client: ClientInput, bytes: Buffer): void {
  const [stream] = bytes;
  const rest = bytes.subarray(1);
  if (stream === channel.input) client.input(rest);
  else if (stream === channel.closed && rest[0] === channel.input) client.inputEnded();
  else if (stream === channel.resize) {
    const columns = Number(/"Width":\s*(\d{1,5})\b/.exec(rest.toString())?.[1] ?? 0);
    client.resized(columns);
  }
}

const bytesOf = (data: RawData): Buffer =>
  Buffer.isBuffer(data) ? data : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)]);
