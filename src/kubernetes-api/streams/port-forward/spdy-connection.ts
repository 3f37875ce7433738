import { limits } from '../../../limits.ts';
import {
  controlFrame,
  createFrameReader,
  dataFrame,
  type Frame,
  FrameError,
  frameType,
  streamOf,
  uint32,
} from './frames.ts';
import { createEmptyHeaderBlocks, createHeaderReader } from './header-blocks.ts';

/** One stream of the connection, as this side writes to it. */
export interface SpdyStream {
  readonly headers: ReadonlyMap<string, string>;
  write(bytes: Buffer): void;
  /** Nothing more is written. */
  end(): void;
  /** Called with what the peer sends, and once when it ends or gives the stream up. */
  onData: (bytes: Buffer) => void;
  onEnd: () => void;
}

/** The server's side of a SPDY/3.1 connection whose streams the client opens. */
export interface SpdyConnection {
  receive(bytes: Buffer): void;
  close(): void;
}

interface Wire {
  send(bytes: Buffer): void;
  /** The peer broke the protocol: the connection is of no more use. */
  fail(): void;
}

const refusedStream = 3;
const chunkBytes = 16 * 1024;

export function createSpdyConnection(
  { send, fail }: Wire,
  opened: (stream: SpdyStream) => void,
): SpdyConnection {
  const streams = new Map<number, SpdyStream>();
  const readFrames = createFrameReader(limits.streamMessageBytes);
  const headers = createHeaderReader(limits.streamMessageBytes);
  const noHeaders = createEmptyHeaderBlocks();
  let closed = false;
  /** Frames are taken in order, though headers are read beside. */
  let turn: Promise<void> = Promise.resolve();

  const open = async (body: Buffer) => {
    const id = streamOf(body);
    const read = await headers.read(body.subarray(10));
    if (closed) return;
    if (streams.size >= limits.forwardedStreams || streams.has(id)) {
      send(controlFrame(frameType.reset, uint32(id, refusedStream)));
      return;
    }
    send(controlFrame(frameType.synReply, Buffer.concat([uint32(id), noHeaders()])));
    const stream = streamFor(id, read, send);
    streams.set(id, stream);
    opened(stream);
  };
  const over = (id: number) => {
    streams.get(id)?.onEnd();
    streams.delete(id);
  };
  const controls: Readonly<Record<number, (body: Buffer) => Promise<void> | void>> = {
    [frameType.synStream]: open,
    [frameType.reset]: (body) => over(streamOf(body)),
    [frameType.ping]: (body) => send(controlFrame(frameType.ping, body)),
    [frameType.goAway]: () => fail(),
  };
  const take = async (frame: Frame) => {
    if (closed) return;
    if (frame.kind === 'control') await controls[frame.type]?.(frame.body);
    else {
      if (frame.body.length > 0) streams.get(frame.stream)?.onData(frame.body);
      if (frame.ends) over(frame.stream);
    }
  };
  const broken = () => {
    if (!closed) fail();
  };
  return {
    receive(bytes) {
      let frames: readonly Frame[];
      try {
        frames = readFrames(bytes);
      } catch (error) {
        if (!(error instanceof FrameError)) throw error;
        return broken();
      }
      for (const frame of frames) turn = turn.then(() => take(frame)).catch(broken);
    },
    close() {
      closed = true;
      headers.close();
      for (const stream of streams.values()) stream.onEnd();
      streams.clear();
    },
  };
}

function streamFor(
  id: number,
  headers: ReadonlyMap<string, string>,
  send: (bytes: Buffer) => void,
): SpdyStream {
  let ended = false;
  return {
    headers,
    write(bytes) {
      for (let at = 0; at < bytes.length && !ended; at += chunkBytes) {
        send(dataFrame(id, bytes.subarray(at, at + chunkBytes), false));
      }
    },
    end() {
      if (!ended) send(dataFrame(id, Buffer.alloc(0), true));
      ended = true;
    },
    onData: () => {},
    onEnd: () => {},
  };
}
