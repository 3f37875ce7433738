import { constants, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  controlFrame,
  frameType,
  uint32,
} from '../../../src/kubernetes-api/streams/port-forward/frames.ts';
import {
  createEmptyHeaderBlocks,
  createHeaderReader,
} from '../../../src/kubernetes-api/streams/port-forward/header-blocks.ts';
import { headerDictionary } from '../../../src/kubernetes-api/streams/port-forward/header-dictionary.ts';
import {
  createSpdyConnection,
  type SpdyStream,
} from '../../../src/kubernetes-api/streams/port-forward/spdy-connection.ts';
import { limits } from '../../../src/limits.ts';

function blockOf(headers: Readonly<Record<string, string>>): Buffer {
  const pairs = Object.entries(headers);
  const texts = pairs
    .flat()
    .flatMap((text) => [uint32(Buffer.byteLength(text)), Buffer.from(text)]);
  return Buffer.concat([uint32(pairs.length), ...texts]);
}

const compressed = (plain: Buffer): Buffer =>
  deflateSync(plain, { dictionary: headerDictionary(), finishFlush: constants.Z_SYNC_FLUSH });

const synStream = (id: number, block: Buffer): Buffer =>
  controlFrame(frameType.synStream, Buffer.concat([uint32(id, 0), Buffer.alloc(2), block]));

/** Waits until all that was received has been taken. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

function connection() {
  const sent: Buffer[] = [];
  const opened: SpdyStream[] = [];
  const state = { failed: 0 };
  const spdy = createSpdyConnection(
    {
      send: (bytes) => void sent.push(bytes),
      fail() {
        state.failed += 1;
      },
    },
    (stream) => void opened.push(stream),
  );
  return { spdy, sent, opened, state };
}

const headers = { StreamType: 'data', Port: '80', RequestID: '0' };

describe('the headers of SPDY', () => {
  it('are primed by the dictionary of the draft', () => {
    expect(headerDictionary()).toHaveLength(1423);
    const [, , ...id] = compressed(blockOf({})).subarray(0, 6);
    expect(Buffer.from(id).toString('hex')).toBe('e3c6a7c2');
  });

  it('read back as they were written, by lower-case name', async () => {
    const reader = createHeaderReader(1000);
    const read = await reader.read(compressed(blockOf({ ...headers, Ünï: 'çödé' })));
    expect(Object.fromEntries(read)).toEqual({
      streamtype: 'data',
      port: '80',
      requestid: '0',
      ünï: 'çödé',
    });
    reader.close();
  });

  it('may be none, block after block', async () => {
    const next = createEmptyHeaderBlocks();
    const reader = createHeaderReader(1000);
    for (let round = 0; round < 3; round += 1) expect((await reader.read(next())).size).toBe(0);
    reader.close();
  });

  it.each([
    ['that swell', compressed(blockOf({ a: 'x'.repeat(1_000_000) }))],
    ['that are cut off', compressed(Buffer.concat([uint32(5), uint32(100)]))],
    ['that are no zlib', Buffer.from('no zlib at all')],
    [
      'primed by another dictionary',
      deflateSync(blockOf(headers), { dictionary: Buffer.from('other') }),
    ],
  ])('%s are refused, and everything after them', async (_, block) => {
    const reader = createHeaderReader(10_000);
    await expect(reader.read(block)).rejects.toThrow('headers');
    reader.close();
  });
});

describe('a connection of SPDY', () => {
  it('opens streams, passes bytes both ways and answers pings', async () => {
    const { spdy, sent, opened } = connection();
    const bytes = Buffer.concat([
      synStream(1, compressed(blockOf(headers))),
      Buffer.concat([uint32(1), Buffer.from([0, 0, 0, 2]), Buffer.from('hi')]),
      controlFrame(frameType.ping, uint32(7)),
    ]);
    const got: string[] = [];
    for (const byte of bytes) spdy.receive(Buffer.of(byte));
    await settled();
    const [stream] = opened;
    if (stream) stream.onData = (data) => void got.push(data.toString());
    spdy.receive(Buffer.concat([uint32(1), Buffer.from([1, 0, 0, 2]), Buffer.from('ho')]));
    stream?.write(Buffer.from('back'));
    stream?.end();
    stream?.write(Buffer.from('too late'));
    await settled();
    expect(stream?.headers.get('port')).toBe('80');
    expect(got).toEqual(['ho']);
    expect(sent.map((frame) => frame.readUInt32BE(0).toString(16))).toEqual([
      '80030002',
      '80030006',
      '1',
      '1',
    ]);
    expect(sent.at(-1)?.readUInt8(4)).toBe(1);
  });

  it('refuses more streams than are allowed, and a number that is taken', async () => {
    const { spdy, sent, opened, state } = connection();
    spdy.receive(synStream(1, compressed(blockOf(headers))));
    const more = Buffer.from([0, 4, 0, 0xfb, 0xff, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]);
    spdy.receive(synStream(1, more));
    for (let id = 3; id < 3 + 4 * limits.forwardedStreams; id += 2)
      spdy.receive(synStream(id, more));
    await expect.poll(() => opened.length).toBe(limits.forwardedStreams);
    await settled();
    const resets = sent.filter((frame) => frame.readUInt32BE(0) === 0x80030003);
    expect(resets.length).toBe(1 + limits.forwardedStreams + 1);
    expect(state.failed).toBe(0);
  });

  it('noise ends it, and never throws', async () => {
    let failed = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 10 }),
        async (parts) => {
          const { spdy, state } = connection();
          for (const part of parts) spdy.receive(Buffer.from(part));
          await new Promise(setImmediate);
          spdy.close();
          failed += state.failed > 0 ? 1 : 0;
        },
      ),
      { seed: 9, numRuns: 500 },
    );
    expect(failed).toBeGreaterThan(50);
  });
});
