/** A frame of SPDY/3.1 (draft-mbelshe-httpbis-spdy-00, 2.2): of the connection or of a stream. */
export type Frame =
  | {
      readonly kind: 'control';
      readonly type: number;
      readonly flags: number;
      readonly body: Buffer;
    }
  | {
      readonly kind: 'data';
      readonly stream: number;
      readonly ends: boolean;
      readonly body: Buffer;
    };

export const frameType = { synStream: 1, synReply: 2, reset: 3, ping: 6, goAway: 7 } as const;

const version = 3;
const headBytes = 8;
const isControl = 0x80000000;
const streamMask = 0x7fffffff;
const lastOfStream = 1;

/** The peer broke the protocol, or sends more at once than is taken. */
export class FrameError extends Error {}

/** Cuts a stream of bytes into frames of at most `most` bytes. */
export function createFrameReader(most: number): (bytes: Buffer) => readonly Frame[] {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    const frames: Frame[] = [];
    while (rest.length >= headBytes) {
      const length = rest.readUInt32BE(4) & 0xffffff;
      if (length > most) throw new FrameError('a frame is too long');
      if (rest.length < headBytes + length) break;
      frames.push(
        frameOf(rest.subarray(0, headBytes), rest.subarray(headBytes, headBytes + length)),
      );
      rest = rest.subarray(headBytes + length);
    }
    return frames;
  };
}

function frameOf(head: Buffer, body: Buffer): Frame {
  const first = head.readUInt32BE(0);
  const flags = head.readUInt8(4);
  if (first < isControl) {
    return { kind: 'data', stream: first, ends: (flags & lastOfStream) !== 0, body };
  }
  if (((first >>> 16) & 0x7fff) !== version) throw new FrameError('this is not SPDY/3');
  return { kind: 'control', type: first & 0xffff, flags, body };
}

export function controlFrame(type: number, body: Buffer): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE((isControl | (version << 16) | type) >>> 0, 0);
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body]);
}

export function dataFrame(stream: number, body: Buffer, ends: boolean): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(stream & streamMask, 0);
  head.writeUInt32BE(body.length, 4);
  head.writeUInt8(ends ? lastOfStream : 0, 4);
  return Buffer.concat([head, body]);
}

export const streamOf = (body: Buffer): number => {
  if (body.length < 4) throw new FrameError('a frame is too short');
  return body.readUInt32BE(0) & streamMask;
};

export function uint32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, 4 * index);
  return bytes;
}
