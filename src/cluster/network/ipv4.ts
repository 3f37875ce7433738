/** An IPv4 address as a number, or undefined when the text is not one (RFC 6943, strict form). */
function parseIPv4(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return undefined;
  let value = 0;
  for (const part of match.slice(1)) {
    const octet = Number(part);
    if (octet > 255 || (part.length > 1 && part.startsWith('0'))) return undefined;
    value = value * 256 + octet;
  }
  return value;
}

export const isIPv4 = (text: string): boolean => parseIPv4(text) !== undefined;

/** Whether an address lies in a CIDR block; false when either of them is not IPv4. */
export function cidrContains(cidr: string, address: string): boolean {
  const [base = '', bits = ''] = cidr.trim().split('/');
  const network = parseIPv4(base);
  const value = parseIPv4(address);
  if (network === undefined || value === undefined || !/^\d{1,2}$/.test(bits)) return false;
  const size = 2 ** (32 - Math.min(Number(bits), 32));
  return Math.floor(network / size) === Math.floor(value / size);
}

/** 127.0.0.0/8, of an address that is IPv4. */
export const isLoopback = (address: string): boolean => address.startsWith('127.');
