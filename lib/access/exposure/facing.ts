import { coverageOf } from '../network/address-set.ts';
import { internetAddresses, isPublicAddress } from './address.ts';

/** A place in the object that shows it, and what it shows. */
export interface Sign {
  readonly pointer: string;
  readonly says: string;
}

/** Who can send packets to something: everybody, or whoever is on the network of the nodes. */
export interface Facing {
  readonly to: 'internet' | 'network';
  readonly sign: Sign;
  readonly hangsOn: readonly string[];
  /** Blocks that alone are let in; undefined: every address. */
  readonly clients?: readonly string[];
}

export const annotationPointer = (annotation: string): string =>
  `/metadata/annotations/${annotation.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/**
 * What an address of a load balancer says by itself: host names of AWS begin with `internal-` where an Application or Classic Load Balancer is
 * internal, those of a Network Load Balancer never do. Undefined: it does not tell.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html#load-balancer-scheme
 */
function facingOfAddress(address: string): 'internet' | 'network' | undefined {
  const isPublic = isPublicAddress(address);
  if (isPublic !== undefined) return isPublic ? 'internet' : 'network';
  const name = address.toLowerCase();
  if (name === 'localhost' || name.endsWith('.local') || name.endsWith('.internal')) return 'network';
  return name.startsWith('internal-') && name.endsWith('.amazonaws.com') ? 'network' : undefined;
}

/** What several addresses say together: one on the internet is enough. */
export function facingOfAddresses(addresses: readonly string[]): 'internet' | 'network' | undefined {
  const facings = addresses.map(facingOfAddress);
  if (facings.includes('internet')) return 'internet';
  return facings.length > 0 && facings.every((one) => one === 'network') ? 'network' : undefined;
}

/** A list in an annotation: `10.0.0.0/8, 192.168.0.0/16`. */
export const listIn = (annotation: string | undefined): readonly string[] =>
  (annotation ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** The same narrowed to clients of these blocks: none of them on the internet makes it face the network alone. */
export function narrowedTo<T extends Facing>(facing: T, clients: readonly string[], sign: Sign): T {
  if (clients.length === 0) return facing;
  const blocks = clients.map((cidr) => ({ cidr, except: [] }));
  const internet = [coverageOf(internetAddresses(4), blocks), coverageOf(internetAddresses(6), blocks)];
  if (internet.includes('all')) return facing;
  if (!internet.includes('some')) return { ...facing, to: 'network', clients, ...(facing.to === 'internet' ? { sign } : {}) };
  const shown = clients.length > 3 ? `${clients.slice(0, 3).join(', ')} and ${clients.length - 3} more` : clients.join(', ');
  return { ...facing, clients, hangsOn: [...facing.hangsOn, `coming from ${shown}`] };
}
