import { describe, expect, it } from 'vitest';
import { type AddressSet, type Coverage, coverageOf } from './address-set.ts';

const block = (cidr: string, ...except: string[]) => ({ cidr, except });
const set = (within: string, ...except: string[]): AddressSet => ({ within: [within], except });

describe('coverageOf', () => {
  it.each<[string, AddressSet, { cidr: string; except: string[] }[], Coverage | undefined]>([
    ['an address in a block', set('10.1.2.3'), [block('10.0.0.0/8')], 'all'],
    ['an address in an exception', set('10.1.2.3'), [block('10.0.0.0/8', '10.1.0.0/16')], 'none'],
    ['an address beside an exception', set('10.2.2.3'), [block('10.0.0.0/8', '10.1.0.0/16')], 'all'],
    ['an address that another block gives back', set('10.1.2.3'), [block('10.0.0.0/8', '10.1.0.0/16'), block('10.1.2.3/32')], 'all'],
    ['an address in no block', set('11.1.2.3'), [block('10.0.0.0/8')], 'none'],
    ['no blocks', set('0.0.0.0/0'), [], 'none'],
    ['everything', set('0.0.0.0/0'), [block('0.0.0.0/0')], 'all'],
    ['everything but one address', set('0.0.0.0/0'), [block('0.0.0.0/0', '1.2.3.4/32')], 'some'],
    ['a network of which a part is in the block', set('10.0.0.0/8'), [block('10.1.0.0/16')], 'some'],
    ['two halves', set('10.0.0.0/8'), [block('10.0.0.0/9'), block('10.128.0.0/9')], 'all'],
    ['two halves, one with a hole', set('10.0.0.0/8'), [block('10.0.0.0/9'), block('10.128.0.0/9', '10.200.0.0/16')], 'some'],
    ['a hole that is not asked about', set('10.0.0.0/8', '10.200.0.0/16'), [block('10.0.0.0/8', '10.200.0.0/16')], 'all'],
    ['a block that is not asked about', set('0.0.0.0/0', '10.0.0.0/8'), [block('10.1.0.0/16')], 'none'],
    ['a block wider than what is not asked about', set('0.0.0.0/0', '10.0.0.0/8'), [block('10.0.0.0/7')], 'some'],
    ['nothing asked', set('10.0.0.0/8', '0.0.0.0/0'), [block('10.0.0.0/8')], undefined],
    ['nothing asked, by two halves', set('10.0.0.0/8', '10.0.0.0/9', '10.128.0.0/9'), [block('10.1.0.0/16')], undefined],
    ['IPv6 in IPv6', set('2001:db8::1'), [block('2001:db8::/32')], 'all'],
    ['IPv6 is in no block of IPv4', set('2001:db8::1'), [block('0.0.0.0/0')], 'none'],
    ['IPv4 is in no block of IPv6', set('10.0.0.1'), [block('::/0')], 'none'],
    ['both families, one of them let in', { within: ['0.0.0.0/0', '::/0'] }, [block('0.0.0.0/0')], 'some'],
    ['host bits that are set count for nothing', set('10.0.0.9/8'), [block('10.255.0.1/8')], 'all'],
    ['a block that cannot be read', set('10.0.0.1'), [block('everywhere')], 'none'],
    ['an exception that cannot be read', set('10.0.0.1'), [block('10.0.0.0/8', 'nowhere')], 'all'],
    ['an address that cannot be read', set('everywhere'), [block('0.0.0.0/0')], undefined],
  ])('%s', (_name, addresses, blocks, expected) => {
    expect(coverageOf(addresses, blocks)).toBe(expected);
  });

  it('stays quick with many blocks', () => {
    const blocks = Array.from({ length: 3000 }, (_, place) => block(`10.${place >> 8}.${place & 255}.7/32`));
    expect(coverageOf(set('0.0.0.0/0'), blocks)).toBe('some');
  });
});
