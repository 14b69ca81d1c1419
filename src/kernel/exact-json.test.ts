import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAppError } from './app-error.ts';
import { parseExactJson } from './exact-json.ts';

function reasonOf(text: string, depth = 100): unknown {
  try {
    parseExactJson(text, depth);
    return 'accepted';
  } catch (error) {
    if (isAppError(error, 'json.not_storable')) return error.details?.['reason'];
    if (isAppError(error, 'request.invalid')) return 'invalid';
    throw error;
  }
}

test('any JSON value that JavaScript can write is read as it was written', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
      expect(parseExactJson(JSON.stringify(value), 100)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

describe('numbers', () => {
  test.each([
    '0',
    '-0',
    '0.0',
    '0e999',
    '1',
    '1.0',
    '1e2',
    '100',
    '0.1',
    '1.50',
    '-12.75e-3',
    '9007199254740991',
    '9007199254740992',
    '1e308',
    '5e-324',
    '123456789012345680000',
  ])('%s is kept', (text) => {
    expect(parseExactJson(`[${text}]`, 100)).toEqual([Number(text)]);
  });

  test.each([
    '1e400',
    '-1e400',
    '1e-400',
    '9007199254740993',
    '12345678901234567890',
    '0.1000000000000000055',
    '3.14159265358979323846',
  ])('%s is refused, since it would come back as another one', (text) => {
    expect(reasonOf(`{"a":[0,${text}]}`)).toBe('number');
  });

  test('doubles of any kind are kept', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        // JavaScript writes -0 as 0.
        expect(parseExactJson(String(value), 100)).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  test('whole numbers of any length are kept when they come back the same, and refused when not', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 90n), max: 2n ** 90n }), (value) => {
        const kept = BigInt(JSON.parse(value.toString())) === value;
        const isShortest = decimalText(Number(value)) === value.toString();
        expect(reasonOf(value.toString())).toBe(isShortest ? 'accepted' : 'number');
        if (isShortest) expect(kept).toBe(true);
      }),
    );
  });
});

/** The digits that JavaScript writes for a number, without an exponent. */
function decimalText(value: number): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e\+(\d+))?$/.exec(String(value)) ?? [];
  return sign + (whole + fraction).padEnd(whole.length + Number(power), '0');
}

test.each([
  ['{"a":1,"a":2}', 'duplicate_key'],
  ['{"a":1,"\\u0061":2}', 'duplicate_key'],
  ['[{"b":{"x":1,"y":{},"x":[]}}]', 'duplicate_key'],
  ['{"a":{"a":1},"b":{"a":[{"a":1}]}}', 'accepted'],
  ['{"__proto__":1,"constructor":{"prototype":2}}', 'accepted'],
  ['{"__proto__":1,"__proto__":2}', 'duplicate_key'],
  ['{"":1}', 'accepted'],
  ['"a\\u0000b"', 'text'],
  ['{"\\u0000":1}', 'text'],
  ['"\\ud83d"', 'text'],
  ['"\\udc00\\ud83d"', 'text'],
  ['"\\ud83d\\ude00 \\\\u0000 \\\\ud800"', 'accepted'],
  ['', 'invalid'],
  ['[1,]', 'invalid'],
  ['{"a":NaN}', 'invalid'],
  ['01', 'invalid'],
  ["{'a':1}", 'invalid'],
])('%s is %s', (text, outcome) => {
  expect(reasonOf(text)).toBe(outcome);
});

test('as many levels as allowed are read and one more is not', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  expect(reasonOf(nested(100))).toBe('accepted');
  expect(reasonOf(nested(101))).toBe('depth');
  expect(reasonOf(`{"a":${nested(100)}}`)).toBe('depth');
  for (const depth of [10_000, 200_000]) expect(reasonOf(nested(depth))).toBe('depth');
  expect(reasonOf('{"a":'.repeat(10_000) + 1 + '}'.repeat(10_000))).toBe('depth');
});

test('the place of what is refused is told as a JSON Pointer', () => {
  expect(() => parseExactJson('{"a/b":[true,{"c~":1e400}]}', 100)).toThrow(
    'It stands at /a~1b/1/c~0.',
  );
  expect(() => parseExactJson('1e400', 100)).toThrow(/send it as a string\.$/);
});

test('a long text full of escapes is read in a moment', () => {
  const text = JSON.stringify('\n"\\'.repeat(150_000));
  expect(parseExactJson(text, 1)).toHaveLength(450_000);
});
