import { afterAll, beforeAll, expect, test } from 'vitest';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DataSite } from './data-site.ts';
import { openDataSite } from './data-site.ts';
import { archiveChanges, archiveQueries } from './archive-queries.ts';
import { namedQueries } from './named-queries.ts';
import { explainQuery, wholeTablesRead } from './query-plans.ts';

let folder: string;
let site: DataSite;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docmill-plans-'));
  // Started as root, PostgreSQL runs as another user, who must be able to pass through to its data.
  await chmod(folder, 0o711);
  site = await openDataSite(folder, {
    owners: 100,
    documents: 10_000,
    zonesPerDocument: 4,
    historyPerJob: 3,
    treeFolders: 2_000,
    archiveFolders: 100_000,
  });
}, 120_000);

afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true, force: true });
});

test.each(namedQueries)(
  'the plan of $name uses its index and reads no whole table',
  async (query) => {
    const plan = await explainQuery(site.appUrl, query, site.draw());
    expect(plan).toMatch(query.index);
    expect(wholeTablesRead(plan)).toEqual([]);
  },
);

const ofArchive = [...archiveQueries, ...archiveChanges];
test.each(
  ofArchive.flatMap((query) => [
    { query, anyOwner: false },
    { query, anyOwner: true },
  ]),
)(
  'the plan of $query.name over a hundred thousand folders uses its index (for any owner: $anyOwner)',
  async ({ query, anyOwner }) => {
    const archivist = { ...site.draw(), actor: site.archivist };
    const plan = await explainQuery(site.appUrl, query, archivist, { anyOwner });
    expect(plan).toMatch(query.index);
    expect(wholeTablesRead(plan)).toEqual([]);
  },
);

test('what is asked of a hundred thousand folders finds some', async () => {
  const archivist = { ...site.draw(), actor: site.archivist };
  const [owned] = await site.admin.sql<{ folders: number }>`
    select count(*)::int as folders from folders where owner_id = ${site.archivist.userId}`;
  expect(owned?.folders).toBeGreaterThan(100_000);
  const sql = site.app.as(site.archivist);
  const found = await Promise.all(
    archiveQueries.map(async (query) => [
      query.name,
      JSON.stringify(await query.run(sql, archivist)),
    ]),
  );
  const empty = found.filter(([, rows]) => rows === '[]');
  expect(empty.map(([name]) => name)).toEqual(['archive.list_trash']);
});

test('a table that is read whole is found out in a plan', () => {
  const plan =
    'Limit\n  ->  Seq Scan on documents d\n  ->  Parallel Seq Scan on schedules\n  ->  Seq Scan on zones';
  expect(wholeTablesRead(plan)).toEqual(['documents', 'zones']);
});

test('every named query finds something in the rows of the bench', async () => {
  const drawn = site.draw();
  const sql = site.app.as(drawn.actor);
  const found = await Promise.all(
    namedQueries.map(async (query) => [query.name, JSON.stringify(await query.run(sql, drawn))]),
  );
  const empty = found.filter(([, rows]) => rows === '[]' || rows === 'null' || rows === '0');
  expect(empty.map(([name]) => name)).toEqual(['documents.of_status', 'search.rare_word']);
});
