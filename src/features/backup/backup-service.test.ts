import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { createLocalBlobStore } from '#blobs/local-blob-store.ts';
import type { BlobStore } from '#blobs/blob-store.ts';
import { withBackupSession } from '#db/backup/database-snapshot.ts';
import type { Migration } from '#db/migrate/migration-file.ts';
import { readMigrations } from '#db/migrate/migration-file.ts';
import { migrateUp, verifyMigrations } from '#db/migrate/run-migrations.ts';
import { dumpSchema } from '#db/schema/schema-dump.ts';
import { BlobSweeper, createBlobPurger } from '#features/documents/index.ts';
import { newId } from '#kernel/ids.ts';
import { silentLogger } from '#kernel/logger.ts';
import { OutboxPublisher } from '#queue/outbox-publisher.ts';
import { debianPostgresInstalled, startDebianPostgres } from '#test/support/debian-postgres.ts';
import { rowHashes } from '#test/support/row-hashes.ts';
import type { TestDatabase } from '#test/support/test-database.ts';
import { createEmptyDatabase, createTestDatabase, runOn } from '#test/support/test-database.ts';
import { oneOfEach, owner } from '../../../test/schema/one-of-each.ts';
import { productPaths } from '../../product-paths.ts';
import { sealManifest, readManifest } from './backup-manifest.ts';
import { takeBackup } from './backup-service.ts';
import { checkBackup, restoreBackup } from './restore-service.ts';

vi.setConfig({ testTimeout: 60_000 });

let clone: TestDatabase;
let site: string;
let blobs: BlobStore;
let migrations: Migration[];

beforeAll(async () => {
  clone = await createTestDatabase();
  site = await mkdtemp(path.join(tmpdir(), 'docmill-backup-'));
  blobs = createLocalBlobStore({ folder: path.join(site, 'blobs') });
  migrations = await readMigrations(productPaths.migrations);
  await runOn(clone.ownerUrl, oneOfEach);
  // A month for which a fresh database has no piece, and a text with everything that COPY has to escape.
  await runOn(
    clone.ownerUrl,
    `select ensure_partitions('2024-02-10');
     update documents set title = E'Tab\\t, line\\nend \\\\ "N" \\\\N', metadata = '{"a": "\\u00e4\\ud83d\\ude00"}'`,
  );
  await storeBytes(3);
});

afterAll(async () => {
  await clone.close();
  await rm(site, { recursive: true, force: true });
});

/** Documents with their bytes, as an upload makes them: bytes first, then all rows at once. Resolves to the keys of the bytes. */
async function storeBytes(count: number): Promise<string[]> {
  const keys: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const [document, version, blob] = [newId(), newId(), newId()];
    const bytes = randomBytes(2_000 + n);
    await blobs.put(blob, Readable.from([bytes]));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await runOn(
      clone.ownerUrl,
      `insert into blobs (id, owner_id, purpose, bucket, object_key, sha256, size_bytes, media_type, state, stored_at)
         values ('${blob}', '${owner}', 'source', 'local', '${blob}', '${sha256}', ${bytes.length}, 'application/pdf', 'stored', now());
       insert into documents (id, owner_id, title, current_version_id) values ('${document}', '${owner}', 'New', '${version}');
       insert into document_versions (id, owner_id, document_id, number, blob_id, original_name, uploaded_by)
         values ('${version}', '${owner}', '${document}', 1, '${blob}', 'new.pdf', '${owner}')`,
    );
    keys.push(blob);
  }
  return keys;
}

const backUp = (folder: string, at = '2026-11-21T04:34:43.000Z') =>
  takeBackup({
    ownerUrl: clone.ownerUrl,
    blobs,
    folder: path.join(site, folder),
    version: 'test',
    secretKey: 'a key',
    clock: () => new Date(at),
  });

/** An empty database and store, with `restore` into them. */
async function makeTarget() {
  const database = await createEmptyDatabase();
  onTestFinished(() => database.close());
  const store = createLocalBlobStore({ folder: await mkdtemp(path.join(site, 'restored-')) });
  const keys: string[] = [];
  const restore = (
    folder: string,
    change: { name?: string; migrations?: Migration[]; ownerUrl?: string } = {},
  ) =>
    restoreBackup({
      folder: path.join(site, folder),
      name: change.name,
      migrations: change.migrations ?? migrations,
      ownerUrl: change.ownerUrl ?? database.ownerUrl,
      blobs: store,
      restoreSecretKey: async (key) => void keys.push(key),
    });
  return { ownerUrl: database.ownerUrl, store, keys, restore };
}

test('every row, every byte and the schema are the same after a restore', async () => {
  const taken = await backUp('whole');
  expect(taken).toMatchObject({ name: 'docmill-2026-11-21T04-34-43.000Z' });
  // The two of one-of-each, which were never written.
  expect(taken.missing).toHaveLength(2);
  const target = await makeTarget();
  const restored = await target.restore('whole');
  expect(restored).toMatchObject({ rows: taken.rows, blobs: taken.blobs, missing: taken.missing });
  const [theirs, ours] = [await rowHashes(target.ownerUrl), await rowHashes(clone.ownerUrl)];
  expect(theirs).toEqual(ours);
  const empty = Object.keys(ours).filter((table) => ours[table]?.startsWith('0 '));
  // Lists of work to do, which is done.
  expect(empty).toEqual(['metrics_due', 'schedules']);
  expect(await dumpSchema(target.ownerUrl)).toBe(await dumpSchema(clone.ownerUrl));
  expect(await verifyMigrations(target.ownerUrl, migrations)).toMatchObject({ pending: 0 });
  expect(target.keys).toEqual(['a key']);
  let count = 0;
  for await (const { key } of blobs.list()) {
    expect(await buffer(await target.store.read(key))).toEqual(await buffer(await blobs.read(key)));
    count += 1;
  }
  expect(count).toBe(taken.blobs - taken.missing.length);
  const numbers = `select sequencename || ' ' || coalesce(last_value::text, '') from pg_sequences order by 1`;
  const given = await askColumn(clone.ownerUrl, numbers);
  expect(given.filter((line) => / \d+$/.test(line)).length).toBeGreaterThan(3);
  expect(await askColumn(target.ownerUrl, numbers)).toEqual(given);
  // Triggers write again.
  await runOn(
    target.ownerUrl,
    `insert into users (id, email) values (gen_random_uuid(), 'after@example.org');
     do $$ begin assert (select count(*) = 1 from audit_logs where changes::text like '%after@example.org%'); end $$`,
  );
});

test.skipIf(!debianPostgresInstalled())(
  'PostgreSQL 15 takes a backup of a newer server',
  async () => {
    await backUp('fifteen');
    const server = await startDebianPostgres();
    onTestFinished(() => server.stop());
    const { restore } = await makeTarget();
    await restore('fifteen', { ownerUrl: server.ownerUrl });
    expect(await rowHashes(server.ownerUrl)).toEqual(await rowHashes(clone.ownerUrl));
  },
);

test('a second backup copies only the bytes that are new, and each can be restored by its name', async () => {
  const first = await backUp('twice');
  const [key = ''] = await storeBytes(1);
  const second = await backUp('twice', '2026-11-22T04:34:43.000Z');
  expect([first.copiedBytes > 2_000, second.copiedBytes]).toEqual([true, 2_000]);
  const target = await makeTarget();
  await target.restore('twice', { name: first.name });
  expect(await target.store.stat(key)).toBeNull();
  const newest = await makeTarget();
  expect((await newest.restore('twice')).name).toBe(second.name);
  expect(await newest.store.stat(key)).not.toBeNull();
  await expect(newest.restore('twice', { name: 'docmill-2025' })).rejects.toMatchObject({
    code: 'backup.not_found',
  });
});

test('a backup while others write is of one moment', async () => {
  const load = { isOn: true, written: 0 };
  const writer = (async () => {
    while (load.isOn) load.written += (await storeBytes(1)).length;
  })();
  await vi.waitUntil(() => load.written > 3);
  const before = load.written;
  const { missing } = await backUp('busy');
  const after = load.written;
  load.isOn = false;
  await writer;
  expect(after - before).toBeGreaterThan(3);
  expect(missing).toHaveLength(2);
  const target = await makeTarget();
  await target.restore('busy');
  await runOn(
    target.ownerUrl,
    `do $$ begin
       assert not exists (select from blobs b where not exists (select from document_versions v where v.blob_id = b.id));
       assert not exists (select from documents d where d.title = 'New' and not exists (
         select from audit_logs a where a.resource_id = d.id));
     end $$`,
  );
});

test('what is written while the tables are read is in none of them', async () => {
  await withBackupSession(clone.ownerUrl, (session) =>
    session.snapshot(async (snapshot) => {
      const copies = async () => {
        const texts: string[] = [];
        for (const table of snapshot.tables) texts.push(await text(snapshot.copyTable(table)));
        return [...texts, await text(snapshot.copyBlobList())];
      };
      const before = await copies();
      await storeBytes(1);
      expect(await copies()).toEqual(before);
    }),
  );
});

test('bytes are not removed while a backup runs, and are afterwards', async () => {
  const [key = ''] = await storeBytes(1);
  const purger = new OutboxPublisher({
    database: clone.database,
    handlers: { 'blob.purge': createBlobPurger(blobs) },
    logger: silentLogger,
  });
  const sweeper = new BlobSweeper({ database: clone.database, blobs });
  await withBackupSession(clone.ownerUrl, async () => {
    await clone.database.sql`update blobs set state = 'purging' where id = ${key}`;
    expect(await purger.tick('blob.purge')).toBe(0);
    expect(await sweeper.tick()).toBe(0);
    expect(await blobs.stat(key)).not.toBeNull();
  });
  expect(await sweeper.tick()).toBe(1);
  expect(await blobs.stat(key)).toBeNull();
});

/** The only column of what is found. */
async function askColumn(url: string, query: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<[string]>({ text: query, rowMode: 'array' });
    return rows.map(([value]) => value);
  } finally {
    await client.end();
  }
}

async function onlyBackup(folder: string): Promise<string> {
  const names = await readdir(path.join(site, folder));
  const name = names.find((entry) => entry.startsWith('docmill-')) ?? '';
  return path.join(site, folder, name);
}

test('a spoiled backup is refused before anything is restored', async () => {
  await backUp('spoiled');
  const backup = await onlyBackup('spoiled');
  const target = await makeTarget();
  const refused = async (file: string, spoil: (bytes: Buffer) => Buffer | null) => {
    const before = await readFile(file);
    const after = spoil(before);
    await (after === null ? unlink(file) : writeFile(file, after));
    const outcome = await target.restore('spoiled').catch((error: unknown) => error);
    expect(outcome, file).toMatchObject({ code: 'backup.damaged' });
    const checked = checkBackup({
      folder: path.join(site, 'spoiled'),
      name: undefined,
      migrations,
    });
    await expect(checked).rejects.toMatchObject({ code: 'backup.damaged' });
    await writeFile(file, before);
  };
  const flipped = (bytes: Buffer): Buffer => {
    const copy = Buffer.from(bytes);
    copy.writeUInt8(copy.readUInt8(copy.length >> 1) ^ 1, copy.length >> 1);
    return copy;
  };
  const users = path.join(backup, 'tables', 'users.copy.gz');
  const rewritten = (bytes: Buffer): Buffer =>
    gzipSync(gunzipSync(bytes).toString('utf8').replace('@', '#'));
  await refused(users, flipped);
  await refused(users, rewritten);
  await refused(users, (bytes) => bytes.subarray(0, bytes.length - 20));
  await refused(users, () => null);
  await refused(path.join(backup, 'blobs.tsv.gz'), flipped);
  await refused(path.join(backup, 'manifest.json'), flipped);
  await refused(path.join(backup, 'manifest.json'), () => null);
  const store = path.join(site, 'spoiled', 'blobs');
  const [outer = ''] = await readdir(store);
  const [blob = ''] = await readdir(path.join(store, outer));
  await refused(path.join(store, outer, blob), flipped);
  // Whatever was refused, the same target takes the backup when it is whole again.
  await target.restore('spoiled');
  expect(await rowHashes(target.ownerUrl)).toEqual(await rowHashes(clone.ownerUrl));
});

test('rows that break a rule are refused although their checksums fit', async () => {
  await backUp('lawless');
  const backup = await onlyBackup('lawless');
  const file = path.join(backup, 'manifest.json');
  const manifest = readManifest(await readFile(file, 'utf8'), file);
  const empty = gzipSync('');
  const sha256 = createHash('sha256').update('').digest('hex');
  await writeFile(path.join(backup, 'tables', 'folders.copy.gz'), empty);
  const tables = manifest.tables.map((table) =>
    table.name === 'folders' ? { ...table, rows: 0, bytes: 0, sha256 } : table,
  );
  await writeFile(file, sealManifest({ ...manifest, tables }));
  const target = await makeTarget();
  await expect(target.restore('lawless')).rejects.toMatchObject({
    code: 'backup.damaged',
    message: expect.stringContaining('foreign key'),
  });
});

test('a used database, and a backup of a newer Docmill, are refused', async () => {
  await backUp('refused');
  const target = await makeTarget();
  const older = migrations.slice(0, -1);
  await expect(target.restore('refused', { migrations: older })).rejects.toMatchObject({
    code: 'migration.database_newer',
  });
  const edited = migrations.map((migration) => ({ ...migration, checksum: '0'.repeat(64) }));
  await expect(target.restore('refused', { migrations: edited })).rejects.toMatchObject({
    code: 'migration.checksum_mismatch',
  });
  await migrateUp(target.ownerUrl, migrations);
  await runOn(
    target.ownerUrl,
    `insert into users (id, email) values (gen_random_uuid(), 'x@example.org')`,
  );
  await expect(target.restore('refused')).rejects.toMatchObject({
    code: 'backup.target_not_empty',
  });
});

test('a backup of an older schema is brought up to date, also into a database that was migrated that far', async () => {
  const old = await createEmptyDatabase();
  onTestFinished(() => old.close());
  const before = (migrations.at(-1)?.version ?? 0) - 1;
  await migrateUp(old.ownerUrl, migrations, { to: before });
  const { schemaVersion } = await takeBackup({
    ownerUrl: old.ownerUrl,
    blobs,
    folder: path.join(site, 'older'),
    version: 'test',
    secretKey: null,
    clock: () => new Date(),
  });
  expect(schemaVersion).toBe(before);
  const target = await makeTarget();
  await migrateUp(target.ownerUrl, migrations, { to: before });
  await target.restore('older');
  expect(await verifyMigrations(target.ownerUrl, migrations)).toMatchObject({ pending: 0 });
  expect(target.keys).toEqual([]);
});

test('there is nothing to back up in an empty database, and nothing is left of the attempt', async () => {
  const { ownerUrl } = await makeTarget();
  const folder = path.join(site, 'nothing');
  const attempt = takeBackup({
    ownerUrl,
    blobs,
    folder,
    version: 'test',
    secretKey: null,
    clock: () => new Date(),
  });
  await expect(attempt).rejects.toMatchObject({ code: 'backup.not_found' });
  expect(await readdir(folder)).toEqual([]);
});
