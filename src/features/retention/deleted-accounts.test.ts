import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createBlobPurger } from '#features/documents/index.ts';
import type { UserId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import { OutboxPublisher } from '#queue/outbox-publisher.ts';
import { deletePublished } from '#queue/outbox-repository.ts';
import { oneOfEach, owner, stranger } from '#test/schema/one-of-each.ts';
import {
  type AccountSite,
  type Person,
  openAccountSite,
  sitePassword,
} from '#test/support/account-site.ts';
import { type TestParts, openParts } from '#test/support/start-app.ts';
import { placeHold, releaseHold } from './legal-hold-service.ts';
import type { RetentionLine } from './retention.ts';
import { runRetention } from './retention-service.ts';

const dayMs = 86_400_000;
/** What outlives its user: what was used, and the record of matters. */
const kept = new Set(['usage_events', 'usage_stats', 'legal_holds']);

let parts: TestParts;
/** The owner of the schema, who sees every row. */
let client: Client;
beforeAll(async () => {
  parts = await openParts();
  client = new Client({ connectionString: parts.ownerUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await parts.close();
});

const later = new Date(Date.now() + 31 * dayMs);
const run = (options: { dryRun?: boolean; now?: Date } = {}) =>
  runRetention(
    {
      ...parts,
      rules: { auditMonths: 12, jobDays: 90, metricDays: 3_650, hourlyMonths: 12, trashDays: 30 },
      auditAnchor: path.join(parts.folder, 'anchor.jsonl'),
    },
    () => options.now ?? later,
    { dryRun: options.dryRun ?? false },
  );

function accounts(lines: readonly RetentionLine[]) {
  const line = lines.find(({ subject }) => subject === 'deleted accounts');
  return { count: line?.count, held: line?.held, failure: line?.failure };
}

/** Tells all that waits and forgets what was told. */
async function emptyOutbox(): Promise<void> {
  const { rows } = await client.query<{ topic: string }>('select distinct topic from outbox');
  const purge = createBlobPurger(parts.blobs);
  const handlers = Object.fromEntries(
    rows.map(({ topic }) => [topic, topic === 'blob.purge' ? purge : () => Promise.resolve()]),
  );
  const publisher = new OutboxPublisher({ ...parts, handlers });
  for (const topic of Object.keys(handlers)) while ((await publisher.tick(topic)) > 0);
  await deletePublished(parts.database.slow, -1, 10_000);
}

const namesSchema = z.array(z.object({ table: z.string(), column: z.string() }));

/** How many rows of each table name a user as theirs; tables and columns are those of the catalog. */
async function rowsOf(id: string): Promise<Map<string, number>> {
  const { rows } = await client.query(`
    select c.relname as "table", a.attname as "column" from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and a.attname in ('owner_id', 'user_id') and not a.attisdropped
    order by 1, 2`);
  const found = new Map<string, number>();
  for (const { table, column } of namesSchema.parse(rows)) {
    const counted = await client.query<{ count: number }>(
      `select count(*)::int as count from ${table} where ${column} = $1`,
      [id],
    );
    found.set(table, (found.get(table) ?? 0) + (counted.rows[0]?.count ?? 0));
  }
  return found;
}

const withRows = (found: Map<string, number>): string[] =>
  [...found].flatMap(([table, count]) => (count > 0 ? [table] : []));

describe('an account with a row in every table', () => {
  beforeAll(async () => {
    await client.query(oneOfEach);
    await client.query(`
      update blobs set bucket = '${parts.blobs.name}';
      insert into document_shares (id, owner_id, document_id, grantee_id, permission)
      select gen_random_uuid(), '${stranger}', id, '${owner}', 'edit' from documents where owner_id = '${stranger}';
      insert into api_metrics (recorded_at, method, route, status, duration_ms, user_id)
      values (now(), 'GET', '/', 200, 1, '${owner}');
      insert into processing_metrics (recorded_at, stage, duration_ms, success, user_id)
      values (now(), 'ocr', 10, true, '${owner}');
      insert into session_fields (user_id, session_id, state, expires_at)
      values ('${owner}', 'one', '{}', now() + interval '1 year');
      insert into live_subscriptions (user_id, job_id, expires_at)
      values ('${owner}', gen_random_uuid(), now() + interval '1 year');
      update invitations set accepted_at = now(), accepted_by = '${owner}';
      update users set first_name = 'Ada', settings = '{"theme": "dark"}', limits = '{"pages": 1}', last_login_at = now()
      where id = '${owner}';
      update users set status = 'deleted', deleted_at = now() where id = '${owner}'`);
  });

  test('is in every table that names a user', async () => {
    const rows = await rowsOf(owner);
    expect([...rows].filter(([, count]) => count === 0)).toEqual([]);
    expect(rows.size).toBeGreaterThan(30);
  });

  test('stays for the days of the trash', async () => {
    const before = await rowsOf(owner);
    expect(accounts(await run({ now: new Date() }))).toEqual({ count: 0, held: 0, failure: null });
    expect(await rowsOf(owner)).toEqual(before);
  });

  test('is then removed from every table, and nobody else is', async () => {
    const strangersBefore = await rowsOf(stranger);
    expect(accounts(await run({ dryRun: true }))).toEqual({ count: 1, held: 0, failure: null });
    expect(accounts(await run())).toEqual({ count: 1, held: 0, failure: null });
    await emptyOutbox();
    const left = withRows(await rowsOf(owner)).filter((table) => !kept.has(table));
    expect(left).toEqual([]);
    const strangers = await rowsOf(stranger);
    strangersBefore.delete('outbox');
    strangers.delete('outbox');
    expect(strangers).toEqual(strangersBefore);
    expect(strangers.get('document_shares')).toBe(1);
    expect((await client.query('select from invitations')).rowCount).toBe(0);
  });

  test('leaves an empty row, which a second run does not touch', async () => {
    const rowOf = () => client.query('select * from users where id = $1', [owner]);
    const { rows } = await rowOf();
    expect(rows).toMatchObject([
      {
        email: `${owner}@deleted.invalid`,
        name: null,
        settings: {},
        limits: {},
        last_login_at: null,
        status: 'deleted',
        purged_at: expect.any(Date),
      },
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/Ada|owner@example/);
    expect(accounts(await run())).toEqual({ count: 0, held: 0, failure: null });
    expect((await rowOf()).rows).toEqual(rows);
  });
});

const idSchema = z.looseObject({ id: z.string() });
const uploadedSchema = z.object({ accepted: z.array(z.looseObject({ document: idSchema })) });

describe('an account that its person deletes', () => {
  let site: AccountSite;
  let person: Person;
  let friend: Person;
  let cookie: string;
  beforeAll(async () => {
    site = await openAccountSite(parts);
    await site.newPerson('admin');
  });
  afterAll(() => site.app.close());
  beforeEach(async () => {
    person = await site.newPerson();
    friend = await site.newPerson();
    cookie = await site.signIn(person);
    await fill();
    await site.send('DELETE', '/v1/account', { password: sitePassword }, cookie);
  });

  async function make(route: string, body: unknown): Promise<string> {
    const response = await site.post(route, body, cookie);
    const text = await response.text();
    expect([route, response.status, text]).toEqual([route, 201, text]);
    return idSchema.safeParse(JSON.parse(text)).data?.id ?? '';
  }

  async function upload(name: string, as: string): Promise<string> {
    const body = new FormData();
    body.append('file', new File([`The text of ${name} by ${person.id}.`], name));
    const headers = { cookie: as };
    const response = await fetch(`${site.app.url}/v1/documents`, { method: 'POST', headers, body });
    return uploadedSchema.parse(await response.json()).accepted[0]?.document.id ?? '';
  }

  async function fill(): Promise<void> {
    const folder = await make('/v1/folders', { name: 'Letters' });
    await make('/v1/folders', { name: 'Old', parentId: folder });
    const document = await upload('letter.txt', cookie);
    await upload('more.txt', cookie);
    await make('/v1/shares', { documentId: document, granteeEmail: friend.email });
    await make('/v1/shares', { folderId: folder, granteeEmail: friend.email });
    await make('/v1/keys', { name: 'Script', scopes: ['documents:read'] });
    await make('/v1/journal', { rawData: { text: 'A day by the river' } });
    await make('/v1/timetables', { name: 'Week', year: 2026 });
  }

  const blobsOf = async (id: UserId): Promise<string[]> => {
    const { rows } = await client.query<{ object_key: string }>(
      'select object_key from blobs where owner_id = $1',
      [id],
    );
    return rows.map((row) => row.object_key);
  };
  const stored = async (keys: readonly string[]): Promise<boolean[]> =>
    Promise.all(keys.map(async (key) => (await parts.blobs.stat(key)) !== null));

  test('goes with its documents, folders, entries, shares and keys, and its bytes with the outbox', async () => {
    const keys = await blobsOf(person.id);
    expect(await stored(keys)).toEqual([true, true]);
    expect(accounts(await run())).toMatchObject({ count: 1, failure: null });
    expect(await stored(keys)).toEqual([true, true]);
    await emptyOutbox();
    expect(await stored(keys)).toEqual([false, false]);
    const left = withRows(await rowsOf(person.id)).filter((table) => !kept.has(table));
    expect(left).toEqual([]);
    const usage = await client.query<{ bytes: string }>(
      `select sum(amount) as bytes from usage_events where metric = 'storage_bytes' and owner_id = $1`,
      [person.id],
    );
    expect(Number(usage.rows[0]?.bytes)).toBe(0);
    expect(accounts(await run())).toEqual({ count: 0, held: 0, failure: null });
  });

  test('leaves alone what others have shared with it', async () => {
    const other = await site.newPerson();
    const others = await site.signIn(friend);
    const document = await upload('friend.txt', others);
    const share = { documentId: document, granteeEmail: other.email, permission: 'edit' };
    expect((await site.post('/v1/shares', share, others)).status).toBe(201);
    const as = await site.signIn(other);
    expect((await site.get(`/v1/documents/${document}`, as)).status).toBe(200);
    const gone = await site.send('DELETE', '/v1/account', { password: sitePassword }, as);
    expect(gone.status).toBe(204);
    const before = await rowsOf(friend.id);
    expect(accounts(await run())).toMatchObject({ count: 2, failure: null });
    await emptyOutbox();
    const after = await rowsOf(friend.id);
    before.delete('outbox');
    after.delete('outbox');
    expect(after).toEqual(before);
    const original = await site.get(`/v1/documents/${document}/download/original`, others);
    expect(await original.text()).toContain('The text of friend.txt');
  });

  test('is kept whole by a legal hold until it is released', async () => {
    const before = await rowsOf(person.id);
    const hold = { userId: asId<UserId>(person.id), reason: 'Matter 9', placedBy: 'test' };
    const id = await placeHold(parts.database, hold);
    const free = { password: sitePassword };
    await site.send('DELETE', '/v1/account', free, await site.signIn(friend));
    expect(accounts(await run({ dryRun: true }))).toEqual({ count: 1, held: 1, failure: null });
    expect(accounts(await run())).toEqual({ count: 1, held: 1, failure: null });
    expect(accounts(await run())).toEqual({ count: 0, held: 1, failure: null });
    const held = await rowsOf(person.id);
    held.delete('legal_holds');
    before.delete('legal_holds');
    expect(held).toEqual(before);
    await releaseHold(parts.database, id);
    expect(accounts(await run())).toEqual({ count: 1, held: 0, failure: null });
  });

  test('stays when it cannot be emptied, while the others go, and goes with the next run', async () => {
    await site.send('DELETE', '/v1/account', { password: sitePassword }, await site.signIn(friend));
    const third = await site.newPerson();
    await site.send('DELETE', '/v1/account', { password: sitePassword }, await site.signIn(third));
    await client.query(`
      create function refuse_emptying() returns trigger language plpgsql as $$
      begin
        if new.purged_at is not null and new.id in ('${person.id}', '${friend.id}') then
          raise exception 'not this one';
        end if;
        return new;
      end $$;
      create trigger refuse_emptying before update on users for each row execute function refuse_emptying()`);
    try {
      const failure = `account ${person.id}: not this one (and 1 more)`;
      expect(accounts(await run())).toEqual({ count: 1, held: 0, failure });
      expect(await purgedOf(person, friend, third)).toEqual([false, false, true]);
    } finally {
      await client.query('drop function refuse_emptying cascade');
    }
    expect(accounts(await run())).toEqual({ count: 2, held: 0, failure: null });
    expect(await purgedOf(person, friend, third)).toEqual([true, true, true]);
  });

  const purgedOf = async (...people: readonly Person[]): Promise<boolean[]> => {
    const ids = people.map(({ id }) => id);
    const { rows } = await client.query<{ purged: boolean }>(
      'select purged_at is not null as purged from users where id = any($1) order by deleted_at',
      [ids],
    );
    return rows.map((row) => row.purged);
  };
});
