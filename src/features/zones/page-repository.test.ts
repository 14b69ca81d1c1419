import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localOwner } from '#features/identity/index.ts';
import type { PageReading } from '#pipeline/page-reading.ts';
import { makeReading, storeDocument } from '#test/support/factories.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';
import {
  findPage,
  listAllPages,
  listHeadings,
  listZones,
  storePages,
  storedConfidence,
} from './page-repository.ts';
import { streamReading } from './stored-reading.ts';
import { unpackWords } from './stored-words.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

const ownerId = localOwner.userId;

async function storeAndRead(pages: readonly PageReading[]): Promise<PageReading[]> {
  const { versionId } = await storeDocument(db.database, { pages });
  return Array.fromAsync(streamReading(db.database.sql, versionId));
}

/** Single precision is what the columns of zones hold. */
function asStored(page: PageReading): PageReading {
  return {
    ...page,
    zones: page.zones.map((zone) => ({
      ...zone,
      x: expect.closeTo(zone.x, 6),
      y: expect.closeTo(zone.y, 6),
      width: expect.closeTo(zone.width, 6),
      height: expect.closeTo(zone.height, 6),
    })),
  };
}

test.each([
  [0.79999, 0.7999],
  [0.8, 0.8],
  [0.996, 0.996],
  [0.99996, 0.9999],
  [0.29, 0.29],
  [1, 1],
  [0, 0],
])('a confidence of %d is stored as %d: what is below a gate stays below it', (made, kept) => {
  expect(storedConfidence(made)).toBe(kept);
});

describe('what was read comes back equal', () => {
  test.each([
    ['quotes', `it's "so" and ''so''`],
    ['backslashes', String.raw`C:\temp\new \\server \N \. a\b`],
    ['braces and commas', '{a,b} {} NULL null , ,,'],
    ['emoji', '👩‍👩‍👧‍👦 🇪🇺 😀'],
    ['right to left', 'שלום עולם مرحبا بالعالم'],
    ['combining marks', 'e\u0301 a\u030a'],
    ['text that looks like SQL', `'); drop table pages; --`],
    ['JSON', '{"a":[1,"\\u0041"]}'],
    ['markup', '<b>bold</b> &amp; <!-- no -->'],
    ['unusual white space around words', 'one\u200btwo \u2060three'],
  ])('%s', async (_, text) => {
    const page = makeReading(1, text, `second\nparagraph ${text}`);
    expect(await storeAndRead([page])).toEqual([asStored(page)]);
  });

  test('any words', async () => {
    const word = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 12 })
      .map((text) => text.replace(/[\s\p{Cc}\p{Cs}]/gu, ''))
      .filter((text) => text !== '');
    const paragraph = fc.array(word, { minLength: 1, maxLength: 8 }).map((all) => all.join(' '));
    const page = fc.array(paragraph, { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(page, { minLength: 1, maxLength: 3 }), async (texts) => {
        const pages = texts.map((paragraphs, i) => makeReading(i + 1, ...paragraphs));
        expect(await storeAndRead(pages)).toEqual(pages.map(asStored));
      }),
      { numRuns: 40 },
    );
  });

  test('20,000 words on one page', async () => {
    const lines = Array.from({ length: 400 }, (_, row) =>
      Array.from({ length: 50 }, (__, column) => `w${row}x${column}`).join(' '),
    );
    const page = makeReading(1, ...lines);
    const { versionId } = await storeDocument(db.database, { pages: [page] });
    const stored = await findPage(db.database.sql, versionId, 1, true);
    expect(stored?.wordCount).toBe(20_000);
    const words = unpackWords(stored?.text ?? '', stored?.wordBoxes ?? new Uint8Array());
    expect(words).toEqual(page.words);
    expect(await listZones(db.database.sql, versionId, 1, 1)).toHaveLength(400);
  });

  test('an empty page', async () => {
    const page = { ...makeReading(1), warnings: ['blank_page' as const], rotation: 270 };
    expect(await storeAndRead([page])).toEqual([page]);
  });

  test('headings with their level', async () => {
    const page = makeReading(1, 'Title', 'text');
    const [first] = page.zones;
    if (first) Object.assign(first, { kind: 'heading', data: { headingLevel: 2 } });
    const { versionId } = await storeDocument(db.database, { pages: [page] });
    const read = await Array.fromAsync(streamReading(db.database.sql, versionId));
    expect(read).toEqual([asStored(page)]);
    expect(await listHeadings(db.database.sql, versionId)).toEqual([
      { pageNumber: 1, level: 2, text: 'Title' },
    ]);
  });

  test('63 pages, in order, over several batches', async () => {
    const pages = Array.from({ length: 63 }, (_, i) => makeReading(i + 1, `page ${i + 1}`));
    const read = await storeAndRead(pages.toReversed());
    expect(read.map((page) => page.number)).toEqual(pages.map((page) => page.number));
    expect(read.map((page) => page.text)).toEqual(pages.map((page) => page.text));
  });
});

test('a page that is read again replaces itself and its zones, and no other page', async () => {
  const pages = [makeReading(1, 'one'), makeReading(2, 'two', 'zones'), makeReading(3, 'three')];
  const { versionId, jobId } = await storeDocument(db.database, { pages });
  const before = await listZones(db.database.sql, versionId, 1, 3);
  const again = makeReading(2, 'better');
  await db.database.transaction((sql) => storePages(sql, { ownerId, versionId, jobId }, [again]));
  const after = await listZones(db.database.sql, versionId, 1, 3);
  expect(after.map((zone) => [zone.pageNumber, zone.content])).toEqual([
    [1, 'one'],
    [2, 'better'],
    [3, 'three'],
  ]);
  const others = before.filter((zone) => zone.pageNumber !== 2);
  expect(after.filter((zone) => zone.pageNumber !== 2)).toEqual(others);
  expect(await listAllPages(db.database.sql, versionId)).toHaveLength(3);
});

test.each([
  ['corrected a zone', `update zones set content = 'Mine', status = 'corrected'`],
  ['moved a zone', `update zones set x = 0.3`],
])(
  'a page on which a person has %s is kept when it is read again, unless asked',
  async (_, change) => {
    const pages = [makeReading(1, 'one'), makeReading(2, 'two')];
    const { versionId, jobId } = await storeDocument(db.database, { pages });
    await db.database.transaction(
      async (sql) => {
        const text = `${change} where version_id = '${versionId}' and page_number = 2`;
        await sql(Object.assign([text], { raw: [text] }));
      },
      { actor: localOwner },
    );
    const before = await listZones(db.database.sql, versionId, 2, 2);
    const again = [makeReading(1, 'better'), makeReading(2, 'worse')];
    const read = (options: { replaceCorrections?: boolean }) =>
      db.database.transaction((sql) =>
        storePages(sql, { ownerId, versionId, jobId }, again, options),
      );
    expect(await read({})).toEqual([2]);
    expect(await listZones(db.database.sql, versionId, 2, 2)).toEqual(before);
    const [first] = await listZones(db.database.sql, versionId, 1, 1);
    expect(first?.content).toBe('better');
    expect(await read({ replaceCorrections: true })).toEqual([]);
    const [second] = await listZones(db.database.sql, versionId, 2, 2);
    expect(second?.content).toBe('worse');
  },
);

test('pages of a transaction that fails are not there', async () => {
  const { versionId, jobId } = await storeDocument(db.database);
  const failed = db.database.transaction(async (sql) => {
    await storePages(sql, { ownerId, versionId, jobId }, [makeReading(1, 'gone')]);
    throw new Error('on purpose');
  });
  await expect(failed).rejects.toThrow('on purpose');
  expect(await listAllPages(db.database.sql, versionId)).toEqual([]);
});

test('storing no pages does nothing', async () => {
  const { versionId, jobId } = await storeDocument(db.database, { pages: [makeReading(1, 'x')] });
  await db.database.transaction((sql) => storePages(sql, { ownerId, versionId, jobId }, []));
  expect(await listAllPages(db.database.sql, versionId)).toHaveLength(1);
});
