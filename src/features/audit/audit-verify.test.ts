import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase } from '#db/create-database.ts';
import type { Database } from '#db/database.ts';
import type { FolderId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { silentLogger } from '#kernel/logger.ts';
import { seededRandom } from '#test/chaos/seeded-random.ts';
import { seededOwner } from '#test/support/seed-rows.ts';
import { type Draw, readLogRows, tamperings } from '#test/support/tamper-audit.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';
import { readAnchors } from './audit-anchor.ts';
import { anchorAudit, checkChains, verifyAudit } from './audit-service.ts';

let folder: string;
let anchor: string;
let clone: TestDatabase;
let database: Database;
/** As somebody who may do anything to the tables. */
let intruder: Database;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docmill-verify-'));
  anchor = path.join(folder, 'anchor.jsonl');
  clone = await createTestDatabase({ poolSize: 12 });
  database = clone.database;
  intruder = createDatabase({ url: clone.ownerUrl, logger: silentLogger });
});

afterAll(async () => {
  await intruder.close();
  await clone.close();
  await rm(folder, { recursive: true, force: true });
});

const clock = () => new Date('2026-11-20T12:00:00Z');

/** A transaction of several changes, one of them taken back. */
function writeSome(from: Database, changes: number): Promise<void> {
  return from.transaction(async (sql) => {
    await sql`select set_config('app.actor_id', ${seededOwner}, true), set_config('app.request_id', 'r', true)`;
    for (let n = 0; n < changes; n += 1) await insertFolder(sql, `kept ${n}`);
    await sql
      .savepoint(async (inner) => {
        await insertFolder(inner, 'taken back');
        throw new Error('taken back');
      })
      .catch(() => undefined);
    await insertFolder(sql, 'last');
  });
}

async function insertFolder(sql: Database['sql'], name: string): Promise<void> {
  const id = newId<FolderId>();
  await sql`insert into folders (id, owner_id, name) values (${id}, ${seededOwner}, ${`${name} ${id}`})`;
}

function seededDraw(seed: number): Draw {
  const random = seededRandom(seed);
  return (below) => random.between(0, below - 1);
}

test('a log that many wrote to at once, with changes taken back, has no fault', async () => {
  await Promise.all(Array.from({ length: 30 }, (_, n) => writeSome(database, 1 + (n % 4))));
  expect(await anchorAudit(database, anchor, clock)).toBeGreaterThan(3);
  const report = await verifyAudit(database, [anchor]);
  expect(report).toMatchObject({ faults: [], anchored: true });
  expect(report.rows).toBeGreaterThan(100);
  expect(report.chains).toBeGreaterThan(3);
});

test('1,000 random tamperings are found, each of them', async () => {
  const anchors = await readAnchors([anchor]);
  if (anchors === null) throw new Error('there is no anchor');
  const draw = seededDraw(20_261_120);
  const names = Object.keys(tamperings);
  const rows = await readLogRows(intruder.sql);
  const undone = new Error('undone');
  const missed: string[] = [];
  for (let turn = 0; turn < 1_000; turn += 1) {
    const name = names[turn % names.length] ?? '';
    await intruder
      .transaction(async (sql) => {
        const what = await tamperings[name]?.(sql, rows, draw);
        const { faults } = await checkChains(sql, anchors);
        if (faults.length === 0) missed.push(`${name}: ${what}`);
        throw undone;
      })
      .catch((error: unknown) => {
        if (error !== undone) throw error;
      });
  }
  expect(missed).toEqual([]);
  expect((await verifyAudit(database, [anchor])).faults).toEqual([]);
}, 240_000);

test('without the anchor a cut tail and a full rewrite pass, and the report says that it had none', async () => {
  const rows = await readLogRows(intruder.sql);
  await intruder
    .transaction(async (sql) => {
      await tamperings['delete at the tail']?.(sql, rows, seededDraw(1));
      const { faults } = await checkChains(sql, { heads: new Map(), retired: new Set() });
      expect(faults).toEqual([]);
      throw new Error('undone');
    })
    .catch((error: unknown) => expect(error).toMatchObject({ message: 'undone' }));
  const none = await verifyAudit(database, [path.join(folder, 'none.jsonl')]);
  expect(none).toMatchObject({ anchored: false, faults: [] });
});

test('there is no false alarm while others write, anchor and check at the same time', async () => {
  const writers = Array.from({ length: 40 }, () => writeSome(database, 2));
  const faults: unknown[] = [];
  for (let turn = 0; turn < 8; turn += 1) {
    await anchorAudit(database, anchor, clock);
    faults.push(...(await verifyAudit(database, [anchor])).faults);
  }
  await Promise.all(writers);
  faults.push(...(await verifyAudit(database, [anchor])).faults);
  expect(faults).toEqual([]);
});

// The bar of 50,000 events a second is held by `npm run bench -- audit`, which has the machine for itself.
test('a log of many pages is followed from page to page', async () => {
  await database.slow`select append_audit('create', 'folders', gen_random_uuid(), '{"name": {"to": "Letters"}}')
    from generate_series(1, 6000)`;
  const report = await verifyAudit(database, [anchor]);
  expect(report.faults).toEqual([]);
  expect(report.rows).toBeGreaterThan(6_000);
});
