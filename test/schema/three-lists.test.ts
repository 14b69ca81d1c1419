import { readFile } from 'node:fs/promises';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { stateMachines } from '#kernel/state-machines.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';

let clone: TestDatabase;

beforeAll(async () => {
  clone = await createTestDatabase();
});

afterAll(() => clone.close());

/** Such as `processing_jobs: queued > running`. */
const movesInCode: readonly string[] = Object.entries(stateMachines).flatMap(([machine, moves]) =>
  Object.entries(moves).flatMap(([from, targets]) =>
    targets.map((to: string) => `${machine}: ${from} > ${to}`),
  ),
);

test('the database allows the moves that the code knows, and no others', async () => {
  const rows = await clone.database.sql<{ move: string }>`
    select machine || ': ' || from_status || ' > ' || to_status as move from state_transitions`;
  expect(new Set(rows.map((row) => row.move))).toEqual(new Set(movesInCode));
});

test('the diagrams show the moves that the code knows, and no others', async () => {
  const page = await readFile(
    new URL('../../docs/reference/state-machines.md', import.meta.url),
    'utf8',
  );
  const diagrams = page.matchAll(/`(\w+)\.(?:status|state)`[^`]*```mermaid\n([^`]*)```/g);
  const moves = [...diagrams].flatMap(([, machine = '', diagram = '']) =>
    [...diagram.matchAll(/^ {2}(\w+) --> (\w+)$/gm)].map(
      ([, from = '', to = '']) => `${machine}: ${from} > ${to}`,
    ),
  );
  expect(moves).toHaveLength(movesInCode.length);
  expect(new Set(moves)).toEqual(new Set(movesInCode));
});

test('the statuses that the code knows are the ones that the schema lets in', async () => {
  const rows = await clone.database.sql<{ machine: string; rule: string }>`
    select c.conrelid::regclass::text as machine, pg_get_constraintdef(c.oid) as rule
    from pg_constraint c
    where c.conname = any(${Object.keys(stateMachines).flatMap((name) => [`${name}_status_check`, `${name}_state_check`])}::text[])`;
  const inSchema = rows.flatMap(({ machine, rule }) =>
    [...rule.matchAll(/'(\w+)'::text/g)].map(([, status]) => `${machine}: ${status}`),
  );
  const inCode = Object.entries(stateMachines).flatMap(([machine, moves]) =>
    Object.keys(moves).map((status) => `${machine}: ${status}`),
  );
  expect(new Set(inSchema)).toEqual(new Set(inCode));
});
