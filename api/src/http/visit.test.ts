import { describe, expect, it } from 'vitest';
import { visitOf } from './visit.ts';

const from = (remoteAddress: string | undefined, headers: Record<string, string> = {}) =>
  visitOf({ headers, socket: { remoteAddress } } as never).address;

describe('whence somebody comes', () => {
  it('is the address at the other end, whatever is claimed from afar', () => {
    expect(from('203.0.113.7', { 'x-studyhall-address': '10.0.0.1', 'x-forwarded-for': '10.0.0.2' })).toBe('203.0.113.7');
    expect(from('::ffff:203.0.113.7')).toBe('203.0.113.7');
    expect(from(undefined)).toBe('unknown');
  });

  it('is what stands near before us says: the pages’ server first, then a proxy; of a list the last', () => {
    for (const near of ['127.0.0.1', '::1', '::ffff:172.18.0.3', '10.1.2.3', 'fd00::5', 'fe80::1%eth0']) {
      expect(from(near, { 'x-studyhall-address': '198.51.100.9', 'x-forwarded-for': '203.0.113.1' }), near).toBe('198.51.100.9');
      expect(from(near, { 'x-forwarded-for': '1.1.1.1, 203.0.113.1:4711' }), near).toBe('203.0.113.1');
    }
    for (const nonsense of ['', 'x', ',', '203.0.113.1, ', '999.1.1.1', 'unknown'])
      expect(from('127.0.0.1', { 'x-forwarded-for': nonsense }), nonsense).toBe('127.0.0.1');
  });

  it('is the whole network of one who has it: a /64 of IPv6', () => {
    const network = '2001:0db8:0001:0002:0000:0000:0000:0000';
    for (const address of ['2001:db8:1:2::1', '2001:DB8:1:2:ffff:ffff:ffff:ffff', '[2001:db8:1:2::5]:443'])
      expect(from('127.0.0.1', { 'x-forwarded-for': address }), address).toBe(network);
    expect(from('2001:db8::1')).toBe('2001:0db8:0000:0000:0000:0000:0000:0000');
  });
});
