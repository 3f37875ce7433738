import { type FieldError, type FieldPath, goQuote, invalid } from '../../api-server/field-error.ts';
import { type IpAddress, parseCidr, parseIp } from './ip.ts';

/** Complaints about a field that must hold an IP address (validation.IsValidIPForLegacyField). */
export const ipErrors = (path: FieldPath, text: string): readonly FieldError[] =>
  parseIp(text)
    ? []
    : [invalid(path, text, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')];

export const cidrErrors = (path: FieldPath, text: string): readonly FieldError[] =>
  parseCidr(text)
    ? []
    : [invalid(path, text, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)')];

/** Addresses that no endpoint and no external IP may be (validation.ValidateEndpointIP). */
export function specialIpErrors(path: FieldPath, text: string): readonly FieldError[] {
  const address = parseIp(text);
  if (!address) return ipErrors(path, text);
  return forbiddenRanges
    .filter(({ holds }) => holds(address))
    .map(({ detail }) => invalid(path, text, typeof detail === 'string' ? detail : detail(text)));
}

interface ForbiddenRange {
  holds(address: IpAddress): boolean;
  readonly detail: string | ((text: string) => string);
}

const starts = (bytes: readonly number[], ...with_: readonly number[]): boolean =>
  with_.every((byte, index) => bytes[index] === byte);

const isLinkLocal6 = ([first, second = 0]: readonly number[]): boolean =>
  first === 0xfe && (second & 0xc0) === 0x80;

const isLoopback6 = (bytes: readonly number[]): boolean =>
  bytes.slice(0, 15).every((byte) => byte === 0) && bytes[15] === 1;

const forbiddenRanges: readonly ForbiddenRange[] = [
  {
    holds: ({ bytes }) => bytes.every((byte) => byte === 0),
    detail: (text) => `may not be unspecified (${text})`,
  },
  {
    holds: ({ family, bytes }) => (family === 'IPv4' ? bytes[0] === 127 : isLoopback6(bytes)),
    detail: 'may not be in the loopback range (127.0.0.0/8, ::1/128)',
  },
  {
    holds: ({ family, bytes }) =>
      family === 'IPv4' ? starts(bytes, 169, 254) : isLinkLocal6(bytes),
    detail: 'may not be in the link-local range (169.254.0.0/16, fe80::/10)',
  },
  {
    holds: ({ family, bytes }) =>
      family === 'IPv4'
        ? starts(bytes, 224, 0, 0)
        : bytes[0] === 0xff && ((bytes[1] ?? 0) & 0x0f) === 0x02,
    detail: 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
  },
];

/** Warnings about spellings that later releases refuse (util/validation GetWarningsForIP). */
export function ipWarnings(path: string, text: string): readonly string[] {
  const address = parseIp(text);
  if (!address) return [];
  if (!address.standard) {
    return [
      `${path}: non-standard IP address ${goQuote(text)} will be considered invalid in a future Kubernetes release: use ${goQuote(address.text)}`,
    ];
  }
  if (address.family === 'IPv4' || address.text === text) return [];
  return [
    `${path}: IPv6 address ${goQuote(text)} should be in RFC 5952 canonical format (${goQuote(address.text)})`,
  ];
}

/** The same for CIDRs, and about bits set after the prefix (GetWarningsForCIDR). */
export function cidrWarnings(path: string, text: string): readonly string[] {
  const cidr = parseCidr(text);
  if (!cidr) return [];
  const { address, network, prefix, standard } = cidr;
  const range = `${network.text}/${prefix}`;
  const warnings: string[] = [];
  if (address.text !== network.text) {
    const single = `${address.text}/${address.bytes.length * 8}`;
    warnings.push(
      `${path}: CIDR value ${goQuote(text)} is ambiguous in this context (should be ${goQuote(range)} or ${goQuote(single)}?)`,
    );
  }
  if (!standard) {
    warnings.push(
      `${path}: non-standard CIDR value ${goQuote(text)} will be considered invalid in a future Kubernetes release: use ${goQuote(range)}`,
    );
  } else if (address.family === 'IPv6' && range !== text) {
    warnings.push(
      `${path}: IPv6 CIDR value ${goQuote(text)} should be in RFC 5952 canonical format (${goQuote(range)})`,
    );
  }
  return warnings;
}
