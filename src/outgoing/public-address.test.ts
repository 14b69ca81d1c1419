import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readAllowance } from './outgoing-allowance.ts';
import { isPublicAddress } from './public-address.ts';

test.each([
  '1.1.1.1',
  '8.8.8.8',
  '93.184.216.34',
  '172.15.255.255',
  '172.32.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '223.255.255.255',
  '2606:4700::1111',
  '2a00:1450:4001:81b::200e',
])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:0:10.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  '5f00::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  '2606:4700::1111%eth0',
  'fec0::1',
  'ff02::1',
  '',
  'localhost',
  '1.1.1',
  '0x7f000001',
])('%s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

/** The same ranges once more, as numbers, so that a slip in one list is seen. */
const closed: readonly (readonly [number, number])[] = [
  [0x00000000, 0x00ffffff],
  [0x0a000000, 0x0affffff],
  [0x64400000, 0x647fffff],
  [0x7f000000, 0x7fffffff],
  [0xa9fe0000, 0xa9feffff],
  [0xac100000, 0xac1fffff],
  [0xc0000000, 0xc00000ff],
  [0xc0000200, 0xc00002ff],
  [0xc01fc400, 0xc01fc4ff],
  [0xc034c100, 0xc034c1ff],
  [0xc0586300, 0xc05863ff],
  [0xc0a80000, 0xc0a8ffff],
  [0xc0af3000, 0xc0af30ff],
  [0xc6120000, 0xc613ffff],
  [0xc6336400, 0xc63364ff],
  [0xcb007100, 0xcb0071ff],
  [0xe0000000, 0xffffffff],
];

const dotted = (value: number): string =>
  [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
const isClosed = (value: number): boolean =>
  closed.some(([from, to]) => value >= from && value <= to);
const anywhere = fc.oneof(
  fc.integer({ min: 0, max: 0xffffffff }),
  ...closed.map(([from, to]) =>
    fc.integer({ min: Math.max(0, from - 2), max: Math.min(0xffffffff, to + 2) }),
  ),
);

test('an IPv4 address is public when no closed range holds it, at the edges too', () => {
  fc.assert(
    fc.property(anywhere, (value) => {
      expect(isPublicAddress(dotted(value))).toBe(!isClosed(value));
    }),
    { numRuns: 2_000 },
  );
});

test('no form of IPv6 that carries an IPv4 address is public', () => {
  fc.assert(
    fc.property(anywhere, (value) => {
      const [high, low] = [(value >>> 16).toString(16), (value & 0xffff).toString(16)];
      for (const address of [
        `::${high}:${low}`,
        `::ffff:${high}:${low}`,
        `::ffff:0:${high}:${low}`,
        `64:ff9b::${high}:${low}`,
        `64:ff9b:1::${high}:${low}`,
        `2002:${high}:${low}::1`,
        `2001:0:${high}:${low}::`,
      ]) {
        expect(isPublicAddress(address)).toBe(false);
      }
    }),
  );
});

test('an IPv6 address outside of 2000::/3 is never public', () => {
  const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
  const first = fc.integer({ min: 0, max: 0xffff });
  fc.assert(
    fc.property(first, fc.array(group, { minLength: 7, maxLength: 7 }), (head, rest) => {
      fc.pre(head < 0x2000 || head > 0x3fff);
      expect(isPublicAddress([head.toString(16), ...rest].join(':'))).toBe(false);
    }),
  );
});

test('an allowance holds the hosts, addresses and networks that were named', () => {
  const { allowance, wrong } = readAllowance([
    'Hooks.Internal',
    '10.1.0.0/16',
    '127.0.0.1',
    'fd00::/8',
  ]);
  expect(wrong).toEqual([]);
  expect(allowance.host('hooks.internal')).toBe(true);
  expect(allowance.host('other.internal')).toBe(false);
  const inside = ['10.1.2.3', '127.0.0.1', 'fd12::1'];
  expect(inside.filter((address) => !allowance.address(address))).toEqual([]);
  const outside = ['10.2.0.0', '127.0.0.2', 'fe80::1', '::1', 'hooks.internal', 'fd12::1%eth0'];
  expect(outside.filter((address) => allowance.address(address))).toEqual([]);
});

test.each([
  '10.0.0.0/33',
  '10.0.0.0/',
  '10.0.0.0/-1',
  '::/129',
  'a b',
  'http://x',
  '10.0.0.0/8/8',
  '*',
  'x/8',
  '-x',
])('an allowance names %s as wrong', (entry) => {
  expect(readAllowance([entry, 'sound.example']).wrong).toEqual([entry]);
});
