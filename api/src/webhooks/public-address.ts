import { type LookupAddress, type LookupAllOptions, type LookupOneOptions, lookup } from 'node:dns';
import net from 'node:net';

/** What is not out on the internet: this machine, private networks, clouds' metadata, multicast, and ranges kept for tests and translation. */
const closed = new net.BlockList();
for (const [address, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  closed.addSubnet(address, bits, 'ipv4');
/** Of IPv6 only what is given out at all, less what carries an IPv4 address within or is for documentation. */
const open6 = new net.BlockList();
open6.addSubnet('2000::', 3, 'ipv6');
for (const [address, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  closed.addSubnet(address, bits, 'ipv6');

/** Whether an IP address is on the public internet. */
export function isPublicAddress(address: string): boolean {
  if (net.isIPv4(address)) return !closed.check(address, 'ipv4');
  return net.isIPv6(address) && open6.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}

export class PrivateAddress extends Error {}

const refusal = (host: string, address: string) =>
  new PrivateAddress(
    `${host} is at ${address}, on this machine or a private network, which webhooks may not call. Whoever runs this Studyhall can allow it: WEBHOOK_HOSTS=${host}`,
  );

/** @throws PrivateAddress for a host that is such an address itself: no name has to be looked up then. */
export function refusePrivateLiteral(host: string): void {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  if (net.isIP(address) && !isPublicAddress(address)) throw refusal(host, address);
}

type Found = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** As `dns.lookup`, for a connection: it goes to just the addresses that were checked. One private address among them refuses all. */
export function lookupPublic(host: string, options: LookupOneOptions | LookupAllOptions, done: Found): void {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, []);
    const closedOne = addresses.find(({ address }) => !isPublicAddress(address));
    if (closedOne) return done(refusal(host, closedOne.address), []);
    if (options.all) return done(null, addresses);
    done(null, addresses[0]?.address ?? '', addresses[0]?.family);
  });
}
