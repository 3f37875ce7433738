import { createInflate } from 'node:zlib';
import { FrameError } from './frames.ts';
import { headerDictionary } from './header-dictionary.ts';

/** Reads the header blocks of one direction of a connection, which share one compression. */
export interface HeaderReader {
  /** The headers by lower-case name; throws FrameError for what is none. One at a time. */
  read(block: Buffer): Promise<ReadonlyMap<string, string>>;
  close(): void;
}

const dictionary = headerDictionary();

export function createHeaderReader(mostBytes: number): HeaderReader {
  const inflate = createInflate({ dictionary });
  let parts: Buffer[] = [];
  let size = 0;
  let failed: Error | undefined;
  inflate.on('data', (part: Buffer) => {
    size += part.length;
    if (size > mostBytes) inflate.destroy(new FrameError('the headers are too long'));
    else parts.push(part);
  });
  inflate.on('error', (error) => {
    failed = error;
  });
  return {
    async read(block) {
      parts = [];
      size = 0;
      await new Promise<void>((resolve) => {
        if (inflate.destroyed) return resolve();
        inflate.once('close', resolve);
        inflate.write(block, () => {
          inflate.off('close', resolve);
          resolve();
        });
      });
      if (failed || inflate.destroyed) throw new FrameError('the headers cannot be read');
      return headersOf(Buffer.concat(parts));
    },
    close: () => inflate.destroy(),
  };
}

function headersOf(block: Buffer): ReadonlyMap<string, string> {
  let at = 0;
  const number = () => {
    if (at + 4 > block.length) throw new FrameError('the headers are cut off');
    at += 4;
    return block.readUInt32BE(at - 4);
  };
  const text = () => {
    const length = number();
    if (at + length > block.length) throw new FrameError('the headers are cut off');
    at += length;
    return block.toString('utf8', at - length, at);
  };
  const headers = new Map<string, string>();
  for (let left = number(); left > 0; left -= 1) headers.set(text().toLowerCase(), text());
  return headers;
}

/**
 * A zlib stream's first bytes; then each block of no headers, as a stored one (RFC 1951, 3.2.4) with
 * an empty one behind it, at which a reader gives out what it has.
 */
const zlibHead = Buffer.from([0x78, 0x01]);
const storedNoHeaders = Buffer.from([0, 4, 0, 0xfb, 0xff, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]);

/** Header blocks without any header, for one direction of a connection. */
export function createEmptyHeaderBlocks(): () => Buffer {
  let isFirst = true;
  return () => {
    const block = isFirst ? Buffer.concat([zlibHead, storedNoHeaders]) : storedNoHeaders;
    isFirst = false;
    return block;
  };
}
