/** An IP address as Go's net package holds it. */
export interface IpAddress {
  readonly family: 'IPv4' | 'IPv6';
  /** The one spelling Go prints. */
  readonly text: string;
  /** 4 or 16 bytes; an IPv4-mapped IPv6 address is an IPv4 address. */
  readonly bytes: readonly number[];
  /** Written as today's parsers take it: no leading zeros, not IPv4-mapped. */
  readonly standard: boolean;
}

interface Cidr {
  readonly address: IpAddress;
  /** The address with the bits after the prefix taken out. */
  readonly network: IpAddress;
  readonly prefix: number;
  readonly standard: boolean;
}

/** Reads an address as the API does for old fields: leading zeros are decimal (ParseIPSloppy). */
export function parseIp(text: string): IpAddress | undefined {
  const v4 = ipv4Bytes(text);
  if (v4) return ipv4(v4, v4.join('.') === text);
  const v6 = ipv6Bytes(text);
  if (!v6) return undefined;
  const mapped = v6.slice(0, 10).every((byte) => byte === 0) && v6[10] === 255 && v6[11] === 255;
  return mapped ? ipv4(v6.slice(12), false) : ipv6(v6);
}

/** Reads `address/prefix`; undefined for anything else. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  const digits = text.slice(slash + 1);
  const address = slash > 0 ? parseIp(text.slice(0, slash)) : undefined;
  if (!address || !/^\d{1,3}$/.test(digits)) return undefined;
  const given = Number(digits);
  const mapped = address.family === 'IPv4' && text.includes(':');
  const prefix = mapped ? given - 96 : given;
  if (prefix < 0 || prefix > address.bytes.length * 8) return undefined;
  const bytes = address.bytes.map((byte, index) => byte & maskByte(prefix - index * 8));
  return {
    address,
    network: address.family === 'IPv4' ? ipv4(bytes, true) : ipv6(bytes),
    prefix,
    standard: address.standard && String(given) === digits,
  };
}

const maskByte = (bits: number): number =>
  bits >= 8 ? 255 : bits <= 0 ? 0 : (255 << (8 - bits)) & 255;

const ipv4 = (bytes: readonly number[], standard: boolean): IpAddress => ({
  family: 'IPv4',
  text: bytes.join('.'),
  bytes,
  standard,
});

const ipv6 = (bytes: readonly number[]): IpAddress => ({
  family: 'IPv6',
  text: ipv6Text(bytes),
  bytes,
  standard: true,
});

/** Four decimal numbers, read in one pass: whole worlds of addresses are. */
function ipv4Bytes(text: string): number[] | undefined {
  const bytes: number[] = [];
  let byte = -1;
  for (let at = 0; at <= text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit >= 0 && digit <= 9) byte = Math.max(byte, 0) * 10 + digit;
    else if (byte < 0 || (at < text.length && text[at] !== '.')) return undefined;
    else {
      bytes.push(byte);
      byte = -1;
    }
    if (byte > 255) return undefined;
  }
  return bytes.length === 4 ? bytes : undefined;
}

function ipv6Bytes(text: string): number[] | undefined {
  if (!text.includes(':') || text.length > 64) return undefined;
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const front = groups(head, tail === undefined);
  const back = tail === undefined ? [] : groups(tail, true);
  if (!front || !back) return undefined;
  const missing = 16 - front.length - back.length;
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined;
  return [...front, ...new Array<number>(missing).fill(0), ...back];
}

/** The bytes of `a:b:c`, whose last group may be an IPv4 address when it ends the text. */
function groups(text: string, endsText: boolean): number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const bytes: number[] = [];
  for (const [index, part] of parts.entries()) {
    const v4 = endsText && index === parts.length - 1 ? ipv4Bytes(part) : undefined;
    if (v4) bytes.push(...v4);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      const group = Number.parseInt(part, 16);
      bytes.push(group >> 8, group & 255);
    } else return undefined;
  }
  return bytes;
}

/** RFC 5952: the longest run of two or more zero groups becomes `::`. */
function ipv6Text(bytes: readonly number[]): string {
  const words = Array.from({ length: 8 }, (_, index) =>
    (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16),
  );
  const { start, length } = longestZeroRun(words);
  if (length < 2) return words.join(':');
  return `${words.slice(0, start).join(':')}::${words.slice(start + length).join(':')}`;
}

function longestZeroRun(words: readonly string[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let length = 0;
  for (const [index, word] of words.entries()) {
    length = word === '0' ? length + 1 : 0;
    if (length > best.length) best = { start: index - length + 1, length };
  }
  return best;
}
