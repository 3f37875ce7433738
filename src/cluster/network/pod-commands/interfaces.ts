import { fail, ok, type PodCommand, type PodShell } from './pod-command.ts';

/** A Pod has two interfaces: itself, and one end of the pair that leads to its node. */
interface Link {
  readonly address: string;
  readonly network: string;
  readonly gateway: string;
  readonly broadcast: string;
  /** As CNI plugins make it: 0a:58 and the bytes of the address. */
  readonly mac: string;
}

function linkOf({ pod }: PodShell): Link | undefined {
  const address = pod.status?.podIP ?? '';
  const bytes = address.split('.').map(Number);
  if (bytes.length !== 4) return undefined;
  const in24 = (last: number): string => [...bytes.slice(0, 3), last].join('.');
  const mac = [0x0a, 0x58, ...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
  return { address, network: in24(0), gateway: in24(1), broadcast: in24(255), mac };
}

const forever = '       valid_lft forever preferred_lft forever\n';
const loopback = `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
${forever}`;

const addresses = ({ address, broadcast, mac }: Link): string =>
  `${loopback}2: eth0@if7: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP qlen 1000
    link/ether ${mac} brd ff:ff:ff:ff:ff:ff
    inet ${address}/24 brd ${broadcast} scope global eth0
${forever}`;

const routes = ({ address, network, gateway }: Link): string =>
  `default via ${gateway} dev eth0 \n${network}/24 dev eth0 scope link  src ${address} \n`;

/** The objects `ip` shows, by the words that may be cut short. */
const shown: readonly (readonly [word: string, show: (link: Link) => string])[] = [
  ['address', addresses],
  ['route', routes],
];

/** `ip addr` and `ip route`, of busybox and of iproute2. */
export const ip: PodCommand = {
  names: ['ip'],
  partOf: ['busybox', 'iproute2'],
  run(shell, args) {
    const [word = '', verb = 'show'] = args.filter((each) => !each.startsWith('-'));
    const object = shown.find(([name]) => word !== '' && name.startsWith(word));
    if (!object || !['show', 'list', 'ls'].includes(verb)) {
      return fail(1, `ip: ${word} ${verb} is not offered here; ip addr and ip route are\n`);
    }
    const link = linkOf(shell);
    return link ? ok(object[1](link)) : ok(loopback);
  },
};

export const ifconfig: PodCommand = {
  names: ['ifconfig'],
  partOf: ['busybox', 'net-tools'],
  run(shell) {
    const link = linkOf(shell);
    const ethernet = link
      ? `eth0      Link encap:Ethernet  HWaddr ${link.mac.toUpperCase()}  \n          inet addr:${link.address}  Bcast:${link.broadcast}  Mask:255.255.255.0\n          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1\n\n`
      : '';
    return ok(
      `${ethernet}lo        Link encap:Local Loopback  \n          inet addr:127.0.0.1  Mask:255.0.0.0\n          UP LOOPBACK RUNNING  MTU:65536  Metric:1\n\n`,
    );
  },
};
