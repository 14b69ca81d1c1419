import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { Database, DatabaseActor, Sql, Transaction } from '#db/database.ts';
import { createDatabase } from '#db/create-database.ts';
import { systemActor } from '#features/identity/index.ts';
import { silentLogger } from '#kernel/logger.ts';
import { type Pooler, poolerInstalled, startPooler } from '#test/support/pooler.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';

import { id, oneOfEach, owner, rows, stranger } from './one-of-each.ts';

let clone: TestDatabase;
/** Without a default actor. */
let strict: Database;
let pooler: Pooler | undefined;

beforeAll(async () => {
  clone = await createTestDatabase();
  const client = new Client({ connectionString: clone.ownerUrl });
  await client.connect();
  await client.query(oneOfEach);
  await client.end();
  strict = createDatabase({ url: clone.appUrl, poolSize: 5, logger: silentLogger });
  if (poolerInstalled()) pooler = await startPooler(clone.appUrl, 5);
});

afterAll(async () => {
  await strict.close();
  await pooler?.stop();
  await clone.close();
});

const actorOf = (userId: string): DatabaseActor => ({ kind: 'user', userId });

/** Tables with rows of tenants: whoever makes one is reminded here. */
const tenantTables = `
  select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
    case when exists (select from pg_attribute where attrelid = c.oid and attname = 'owner_id') then 'owner_id'
      when c.relname = 'users' then 'id' else 'user_id' end as own
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and (c.relname = 'users' or exists (
      select from pg_attribute where attrelid = c.oid and attname in ('owner_id', 'user_id') and not attisdropped))
  order by c.relname`;

interface TenantTable {
  name: string;
  enabled: boolean;
  forced: boolean;
  own: string;
}

async function asOwner<Row extends object>(query: string): Promise<Row[]> {
  const client = new Client({ connectionString: clone.ownerUrl });
  await client.connect();
  try {
    return (await client.query<Row>(query)).rows;
  } finally {
    await client.end();
  }
}

async function asApp(actor: DatabaseActor | null, query: string): Promise<unknown[]> {
  const client = new Client({ connectionString: clone.appUrl });
  await client.connect();
  try {
    if (actor) await client.query(`set app.actor_id = '${actor.userId}'`);
    return (await client.query({ text: query, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

describe('the catalog', () => {
  test('every table with rows of tenants has forced policies', async () => {
    const tables = await asOwner<TenantTable>(tenantTables);
    expect(tables.length).toBeGreaterThan(14);
    const bare = tables.filter((table) => !table.enabled || !table.forced);
    expect(bare.map((table) => table.name)).toEqual([]);
  });

  test('the program has a condition in every policy, and no policy is for everybody', async () => {
    const open = await asOwner(`
      select policyname, tablename from pg_policies
      where schemaname = 'public' and (
        'public' = any(roles)
        or ('docmill_app' = any(roles) and coalesce(qual, with_check) = 'true'))`);
    expect(open).toEqual([]);
  });

  test('every view asks with the rights of who asks, but for those that hold the condition themselves', async () => {
    const views = await asOwner<{ name: string }>(`
      select c.relname as name from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'v'
        and not coalesce(c.reloptions @> array['security_invoker=true'], false)
        and pg_get_viewdef(c.oid) !~ 'current_actor\\(\\)'
        and not exists (select from pg_depend
          where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e')`);
    expect(views).toEqual([]);
  });

  test('the workers may do in every table what the program may do', async () => {
    const missing = await asOwner(`
      select c.relname, a.privilege_type from pg_class c cross join lateral aclexplode(c.relacl) a
      where c.relnamespace = 'public'::regnamespace and a.grantee = 'docmill_app'::regrole
        and c.relname not like 'own\\_%'
        and not case c.relkind
          when 'S' then has_sequence_privilege('docmill_worker', c.oid, a.privilege_type)
          else has_table_privilege('docmill_worker', c.oid, a.privilege_type) end`);
    expect(missing).toEqual([]);
  });

  test('nobody inherits what the workers see', async () => {
    const [row] = await asOwner(`
      select pg_has_role('docmill_app', 'docmill_worker', 'usage') as inherits,
        pg_has_role('docmill_app', 'docmill_worker', 'member') as may_take_on`);
    expect(row).toEqual({ inherits: false, may_take_on: true });
  });
});

describe('each table', () => {
  test('shows nothing to nobody, the rows of one owner to that owner, and everything to the workers', async () => {
    const tables = await asOwner<TenantTable>(tenantTables);
    for (const { name, own } of tables) {
      const [all] = await asOwner<{ count: number; mine: number }>(
        `select count(*)::int as count, count(*) filter (where ${own} = '${owner}')::int as mine from ${name}`,
      );
      const count = `select count(*)::int from ${name}`;
      expect([name, await asApp(null, count)]).toEqual([name, [0]]);
      expect([name, await asApp(actorOf(owner), count)]).toEqual([name, [all?.mine]]);
      expect([name, await asApp(actorOf(id(98)), count)]).toEqual([name, [0]]);
    }
  });

  test('the rows of nobody are found by nobody through a view either', async () => {
    const views = ['documents_overview', 'folder_paths', 'job_progress', 'page_words', 'own_pages'];
    for (const view of views) {
      expect([view, await asApp(null, `select count(*)::int from ${view}`)]).toEqual([view, [0]]);
    }
    const own = await asApp(actorOf(owner), 'select count(*)::int from own_pages');
    expect(own).toEqual([1]);
  });

  test.each([
    `insert into folders (id, owner_id, name) values ('${id(97)}', '${stranger}', 'planted')`,
    `update folders set owner_id = '${stranger}' where id = '${rows.folder}'`,
    `insert into documents (id, owner_id, title) values ('${id(97)}', '${stranger}', 'planted')`,
    `insert into api_keys (id, user_id, name, prefix, key_hash)
     values ('${id(97)}', '${stranger}', 'planted', 'dmk_', repeat('f', 64))`,
  ])('lets nobody write for another owner: %s', async (statement) => {
    await expect(asApp(actorOf(owner), statement)).rejects.toMatchObject({ code: '42501' });
  });

  test('a change or removal of rows of another owner finds none', async () => {
    for (const statement of [
      `update documents set title = 'taken' where id = '${rows.strangersDocument}' returning id`,
      `delete from documents where id = '${rows.strangersDocument}' returning id`,
      `update users set role = 'admin' where id = '${stranger}' returning id`,
    ]) {
      expect(await asApp(actorOf(owner), statement)).toEqual([]);
    }
  });
});

describe('a share', () => {
  const reader: DatabaseActor = { kind: 'user', userId: stranger, documentId: rows.document };
  const seen = (sql: Sql) => sql`
    select (select count(*) from documents where owner_id = ${owner}) as documents,
      (select count(*) from document_versions where owner_id = ${owner}) as versions,
      (select count(*) from blobs where owner_id = ${owner}) as blobs,
      (select count(*) from pages where owner_id = ${owner}) as pages,
      (select count(*) from zones where owner_id = ${owner}) as zones,
      (select count(*) from folders where owner_id = ${owner}) as folders,
      (select count(*) from document_shares where owner_id = ${owner}) as shares`;
  const all = { documents: 1, versions: 2, blobs: 1, pages: 1, zones: 2, folders: 0, shares: 0 };
  const none = { documents: 0, versions: 0, blobs: 0, pages: 0, zones: 0, folders: 0, shares: 0 };

  async function withShares(change: string, work: () => Promise<void>): Promise<void> {
    await asOwner(change);
    try {
      await work();
    } finally {
      await asOwner(`update document_shares set revoked_at = null, expires_at = null;
        update document_shares set permission = case when folder_id is null then 'view' else 'edit' end`);
    }
  }

  beforeEach(async () => {
    // Another document of the same owner, which nobody shares.
    await asOwner(`insert into documents (id, owner_id, title) values ('${id(96)}', '${owner}', 'private')
      on conflict do nothing`);
  });

  test('of a document or its folder shows what hangs on that document, and nothing else', async () => {
    expect(await seen(strict.as(reader))).toEqual([all]);
    const only = `update document_shares set revoked_at = now() where`;
    await withShares(`${only} folder_id is not null`, async () => {
      expect(await seen(strict.as(reader))).toEqual([all]);
    });
    await withShares(`${only} document_id is not null`, async () => {
      expect(await seen(strict.as(reader))).toEqual([all]);
    });
  });

  test('shows nothing while the document is not the one asked for', async () => {
    expect(await seen(strict.as(actorOf(stranger)))).toEqual([none]);
    expect(await seen(strict.as({ ...reader, documentId: id(96) }))).toEqual([none]);
  });

  test.each(['revoked_at = now()', `expires_at = now() - interval '1 second'`])(
    'that has ended shows nothing: %s',
    async (end) => {
      await withShares(`update document_shares set ${end}`, async () => {
        expect(await seen(strict.as(reader))).toEqual([none]);
      });
    },
  );

  test('by link shows the document to whoever holds the token, and only then', async () => {
    const nobody = { kind: 'link', userId: id(0), documentId: rows.document } as const;
    expect(await seen(strict.as({ ...nobody, linkHash: 'ab'.repeat(32) }))).toEqual([all]);
    expect(await seen(strict.as({ ...nobody, linkHash: 'cd'.repeat(32) }))).toEqual([none]);
    expect(await seen(strict.as(nobody))).toEqual([none]);
  });

  test('to edit lets zones be changed, to view does not', async () => {
    const change = (sql: Sql) => sql`
      update zones set content = 'changed' where id = ${rows.zone} returning id`;
    expect(await change(strict.as(reader))).toHaveLength(1);
    await withShares(`update document_shares set permission = 'view'`, async () => {
      expect(await change(strict.as(reader))).toHaveLength(0);
    });
    // Deleting the document stays with its owner.
    expect(
      await strict.as(reader)`delete from documents where id = ${rows.document} returning id`,
    ).toHaveLength(0);
  });
});

describe('a reviewer', () => {
  const reviewer = id(95);
  const asked: DatabaseActor = { kind: 'user', userId: reviewer, documentId: rows.document };
  const counts = (sql: Sql) => sql`
    select (select count(*) from documents) as documents, (select count(*) from document_versions) as versions,
      (select count(*) from pages) as pages, (select count(*) from zones) as zones,
      (select count(*) from processing_jobs) as jobs, (select count(*) from folders) as folders,
      (select count(*) from journal_entries) as entries, (select count(*) from document_shares) as shares,
      (select count(*) from export_records) as exports`;
  const nothing = {
    documents: 0,
    versions: 0,
    pages: 0,
    zones: 0,
    jobs: 0,
    folders: 0,
    entries: 0,
  };

  async function give(status: 'assigned' | 'in_progress' | 'pending' | 'cancelled'): Promise<void> {
    const holds = status === 'assigned' || status === 'in_progress';
    const reviewerOrNone = holds
      ? `'${reviewer}', now() + interval '1 hour', now()`
      : 'null, null, null';
    await asOwner(`
      insert into users (id, email, role) values ('${reviewer}', 'reviewer@example.org', 'reviewer') on conflict do nothing;
      delete from hitl_tasks where id = '${id(94)}';
      insert into hitl_tasks (id, owner_id, job_id, page_number, reason, status, assigned_to, lease_expires_at, assigned_at)
      values ('${id(94)}', '${owner}', '${rows.job}', 1, 'requested', '${status}', ${reviewerOrNone})`);
  }

  test.each(['assigned', 'in_progress'] as const)(
    'with a task that is %s sees the one document and what was read of it, and may correct it',
    async (status) => {
      await give(status);
      expect(await counts(strict.as(asked))).toMatchObject([
        { documents: 1, versions: 2, pages: 1, zones: 2, folders: 0, entries: 0, shares: 0 },
      ]);
      const change = strict.as(asked)`
        update zones set content = 'reviewed' where id = ${rows.zone} returning id`;
      expect(await change).toHaveLength(1);
      expect(await strict.as(asked)`delete from documents returning id`).toHaveLength(0);
    },
  );

  test.each(['pending', 'cancelled'] as const)(
    'whose task is %s sees nothing of it and changes nothing',
    async (status) => {
      await give(status);
      expect(await counts(strict.as(asked))).toMatchObject([nothing]);
      const change = strict.as(asked)`
        update zones set content = 'planted' where id = ${rows.zone} returning id`;
      expect(await change).toHaveLength(0);
    },
  );

  test('sees nothing without naming the document, nor another document of the same owner', async () => {
    await give('assigned');
    expect(await counts(strict.as(actorOf(reviewer)))).toMatchObject([nothing]);
    await asOwner(`insert into documents (id, owner_id, title) values ('${id(96)}', '${owner}', 'private')
      on conflict do nothing`);
    expect(await counts(strict.as({ ...asked, documentId: id(96) }))).toMatchObject([nothing]);
  });
});

/** Rows that a transaction sees which are not its actor's. */
async function countForeign(sql: Sql, userId: string): Promise<number> {
  const [row] = await sql<{ foreign: number; own: number }>`
    select count(*) filter (where owner_id <> ${userId}) as foreign, count(*) as own from folders`;
  if (row?.own === 0) throw new Error('not even the own row is seen');
  return row?.foreign ?? -1;
}

const ways: [string, () => { url: string; prepare: boolean }][] = [
  ['directly', () => ({ url: clone.appUrl, prepare: true })],
  ['through PgBouncer in transaction mode', () => ({ url: pooler?.url ?? '', prepare: false })],
];

describe.each(ways)('10,000 transactions of random owners, %s', (way, options) => {
  const skipped = way.startsWith('through') && !poolerInstalled();

  test.skipIf(skipped)(
    `over a pool of 5, with aborts in between, see no foreign row${skipped ? ' (skipped: pgbouncer is not installed)' : ''}`,
    async () => {
      const owners = Array.from({ length: 20 }, (_, n) => id(40 + n).replace('7000', '7001'));
      await asOwner(`
        insert into users (id, email) select u::uuid, u || '@example.org' from unnest('{${owners.join(',')}}'::text[]) u
          on conflict do nothing;
        insert into folders (id, owner_id, name) select u::uuid, u::uuid, u from unnest('{${owners.join(',')}}'::text[]) u
          on conflict do nothing`);
      const database = createDatabase({
        ...options(),
        directUrl: clone.appUrl,
        poolSize: 5,
        connectTimeoutMs: 60_000,
        logger: silentLogger,
      });
      let foreign = 0;
      let nobodys = 0;
      let checked = 0;
      let next = 0;
      const one = async (n: number): Promise<void> => {
        const userId = owners[(n * 7_919) % owners.length] ?? '';
        const actor = actorOf(userId);
        if (n % 10 === 3) {
          const seen = await database.sql`select from folders`;
          nobodys += seen.length;
          return;
        }
        if (n % 4 === 0) {
          foreign += await countForeign(database.as(actor), userId);
          checked += 1;
          return;
        }
        const work = async (sql: Transaction): Promise<void> => {
          foreign += await countForeign(sql, userId);
          checked += 1;
          if (n % 5 === 0) throw new Error('abort');
          if (n % 7 === 0) await sql`select 1 / 0`;
        };
        await database.transaction(work, { actor, attempts: 1 }).catch(() => undefined);
      };
      const caller = async (): Promise<void> => {
        while (next < 10_000) await one((next += 1));
      };
      try {
        await Promise.all(Array.from({ length: 25 }, caller));
      } finally {
        await database.close();
      }
      expect({ foreign, nobodys, checked }).toEqual({ foreign: 0, nobodys: 0, checked: 9_000 });
    },
    120_000,
  );
});

test('the program itself sees the rows of everybody', async () => {
  const [row] = await strict.as(systemActor)<{ owners: number }>`
    select count(distinct owner_id) as owners from documents`;
  expect(row?.owners).toBe(2);
});
