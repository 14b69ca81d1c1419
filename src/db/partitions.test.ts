import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, createTestDatabase, runOn } from '#test/support/test-database.ts';
import {
  dropPartitions,
  ensurePartitions,
  listPartitions,
  readPartitionStates,
} from './partitions.ts';

let clone: TestDatabase;

beforeAll(async () => {
  clone = await createTestDatabase();
  await runOn(
    clone.ownerUrl,
    `create table marks (at timestamptz not null) partition by range (at);
     create table marks_default partition of marks default;
     grant select, insert on marks to docmill_app, docmill_worker;
     insert into partition_plans values ('marks', 'at', 'day', 2);`,
  );
});

afterAll(() => clone.close());

const noon = new Date('2027-12-31T12:00:00Z');

async function stateOf(now: Date) {
  const states = await readPartitionStates(clone.database.sql, now);
  return states.find((state) => state.table === 'marks');
}

test('every table of the product has its pieces ahead and nothing misplaced after the migrations', async () => {
  const states = await readPartitionStates(clone.database.sql, new Date());
  const own = states.filter((state) => state.table !== 'marks');
  expect(own.map((state) => state.table)).toContain('audit_logs');
  for (const state of own) {
    expect(state).toMatchObject({ ahead: state.wanted, misplaced: 0 });
  }
});

test('days are made ahead, watched, and dropped when they are over', async () => {
  const { sql } = clone.database;
  await sql`insert into marks values ('2027-12-31T23:59:59.999999Z'), ('2028-01-03T00:00:00Z')`;
  expect(await stateOf(noon)).toMatchObject({ partitions: 0, ahead: 0, misplaced: 2 });
  const made = await ensurePartitions(sql, noon);
  expect(made.filter((name) => name.startsWith('marks'))).toEqual([
    'marks_20271231',
    'marks_20280101',
    'marks_20280102',
  ]);
  expect(await stateOf(noon)).toEqual({
    table: 'marks',
    step: 'day',
    partitions: 3,
    ahead: 2,
    wanted: 2,
    misplaced: 1,
  });
  expect((await listPartitions(sql, 'marks')).map(({ name, from }) => [name, from])).toEqual([
    ['marks_20271231', new Date('2027-12-31T00:00:00Z')],
    ['marks_20280101', new Date('2028-01-01T00:00:00Z')],
    ['marks_20280102', new Date('2028-01-02T00:00:00Z')],
    ['marks_default', null],
  ]);
  expect(await dropPartitions(sql, 'marks', new Date('2028-01-01T23:00:00Z'))).toEqual([
    'marks_20271231',
  ]);
  expect(await sql`select at from marks`).toEqual([{ at: new Date('2028-01-03T00:00:00Z') }]);
});

test('a table that is not planned has no pieces to drop', async () => {
  expect(await dropPartitions(clone.database.sql, 'users', noon)).toEqual([]);
});
