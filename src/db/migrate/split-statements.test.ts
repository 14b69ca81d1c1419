import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { splitStatements } from './split-statements.ts';

const texts = (sql: string): string[] => splitStatements(sql).map((piece) => piece.text);

test.each([
  ['select 1; select 2', ['select 1', 'select 2']],
  ['select 1;;\n;', ['select 1']],
  ['-- only; a comment\n/* and; /* nested; */ one */', []],
  [
    `select ';', ";", e'\\';', 'it''s;'; select 2`,
    [`select ';', ";", e'\\';', 'it''s;'`, 'select 2'],
  ],
  ['do $$ begin; end $$; do $x$ $$;$$ $x$', ['do $$ begin; end $$', 'do $x$ $$;$$ $x$']],
  ['select $1; select a$b; select 2', ['select $1', 'select a$b', 'select 2']],
  [
    'create function f() returns int begin atomic select case when true then 1 end; end; select 2',
    [
      'create function f() returns int begin atomic select case when true then 1 end; end',
      'select 2',
    ],
  ],
  [`select 'open; select 2`, [`select 'open; select 2`]],
  ['begin; select 1; end', ['begin', 'select 1', 'end']],
])('%j is split between its statements', (sql, expected) => {
  expect(texts(sql)).toEqual(expected);
});

test('a statement knows its line, comments before it not counted as part of it', () => {
  expect(splitStatements('-- one\n\nselect 1;\n-- two\nselect\n2;').map((p) => p.line)).toEqual([
    3, 5,
  ]);
});

test('statements joined by semicolons come apart again', () => {
  const statement = fc.constantFrom(
    'select 1',
    `insert into t values ('a;b', $$;$$)`,
    'update "x;y" set a = e\'\\\\\'',
    `do $body$ begin perform 1; end $body$`,
    'select /* ; */ 2',
  );
  fc.assert(
    fc.property(fc.array(statement), (statements) => {
      expect(texts(statements.join(';\n'))).toEqual(statements);
    }),
  );
});
