import { contains, readIpRange } from '../aws/ip-range.ts';
import type { AddressSet } from '../network/address-set.ts';

/**
 * Networks that the internet does not route: private, shared, link-local, loopback and multicast ones. Documentation networks such as
 * 203.0.113.0/24 are left out, as they stand for public ones in examples. Source: the IANA special-purpose address registries (RFC 6890).
 */
const NOT_ROUTED = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
  '::/127',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
];
const NOT_ROUTED_RANGES = NOT_ROUTED.flatMap((block) => readIpRange(block) ?? []);

/** Whether it is an IP address that the internet routes; undefined for a host name. */
export function isPublicAddress(text: string): boolean | undefined {
  const range = text.includes('/') ? undefined : readIpRange(text);
  return range === undefined ? undefined : !NOT_ROUTED_RANGES.some((block) => contains(block, range));
}

/** Addresses are of one family: a pod has an IPv4 or an IPv6 one that traffic from outside is sent to. */
export type Family = 4 | 6;

const isOf = (family: Family, block: string): boolean => block.includes(':') === (family === 6);

const PRIVATE = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'];

const internetOf = (family: Family): AddressSet => ({
  within: [family === 4 ? '0.0.0.0/0' : '::/0'],
  except: NOT_ROUTED.filter((block) => isOf(family, block)),
});
const privateOf = (family: Family): AddressSet => ({ within: PRIVATE.filter((block) => isOf(family, block)) });

const INTERNET = { 4: internetOf(4), 6: internetOf(6) };
const PRIVATE_NETWORKS = { 4: privateOf(4), 6: privateOf(6) };

/** Every address of the internet. */
export const internetAddresses = (family: Family): AddressSet => INTERNET[family];

/** Addresses of private networks: of nodes, load balancers and whatever is connected to them. */
export const privateAddresses = (family: Family): AddressSet => PRIVATE_NETWORKS[family];

/** Those of some blocks that are of a family. */
export const ofFamily = (blocks: readonly string[], family: Family): readonly string[] => blocks.filter((block) => isOf(family, block));
