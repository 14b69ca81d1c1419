import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sql, Transaction } from '#db/database.ts';
import type { FolderId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { seedDocument, seedJob, seedUser, seededOwner } from '#test/support/seed-rows.ts';
import { type TestDatabase, createTestDatabase, runOn } from '#test/support/test-database.ts';
import type { AuditEvent } from './audit-event.ts';
import { insertAuditEvent, listAuditEvents } from './audit-repository.ts';

let clone: TestDatabase;
let sql: Sql;

beforeAll(async () => {
  clone = await createTestDatabase();
  sql = clone.database.sql;
});

afterAll(() => clone.close());

/** Runs `work` as a person whose request is known. */
function asPerson(work: (tx: Transaction) => Promise<unknown>, kind = 'user'): Promise<unknown> {
  return clone.database.transaction(async (tx) => {
    await tx`
      select set_config('app.actor_id', ${seededOwner}, true), set_config('app.actor_kind', ${kind}, true),
        set_config('app.request_id', 'request 1', true), set_config('app.reason', 'asked_to', true),
        set_config('app.ip', '192.0.2.7', true), set_config('app.user_agent', 'test', true)`;
    await work(tx);
  });
}

async function eventsOf(resourceId: string): Promise<AuditEvent[]> {
  return (await listAuditEvents(sql, { resourceId, before: null, limit: 100 })).toReversed();
}

async function makeFolder(name: string): Promise<FolderId> {
  const id = newId<FolderId>();
  await asPerson(
    (tx) => tx`insert into folders (id, owner_id, name) values (${id}, ${seededOwner}, ${name})`,
  );
  return id;
}

test('the log tells who changed which columns, from where, in which request and why', async () => {
  const id = await makeFolder('Letters');
  await asPerson((tx) => tx`update folders set name = 'Post' where id = ${id}`);
  await asPerson((tx) => tx`update folders set deleted_at = now() where id = ${id}`);
  await asPerson((tx) => tx`update folders set deleted_at = null where id = ${id}`);
  await asPerson((tx) => tx`delete from folders where id = ${id}`);
  const events = await eventsOf(id);
  expect(events.map((event) => event.action)).toEqual([
    'create',
    'update',
    'trash',
    'restore',
    'delete',
  ]);
  expect(events[1]).toMatchObject({
    actorId: seededOwner,
    actorKind: 'user',
    resourceType: 'folders',
    changes: { name: { from: 'Letters', to: 'Post' } },
    reason: 'asked_to',
    ipAddress: '192.0.2.7',
    userAgent: 'test',
    requestId: 'request 1',
  });
  expect(Object.keys(events[1]?.changes ?? {})).toEqual(['name']);
  expect(events[4]?.changes).toMatchObject({ name: { from: 'Post' } });
});

test('a change that changes nothing, and one of derived columns only, is not logged', async () => {
  const { jobId, documentId } = await seedJob(sql);
  const before = (await eventsOf(documentId)).length;
  await sql`update processing_jobs set status = 'running' where id = ${jobId}`;
  await sql`update documents set title = title where id = ${documentId}`;
  const rows = await sql<{ status: string }>`select status from documents where id = ${documentId}`;
  expect(rows).toEqual([{ status: 'processing' }]);
  expect(await eventsOf(documentId)).toHaveLength(before);
});

test('secrets are masked by their names and by the list of the table, long values are cut', async () => {
  await runOn(
    clone.ownerUrl,
    `create table notes (id uuid primary key, key_hash text, password text, pin text, body text);
     grant all on notes to docmill_app, docmill_worker;
     select audit_table('notes', masked => '{pin}')`,
  );
  const id = newId<FolderId>();
  const body = 'word '.repeat(1_000);
  await sql`insert into notes values (${id}, 'ab', 'cd', 'ef', ${body})`;
  await sql`update notes set key_hash = 'gh', pin = null where id = ${id}`;
  const [created, changed] = await eventsOf(id);
  expect(created?.changes).toEqual({
    key_hash: { to: '***' },
    password: { to: '***' },
    pin: { to: '***' },
    body: { to: { cut: body.slice(0, 500), length: 5_000, sha256: expect.any(String) } },
  });
  expect(changed?.changes).toEqual({
    key_hash: { from: '***', to: '***' },
    pin: { from: '***', to: null },
  });
});

test('zones of a machine are not logged and those of a person are, but not what a purge takes along', async () => {
  const { versionId, ownerId, documentId } = await seedDocument(sql);
  await sql`
    insert into pages (version_id, number, owner_id, width, height, text, text_source, tool, confidence, word_boxes)
    values (${versionId}, 1, ${ownerId}, 10, 10, 'a', 'text_layer', 'test', 1, '\\x00010001000100010001')`;
  const zone = newId<FolderId>();
  await sql`
    insert into zones (id, owner_id, version_id, page_number, position, kind, x, y, width, height, content, confidence, tool)
    values (${zone}, ${ownerId}, ${versionId}, 1, 1, 'text', 0, 0, 1, 1, 'a', 1, 'test')`;
  expect(await eventsOf(zone)).toEqual([]);
  await asPerson((tx) => tx`update zones set content = 'b' where id = ${zone}`);
  expect(await eventsOf(zone)).toMatchObject([
    { action: 'update', changes: { content: { from: 'a', to: 'b' } } },
  ]);
  await asPerson((tx) => tx`update pages set text = 'b' where version_id = ${versionId}`);
  const pages = (await eventsOf(versionId)).filter((event) => event.resourceType === 'pages');
  expect(pages.map((event) => event.changes)).toEqual([
    { number: { is: 1 }, text: { from: 'a', to: 'b' } },
  ]);
  await asPerson((tx) => tx`delete from documents where id = ${documentId}`);
  expect(await eventsOf(zone)).toHaveLength(1);
  expect((await eventsOf(documentId)).map((event) => event.action)).toContain('delete');
});

test('without an actor it was the system, and settings that are no good do not stop a change', async () => {
  const id = newId<FolderId>();
  await clone.database.transaction(async (tx) => {
    await tx`select set_config('app.ip', 'not an address', true), set_config('app.actor_kind', 'robot', true),
      set_config('app.actor_id', '', true)`;
    await tx`insert into folders (id, owner_id, name) values (${id}, ${seededOwner}, 'System')`;
  });
  expect(await eventsOf(id)).toMatchObject([
    { actorId: null, actorKind: 'system', ipAddress: null, requestId: null },
  ]);
});

test('the settings of one transaction do not reach the next one on the same connection', async () => {
  const single = await createTestDatabase({ poolSize: 1 });
  const own = single.database;
  await own.transaction(async (tx) => {
    await tx`select set_config('app.actor_id', ${seededOwner}, true), set_config('app.actor_kind', 'key', true)`;
    await tx`update users set first_name = 'A' where id = ${seededOwner}`;
  });
  await own.sql`update users set first_name = 'B' where id = ${seededOwner}`;
  const rows = await listAuditEvents(own.sql, { resourceId: seededOwner, before: null, limit: 2 });
  expect(rows.map((event) => event.actorKind)).toEqual(['system', 'key']);
  await single.close();
});

test('an event that is no change of a row is logged too, and a rolled back one is not', async () => {
  const id = newId<FolderId>();
  const event = {
    action: 'export.overridden',
    resourceType: 'export',
    resourceId: id,
    changes: { gate: 0.9 },
  };
  await asPerson((tx) => insertAuditEvent(tx, event), 'link');
  await expect(
    asPerson(async (tx) => {
      await insertAuditEvent(tx, event);
      throw new Error('changed its mind');
    }),
  ).rejects.toThrow('changed its mind');
  expect(await eventsOf(id)).toMatchObject([{ actorKind: 'link', changes: { gate: 0.9 } }]);
});

test('the log can be asked by actor, action, table and time', async () => {
  const other = await seedUser(sql);
  await makeFolder('Asked for');
  const query = { before: null, limit: 100 };
  const actors = await listAuditEvents(sql, { ...query, actorId: seededOwner });
  expect(new Set(actors.map((event) => event.actorId))).toEqual(new Set([seededOwner]));
  const created = await listAuditEvents(sql, { ...query, action: 'create', resourceType: 'users' });
  expect(created.map((event) => event.resourceId)).toContain(other);
  const [newest] = actors;
  const until = new Date((newest?.createdAt.getTime() ?? 0) + 1);
  const [found] = await listAuditEvents(sql, { ...query, actorId: seededOwner, until });
  expect(found?.id).toBe(newest?.id);
  expect(await listAuditEvents(sql, { ...query, since: until, actorId: seededOwner })).toEqual([]);
});
