import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Which addresses webhooks may be sent to: public ones, and networks an operator allows. */
export interface Reach {
  /** Why no request may go to that URL, as far as its text tells; empty if one may. */
  refuseUrl(url: string): string;
  /** The same of an address that a name stands for, or that stands in the URL itself. */
  refuseAddress(address: string, protocol: string): string;
}

const longestUrl = 2000;

/** Public, yet answered by the cloud a machine runs in. */
const metadata: readonly string[] = ['168.63.129.16'];

/** All of IPv6 that is routed publicly (IANA, global unicast); inside it, `range` knows the rest. */
const globalUnicast = ipaddr.parseCIDR('2000::/3');

/** `networks`: addresses, or networks in CIDR notation, that are allowed though they are private. */
export function reachOf(networks: readonly string[]): Reach {
  const allowed = networks.map(networkOf);
  const isAllowed = (address: string) => {
    const parsed = ipaddr.process(address);
    return allowed.some(
      ([base, bits]) => base.kind() === parsed.kind() && parsed.match(base, bits),
    );
  };
  const refuseAddress = (address: string, protocol: string) => {
    if (isAllowed(address)) return '';
    if (!isPublic(address)) return `${address} is not a public address`;
    return protocol === 'https:' ? '' : 'must begin with https://';
  };
  return {
    refuseAddress,
    refuseUrl: (url) => refuseText(url, allowed.length > 0) || refuseLiteral(url, refuseAddress),
  };
}

/** One address, or a network; throws when it is neither. */
function networkOf(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

function isPublic(address: string): boolean {
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast' || metadata.includes(parsed.toString())) return false;
  return parsed.kind() === 'ipv4' || parsed.match(globalUnicast);
}

function refuseText(text: string, privateAllowed: boolean): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return 'must be an https address';
  if (text.length > longestUrl) return `must not be longer than ${longestUrl} characters`;
  if (url.username || url.password) return 'must not hold a name or password: requests are signed';
  if (url.hash) return 'must not have a fragment';
  if (privateAllowed) return '';
  if (url.protocol !== 'https:') return 'must begin with https://';
  return /(^|\.)localhost\.?$/.test(url.hostname) ? 'must not be this machine' : '';
}

/** The URL parser has brought every way to write an IPv4 address into the usual one by now. */
function refuseLiteral(text: string, refuseAddress: Reach['refuseAddress']): string {
  const { hostname, protocol } = new URL(text);
  const address = hostname.replace(/^\[|\]$/g, '');
  return isIP(address) ? refuseAddress(address, protocol) : '';
}
