import { expect, test } from 'vitest';
import { CharacterCodes, codeCount } from './character-codes.ts';

test('characters of the basic plane are their own codes', () => {
  const codes = new CharacterCodes();
  expect(codes.encode('aß€')).toBe('006100df20ac');
  expect(codes.rows).toEqual([0x00, 0x20]);
  expect(codes.beyondPlane.size).toBe(0);
});

test('characters beyond it get the codes of surrogates, the same one each time', () => {
  const codes = new CharacterCodes();
  expect(codes.encode('😀a𝔘😀')).toBe('d8000061d801d800');
  expect([...codes.beyondPlane]).toEqual([
    [0xd800, '😀'],
    [0xd801, '𝔘'],
  ]);
  expect(codeCount('😀a𝔘😀')).toBe(4);
});

test('lone surrogates and what is beyond the room become the replacement character', () => {
  const codes = new CharacterCodes();
  expect(codes.encode('\ud83d!')).toBe('fffd0021');
  for (let point = 0x20000; point < 0x20000 + 2048; point += 1) {
    codes.encode(String.fromCodePoint(point));
  }
  expect(codes.encode('😀')).toBe('fffd');
  expect(codes.encode(String.fromCodePoint(0x20000 + 2047))).toBe('dfff');
});
