import { expect, test } from 'vitest';

import type { SqlValue } from './database.ts';
import {
  type SqlStatement,
  createSqlCompiler,
  fragment,
  identifier,
  json,
  literalInteger,
} from './sql-tag.ts';

const compile = createSqlCompiler({ prepare: true });
const sql = (strings: TemplateStringsArray, ...values: readonly SqlValue[]): SqlStatement =>
  compile(strings, values);

test('values become numbered parameters', () => {
  expect(sql`select ${1}, ${'two'}`).toMatchObject({ text: 'select $1, $2', values: ['1', 'two'] });
});

test('nested fragments are flattened and numbered in the order of the text', () => {
  const inner = fragment`b = ${2} or ${identifier('c"d')} = ${3}`;
  const statement = sql`select ${1} where ${fragment`(${inner})`} limit ${4}`;
  expect(statement.text).toBe('select $1 where (b = $2 or "c""d" = $3) limit $4');
  expect(statement.values).toEqual(['1', '2', '3', '4']);
});

test('a template has one name, whatever its values; another text has another name', () => {
  const ask = (value: SqlValue): SqlStatement => sql`select ${value}`;
  expect(ask(1).name).toBe(ask('x').name);
  expect(ask(fragment`1`).name).not.toBe(ask(1).name);
  expect(ask(fragment`1`).name).toBe(sql`select 1`.name);
  expect(ask(1).name?.length).toBeLessThan(64);
});

test('without preparing there are no names', () => {
  const unnamed = createSqlCompiler({ prepare: false });
  expect(unnamed(Object.assign(['select 1'], { raw: ['select 1'] }), []).name).toBeUndefined();
});

test('texts composed without end stop being named, so that connections do not fill up', () => {
  const fresh = createSqlCompiler({ prepare: true });
  const ask = (column: string): SqlStatement => {
    const strings = Object.assign(['select ', ''], { raw: ['select ', ''] });
    return fresh(strings, [identifier(column)]);
  };
  expect(ask('c0').name).toBeDefined();
  for (let column = 1; column < 600; column += 1) ask(`c${column}`);
  expect(ask('c599').name).toBeUndefined();
  expect(ask('c0').name).toBeDefined();
});

test('values that cannot be sent are refused', () => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a caller without types could pass
  const absent = undefined as unknown as null;
  expect(() => sql`select ${absent}`).toThrow(TypeError);
  expect(() => sql`select ${identifier('a')}, ${absent}`).toThrow(TypeError);
  expect(() => sql`select ${json(undefined)}`).toThrow(TypeError);
  expect(() => sql`select ${new Date(Number.NaN)}`).toThrow(RangeError);
});

test('a literal integer becomes part of the text, and nothing but a whole number does', () => {
  const statement = sql`select 1 limit ${literalInteger(21)}`;
  expect(statement).toMatchObject({ text: 'select 1 limit 21', values: [] });
  for (const value of [1.5, Number.NaN, Infinity, 2 ** 60]) {
    expect(() => literalInteger(value)).toThrow(RangeError);
  }
});
