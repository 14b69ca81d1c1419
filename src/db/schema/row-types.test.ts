import { afterEach, beforeEach, expect, test } from 'vitest';

import { createEmptyDatabase, runOn } from '#test/support/test-database.ts';

import { generateRowTypes, rowTypeName } from './row-types.ts';

let database: Awaited<ReturnType<typeof createEmptyDatabase>>;

beforeEach(async () => {
  database = await createEmptyDatabase();
});

afterEach(() => database.close());

test.each([
  ['folders', 'FolderRow'],
  ['processing_jobs', 'ProcessingJobRow'],
  ['journal_entries', 'JournalEntryRow'],
  ['batches', 'BatchRow'],
  ['job_progress', 'JobProgressRow'],
  ['outbox', 'OutboxRow'],
  ['status', 'StatusRow'],
  ['processing_history', 'ProcessingHistoryRow'],
])('a row of %s is a %s', (relation, expected) => {
  expect(rowTypeName(relation)).toBe(expected);
});

test('columns become members of the type that the sql tag reads', async () => {
  await runOn(
    database.ownerUrl,
    `create domain share as numeric(5,4);
     create domain named_share as share not null;
     create table owned_things (
       id uuid primary key, big_number int8 not null, amount numeric, share share, named named_share,
       flag bool not null, at timestamptz, on_day date, tags text[] not null, data jsonb, bytes bytea,
       "odd name" int not null);
     create view big_things as select id, array_agg(at) as moments from owned_things group by id;
     create table events (at timestamptz not null) partition by range (at);
     create table events_default partition of events default`,
  );
  expect(await generateRowTypes(database.ownerUrl)).toBe(
    `// Generated from the migrated database by scripts/generate-row-types.ts. Do not edit.

/** A row of big_things. */
export interface BigThingRow {
  id: string | null;
  moments: Date[] | null;
}

/** A row of events. */
export interface EventRow {
  at: Date;
}

/** A row of owned_things. */
export interface OwnedThingRow {
  id: string;
  bigNumber: number;
  amount: number | null;
  share: number | null;
  named: number;
  flag: boolean;
  at: Date | null;
  onDay: string | null;
  tags: string[];
  data: unknown;
  bytes: Uint8Array | null;
  "odd name": number;
}
`,
  );
});

test('two relations that would become one name are refused', async () => {
  await runOn(database.ownerUrl, 'create table thing (a int); create table things (a int)');
  await expect(generateRowTypes(database.ownerUrl)).rejects.toThrow('thing and things');
});
