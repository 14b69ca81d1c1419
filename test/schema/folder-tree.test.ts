import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { type FolderId, newId } from '#kernel/ids.ts';
import { eventually } from '#test/support/eventually.ts';
import { seedUser, seededOwner } from '#test/support/seed-rows.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';

let clone: TestDatabase;
let first: Client;
let second: Client;

beforeAll(async () => {
  clone = await createTestDatabase();
});

afterAll(() => clone.close());

beforeEach(async () => {
  first = new Client({ connectionString: clone.appUrl });
  second = new Client({ connectionString: clone.appUrl });
  await Promise.all([first.connect(), second.connect()]);
  // For folders of any owner; a session of its own may do what a transaction of the program does.
  await Promise.all([first, second].map((client) => client.query('set role docmill_worker')));
});

afterEach(async () => {
  await Promise.all([first.end(), second.end()]);
  await clone.database.sql`delete from folders`;
});

async function makeFolder(parent: FolderId | null, name: string, owner = seededOwner) {
  const id = newId<FolderId>();
  await clone.database.sql`
    insert into folders (id, owner_id, parent_id, name) values (${id}, ${owner}, ${parent}, ${name})`;
  return id;
}

/** Folders inside each other, the outermost first. */
async function makeChain(length: number): Promise<FolderId[]> {
  const chain: FolderId[] = [];
  for (let level = 0; level < length; level += 1) {
    chain.push(await makeFolder(chain.at(-1) ?? null, `level ${level + 1}`));
  }
  return chain;
}

function move(client: Client, folder: FolderId, parent: FolderId | null) {
  return client.query('update folders set parent_id = $2 where id = $1', [folder, parent]);
}

async function waitsForLock(): Promise<boolean> {
  const rows = await clone.database.sql`
    select from pg_locks l join pg_database d on d.oid = l.database
    where d.datname = current_database() and l.locktype = 'advisory' and not l.granted`;
  return rows.length === 1;
}

test('two opposite moves at the same time cannot make a cycle: the second one is refused', async () => {
  const [a, b] = [await makeFolder(null, 'a'), await makeFolder(null, 'b')];
  await first.query('begin');
  await move(first, a, b);
  const opposite = move(second, b, a).catch((error: unknown) => error);
  await eventually('the second move to wait', waitsForLock);
  await first.query('commit');
  expect(await opposite).toMatchObject({ constraint: 'folders_no_cycle' });
});

test('moves of different owners do not wait for each other', async () => {
  const other = await seedUser(clone.database.sql);
  const [a, b] = [await makeFolder(null, 'a'), await makeFolder(null, 'b')];
  const [c, d] = [await makeFolder(null, 'a', other), await makeFolder(null, 'b', other)];
  await first.query('begin');
  await move(first, a, b);
  await move(second, c, d);
  await first.query('rollback');
});

test('a folder deep down cannot take its own ancestor in', async () => {
  const chain = await makeChain(6);
  const [top, , , , , bottom] = chain;
  if (!top || !bottom) throw new Error('the chain is too short');
  await expect(move(first, top, bottom)).rejects.toMatchObject({ constraint: 'folders_no_cycle' });
});

test('twenty levels are allowed and one more is not, whether made or moved there', async () => {
  const chain = await makeChain(20);
  const [bottom, aboveBottom] = [chain[19], chain[18]];
  if (!bottom || !aboveBottom) throw new Error('the chain is too short');
  await expect(makeFolder(bottom, 'too deep')).rejects.toMatchObject({
    details: { constraint: 'folders_depth' },
  });
  const tree = await makeFolder(null, 'tree');
  await makeFolder(tree, 'branch');
  await expect(move(first, tree, aboveBottom)).rejects.toMatchObject({
    constraint: 'folders_depth',
  });
  await move(first, tree, chain[17] ?? bottom);
});

test('a wide tree moves, and is counted by its deepest branch', async () => {
  const chain = await makeChain(18);
  const wide = await makeFolder(null, 'wide');
  await clone.database.sql`
    insert into folders (id, owner_id, parent_id, name)
    select gen_random_uuid(), ${seededOwner}, ${wide}, 'branch ' || n from generate_series(1, 500) n`;
  await move(first, wide, chain[17] ?? null);
  const [branch] = await clone.database.sql<{ id: FolderId }>`
    select id from folders where parent_id = ${wide} and name = 'branch 250'`;
  if (!branch) throw new Error('the branch is gone');
  await expect(makeFolder(branch.id, 'too deep')).rejects.toMatchObject({
    details: { constraint: 'folders_depth' },
  });
  await move(first, wide, null);
  await makeFolder(branch.id, 'leaf');
  await expect(move(first, wide, chain[17] ?? null)).rejects.toMatchObject({
    constraint: 'folders_depth',
  });
});

test('a name is free again for siblings when its folder is in the trash', async () => {
  const id = await makeFolder(null, 'Letters');
  await clone.database.sql`update folders set deleted_at = now() where id = ${id}`;
  await makeFolder(null, 'letters');
  const other = await seedUser(clone.database.sql);
  await makeFolder(null, 'Letters', other);
  const paths = await clone.database.sql<{ path: string[] }>`
    select path from folder_paths where owner_id = ${seededOwner} order by id`;
  expect(paths.map((row) => row.path)).toEqual([['Letters'], ['letters']]);
});

test('the path of a folder is the chain of names from Home', async () => {
  const chain = await makeChain(4);
  const rows = await clone.database.sql<{ path: string[] }>`
    select path from folder_paths where id = ${chain[3] ?? null}`;
  expect(rows).toEqual([{ path: ['level 1', 'level 2', 'level 3', 'level 4'] }]);
});
