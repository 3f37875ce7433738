/** One field of a protobuf message as it stands in the bytes (protobuf.dev, Encoding). */
export interface WireField {
  readonly number: number;
  /** A varint or fixed number, or the bytes of a length-delimited field. */
  readonly value: bigint | Uint8Array;
}

/** Bytes that are no protobuf message. */
export class ProtobufError extends Error {}

const mostFields = 100_000;

/** The fields of a message, in the order in which they stand. */
export function readFields(bytes: Uint8Array): readonly WireField[] {
  const reader = { bytes, at: 0 };
  const fields: WireField[] = [];
  while (reader.at < bytes.length) {
    if (fields.length >= mostFields) throw new ProtobufError('proto: too many fields');
    const tag = readVarint(reader);
    fields.push({ number: Number(tag >> 3n), value: readValue(reader, Number(tag & 7n)) });
  }
  return fields;
}

interface Reader {
  readonly bytes: Uint8Array;
  at: number;
}

function readValue(reader: Reader, wireType: number): bigint | Uint8Array {
  if (wireType === 0) return readVarint(reader);
  if (wireType === 1) return readFixed(reader, 8);
  if (wireType === 2) return take(reader, Number(readVarint(reader)));
  if (wireType === 5) return readFixed(reader, 4);
  throw new ProtobufError(`proto: illegal wireType ${wireType}`);
}

function readVarint(reader: Reader): bigint {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = reader.bytes[reader.at];
    if (byte === undefined) throw new ProtobufError('unexpected EOF');
    reader.at += 1;
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  throw new ProtobufError('proto: integer overflow');
}

function readFixed(reader: Reader, size: 4 | 8): bigint {
  const bytes = take(reader, size);
  return bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

function take(reader: Reader, length: number): Uint8Array {
  const end = reader.at + length;
  if (end > reader.bytes.length) throw new ProtobufError('unexpected EOF');
  const taken = reader.bytes.subarray(reader.at, end);
  reader.at = end;
  return taken;
}
