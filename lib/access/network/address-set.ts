import { contains, type IpRange, readIpRange } from '../aws/ip-range.ts';

/** Addresses by blocks: those in `within` that are not in `except`. */
export interface AddressSet {
  /** CIDR blocks or single addresses. */
  readonly within: readonly string[];
  readonly except?: readonly string[];
}

/** How much of a set of addresses lies in other blocks. */
export type Coverage = 'all' | 'some' | 'none';

interface Block {
  readonly range: IpRange;
  readonly except: readonly IpRange[];
}

interface CidrBlock {
  readonly cidr: string;
  readonly except: readonly string[];
}

const rangesOf = (texts: readonly string[]): IpRange[] => texts.flatMap((text) => readIpRange(text) ?? []);

/** The same policies are asked about many pods, so that each block and each set of addresses is read once. */
const readBlocks = new WeakMap<CidrBlock, readonly Block[]>();
const readSets = new WeakMap<AddressSet, { readonly within: readonly IpRange[]; readonly holes: readonly IpRange[] }>();

function blocksOf(block: CidrBlock): readonly Block[] {
  let read = readBlocks.get(block);
  if (read === undefined) {
    read = rangesOf([block.cidr]).map((range) => ({ range, except: rangesOf(block.except) }));
    readBlocks.set(block, read);
  }
  return read;
}

function rangesOfSet(addresses: AddressSet): { readonly within: readonly IpRange[]; readonly holes: readonly IpRange[] } {
  let read = readSets.get(addresses);
  if (read === undefined) {
    read = { within: rangesOf(addresses.within), holes: rangesOf(addresses.except ?? []) };
    readSets.set(addresses, read);
  }
  return read;
}

/** Holds nothing, so that it only tells whether there is anything to hold. */
const NO_BLOCK: CidrBlock = { cidr: '', except: [] };

const ofOneBlock = new WeakMap<CidrBlock, WeakMap<AddressSet, { readonly coverage: Coverage | undefined }>>();

/** Worked out once: thousands of pods are asked about the same few networks. */
function coverageByOne(addresses: AddressSet, block: CidrBlock): Coverage | undefined {
  const bySet = ofOneBlock.get(block) ?? new WeakMap<AddressSet, { readonly coverage: Coverage | undefined }>();
  ofOneBlock.set(block, bySet);
  const known = bySet.get(addresses) ?? { coverage: coverageByAll(addresses, [block]) };
  bySet.set(addresses, known);
  return known.coverage;
}

function coverageByAll(addresses: AddressSet, blocks: readonly CidrBlock[]): Coverage | undefined {
  const { within, holes } = rangesOfSet(addresses);
  const read = blocks.flatMap(blocksOf);
  return within.map((range) => coverageOfRange(range, holes, read)).reduce(joined, undefined);
}

/**
 * How many addresses of the set lie in at least one of the blocks, exactly; undefined where the set is empty. A block that cannot be read
 * holds nothing. Linear in blocks and exceptions times the length of an address.
 */
export function coverageOf(addresses: AddressSet, blocks: readonly CidrBlock[]): Coverage | undefined {
  const some: CidrBlock[] = [];
  for (const block of blocks) {
    const coverage = coverageByOne(addresses, block);
    if (coverage === 'all') return 'all';
    if (coverage === 'some') some.push(block);
  }
  if (some.length === 0) return coverageByOne(addresses, NO_BLOCK);
  // One block says what it says by itself; several may hold all of it only together.
  return some.length === 1 ? 'some' : coverageByAll(addresses, some);
}

function joined(one: Coverage | undefined, other: Coverage | undefined): Coverage | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one === other ? one : 'some';
}

const overlaps = (one: IpRange, other: IpRange): boolean => contains(one, other) || contains(other, one);

/** Splits the range until no boundary of a block lies within a piece: then all of its addresses have the same answer. */
function coverageOfRange(range: IpRange, holes: readonly IpRange[], blocks: readonly Block[]): Coverage | undefined {
  if (holes.some((hole) => contains(hole, range))) return undefined;
  const inner = holes.filter((hole) => contains(range, hole));
  const near = blocks
    .filter((block) => overlaps(block.range, range) && !block.except.some((one) => contains(one, range)))
    .map((block): Block => ({ range: block.range, except: block.except.filter((one) => contains(range, one)) }));
  const isWhole = inner.length === 0 && near.every((block) => contains(block.range, range) && block.except.length === 0);
  if (isWhole) return near.length > 0 ? 'all' : 'none';
  const [low, high] = halvesOf(range);
  return joined(coverageOfRange(low, inner, near), coverageOfRange(high, inner, near));
}

/** Only ever asked of a range that something smaller lies in, so that there is a bit left to split at. */
function halvesOf({ address, prefix, bits }: IpRange): [IpRange, IpRange] {
  const shift = BigInt(bits - prefix);
  const start = (address >> shift) << shift;
  const half = { prefix: prefix + 1, bits };
  return [
    { ...half, address: start },
    { ...half, address: start + (1n << (shift - 1n)) },
  ];
}
