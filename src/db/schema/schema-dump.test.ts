import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  type DebianPostgres,
  debianPostgresInstalled,
  startDebianPostgres,
} from '#test/support/debian-postgres.ts';
import { createEmptyDatabase, createTestDatabase, runOn } from '#test/support/test-database.ts';

import { readMigrations } from '../migrate/migration-file.ts';
import { migrateUp } from '../migrate/run-migrations.ts';
import { dumpSchema } from './schema-dump.ts';

/** One of everything; the order of the pieces may be turned round where they do not need each other. */
const pieces = [
  `create domain share as numeric(5,4) default 0.5 check (value between 0 and 1);
   comment on domain share is 'A fraction.'`,
  `create sequence tickets start 10`,
  `create table owners (id bigint generated always as identity primary key, name text collate "C" not null unique)`,
  `create unlogged table cache (key text primary key, value jsonb default '{}') with (fillfactor = 70);
   grant select, insert on cache to docmill_app; grant update (value) on cache to docmill_app`,
  `create table events (at timestamptz not null, id int not null, primary key (at, id)) partition by range (at);
   create table events_default partition of events default;
   create table events_2026 partition of events for values from ('2026-01-01Z') to ('2027-01-01Z')`,
  `create function shout(words text) returns text language sql immutable as $$ select upper(words) $$;
   revoke all on function shout from public; grant execute on function shout to docmill_app`,
];
const rest = `
  create table things (
    id uuid primary key, owner_id bigint not null references owners on delete cascade,
    share share, size int check (size > 0), doubled int generated always as (size * 2) stored,
    dropped int, exclude using btree (size with =));
  alter table things drop dropped;
  alter table things enable row level security;
  create policy own on things for select to docmill_app using (owner_id = 1);
  create index things_size on things (size) where size > 5;
  create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
  create trigger things_touch before update on things for each row execute function touch();
  create view big_things as select id, size from things where size > 5;
  create materialized view owner_counts as select owner_id, count(*) as n from things group by owner_id;
  comment on column things.size is 'In metres.';`;

async function dumpOf(...statements: string[]): Promise<string> {
  const database = await createEmptyDatabase();
  try {
    for (const statement of statements) await runOn(database.ownerUrl, statement);
    return await dumpSchema(database.ownerUrl);
  } finally {
    await database.close();
  }
}

/** Where PostgreSQL 15 words the same thing in another way. */
function withoutViewText(text: string): string {
  return text.replaceAll(/^as\n[\s\S]*?;$/gm, 'as …');
}

let dump: string;

beforeAll(async () => {
  dump = await dumpOf(...pieces, rest);
});

test('the order in which objects were made does not show', async () => {
  expect(await dumpOf(...pieces.toReversed(), rest)).toBe(dump);
});

test.each([
  'domain share as numeric(5,4) default 0.5 constraint share_check CHECK',
  'sequence tickets as bigint start 10 increment 1',
  'table owners\n  id bigint not null generated always as identity\n  name text collate "C" not null\n',
  'constraint owners_name_key UNIQUE (name)',
  "unlogged table cache with (fillfactor=70)\n  key text not null\n  value jsonb default '{}'::jsonb\n",
  'table events partition by RANGE (at)\n',
  'table events_default partition of events DEFAULT\n',
  'table things enable row level security\n',
  'doubled integer generated always as ((size * 2)) stored',
  'constraint things_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES owners(id) ON DELETE CASCADE',
  'policy own permissive for select to docmill_app using ((owner_id = 1))',
  'view big_things\n  id uuid\n  size integer\nas\n',
  'materialized view owner_counts\n',
  'CREATE INDEX things_size ON public.things USING btree (size) WHERE (size > 5)',
  'CREATE OR REPLACE FUNCTION public.shout(words text)',
  'CREATE TRIGGER things_touch BEFORE UPDATE ON things',
  "comment on type public.share: 'A fraction.'",
  "comment on table column public.things.size: 'In metres.'",
  'grant insert, select on table cache to docmill_app',
  'grant update on column cache.value to docmill_app',
  'grant execute on function shout(text) to docmill_app',
])('the dump shows %j', (text) => {
  expect(dump).toContain(text);
});

test('what changes with the calendar, dropped columns and objects of extensions do not show', async () => {
  expect(dump).not.toMatch(/events_2026|dropped|pg\.dropped/);
  const withExtension = await dumpOf('create extension citext');
  expect(withExtension).toBe('-- Extensions\n\nextension citext\n\n');
});

describe.skipIf(!debianPostgresInstalled())(
  `on PostgreSQL 15${debianPostgresInstalled() ? '' : ' (skipped: postgresql-15 is not installed)'}`,
  () => {
    let old: DebianPostgres;

    beforeAll(async () => {
      old = await startDebianPostgres();
    });

    afterAll(() => old.stop());

    test('the migrations run, and their dump is the same but for the text of views', async () => {
      const folder = new URL('../../../migrations/', import.meta.url).pathname;
      await migrateUp(old.ownerUrl, await readMigrations(folder));
      const current = await createTestDatabase();
      const [on15, on18] = await Promise.all([
        dumpSchema(old.ownerUrl),
        dumpSchema(current.ownerUrl),
      ]);
      expect(withoutViewText(on15)).toBe(withoutViewText(on18));
      await current.close();
    });
  },
);
