import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Transaction } from '#db/database.ts';
import { listDocuments } from '#features/documents/document-list-repository.ts';
import { listFolders } from '#features/folders/folder-list-repository.ts';
import { actingFor } from '#features/identity/index.ts';
import { listJobs } from '#features/jobs/job-repository.ts';
import { listEntries } from '#features/journal/journal-repository.ts';
import { listTimetables } from '#features/timetables/timetable-repository.ts';
import { type UserId, asId } from '#kernel/ids.ts';
import { type TestDatabase, createTestDatabase, runOn } from '#test/support/test-database.ts';

const owner = asId<UserId>('01900000-0000-7000-8000-000000000001');
const actor = actingFor(owner);
/** PostgreSQL plans a prepared statement for its values five times before it compares that with a general plan. */
const tries = 5;

let clone: TestDatabase;

beforeAll(async () => {
  clone = await createTestDatabase();
  await runOn(
    clone.ownerUrl,
    `insert into users (id, email) values ('${owner}', 'me@example.test');
     create temporary table made as
       select gen_random_uuid() as blob, gen_random_uuid() as document, gen_random_uuid() as version, n
       from generate_series(1, 3000) n;
     begin;
     insert into blobs (id, owner_id, purpose, bucket, object_key, media_type, state, sha256, size_bytes, stored_at)
       select blob, '${owner}', 'source', 'local', blob, 'application/pdf', 'stored', encode(sha256(n::text::bytea), 'hex'), 9, now() from made;
     insert into documents (id, owner_id, title, current_version_id) select document, '${owner}', 'No ' || n, version from made;
     insert into document_versions (id, owner_id, document_id, number, blob_id, original_name, page_count, uploaded_by)
       select version, '${owner}', document, 1, blob, 'a.pdf', 3, '${owner}' from made;
     insert into processing_jobs (id, owner_id, version_id, requested_by)
       select gen_random_uuid(), '${owner}', version, '${owner}' from made;
     commit;
     insert into folders (id, owner_id, name) select gen_random_uuid(), '${owner}', 'Folder ' || n from made;
     insert into journal_entries (id, owner_id, entry_type, occurred_at, raw_data)
       select gen_random_uuid(), '${owner}', 'text', now() - n * interval '1 hour', '{"text": "note"}' from made;
     insert into timetables (id, owner_id, name, year) select gen_random_uuid(), '${owner}', 'Class ' || n, 2026 from made;
     analyze;`,
  );
});

afterAll(() => clone.close());

const firstPages: Record<string, (sql: Transaction) => Promise<unknown>> = {
  documents: (sql) => listDocuments(sql, actor, { before: null, limit: 20, trashed: false }),
  folders: (sql) => listFolders(sql, actor, { parentId: null, after: null, offset: 0, limit: 20 }),
  jobs: (sql) => listJobs(sql, actor, { status: undefined, before: null, limit: 20 }),
  'journal entries': (sql) =>
    listEntries(sql, actor, { trashed: false }, { after: null, offset: 0, limit: 20 }),
  timetables: (sql) =>
    listTimetables(sql, actor, { trashed: false }, { before: null, offset: 0, limit: 20 }),
};

test.for(Object.keys(firstPages))(
  'the statement that lists %s is not planned anew each time',
  async (name) => {
    const plans = await clone.database.transaction(async (sql) => {
      for (let times = 0; times < 3 * tries; times += 1) await firstPages[name]?.(sql);
      return sql<{ statement: string; custom: number; general: number }>`
        select statement, custom_plans::int as custom, generic_plans::int as general
        from pg_prepared_statements where prepare_time >= now() and custom_plans + generic_plans >= ${3 * tries}`;
    });
    expect(plans.length).toBeGreaterThan(0);
    expect(plans.filter(({ custom }) => custom > tries)).toEqual([]);
  },
);
