import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { localOwner } from '#features/identity/index.ts';
import { encodeCursor } from '#kernel/cursor.ts';
import type { DocumentId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import {
  type DocumentWish,
  type StoredDocument,
  cellOf,
  insertUser,
  makeReading,
  storeDocument,
} from '#test/support/factories.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';
import type { SearchResult } from './search-schema.ts';
import type { SearchRequest } from './search-service.ts';
import { searchPages } from './search-service.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());
afterEach(async () => {
  await db.database.sql`delete from documents`;
});

function search(q: string, more: Partial<SearchRequest> = {}): Promise<SearchResult> {
  return searchPages(db, localOwner, {
    requestId: randomUUID(),
    q,
    order: 'newest',
    documentId: undefined,
    limit: 20,
    cursor: undefined,
    ...more,
  });
}

const store = (...texts: string[]): Promise<StoredDocument> =>
  storeWish({ pages: texts.map((text, i) => makeReading(i + 1, text)) });
const storeWish = (wish: DocumentWish) => storeDocument(db.database, wish);

/** The words of the found pages that the boxes stand on, in order. */
function wordsAt(result: SearchResult, pages: readonly string[]): (string | undefined)[] {
  return result.items.flatMap((hit) => {
    const words = pages[hit.pageNumber - 1]?.split(/\s+/u) ?? [];
    return hit.boxes.map((box) =>
      words.find((_, index) => {
        const cell = cellOf(index);
        return Math.abs(cell.x - box.x) < 1e-4 && Math.abs(cell.y - box.y) < 1e-4;
      }),
    );
  });
}

const pagesOf = (result: SearchResult): number[] => result.items.map((hit) => hit.pageNumber);

describe('the query', () => {
  const pages = [
    'The miller grinds wheat and barley',
    'Wheat prices rose; barley fell',
    'A mill of barley wheat flour',
    'Nothing about grain here',
  ];

  test.each([
    ['wheat', [1, 2, 3]],
    ['wheat barley', [1, 2, 3]],
    ['wheat grinds', [1]],
    ['"barley wheat"', [3]],
    ['wheat -prices', [1, 3]],
    ['flour or grain', [3, 4]],
    ['WHEAT', [1, 2, 3]],
    ['grinding', [1]],
    ['price', [2]],
    ['wheat (barley', [1, 2, 3]],
    ['rye', []],
  ])('%s finds pages %j', async (q, expected) => {
    await store(...pages);
    const result = await search(q);
    expect(pagesOf(result)).toEqual(expected);
    expect(result.count).toEqual({ value: expected.length, exact: true });
  });

  test('does not care for accents, on either side', async () => {
    const text = ['Café Müller naïve', 'Cafe Muller naive'];
    await store(...text);
    for (const q of ['café', 'cafe', 'muller', 'MÜLLER', 'naïve']) {
      const result = await search(q);
      expect(pagesOf(result), q).toEqual([1, 2]);
      expect(
        result.items.every((hit) => hit.boxes.length === 1),
        q,
      ).toBe(true);
    }
  });

  test('of other scripts finds words as they stand', async () => {
    await store('Привет мир', 'שלום עולם');
    expect(pagesOf(await search('мир'))).toEqual([1]);
    expect(pagesOf(await search('שלום'))).toEqual([2]);
  });

  test.each(['the', 'of and the', '...', '- "', '😀', '&|!()', '\0', '"the"', '\ud800'])(
    '%j that holds no word is refused',
    async (q) => {
      await expect(search(q)).rejects.toMatchObject({ code: 'search.query_invalid' });
    },
  );

  test.each([
    `wheat'; drop table pages; --`,
    `wheat') or true --`,
    `wheat:* & barley | !x <-> y`,
    String.raw`wheat \'; select pg_sleep(10)`,
    'wheat\0barley',
    '%_wheat%',
    '$1 wheat ${wheat}',
  ])('%j is only words', async (q) => {
    await store(...pages);
    const result = await search(q);
    expect(result.count.exact).toBe(true);
    expect(await db.database.sql`select 1 as one from pages limit 1`).toHaveLength(1);
  });

  test('of 500 characters is searched, whatever they are', async () => {
    await store(...pages);
    expect(pagesOf(await search('wheat '.repeat(83)))).toEqual([1, 2, 3]);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 500 }), async (q) => {
        const result = await search(q).catch((error: unknown) => error);
        if (result instanceof Error) expect(result).toMatchObject({ code: 'search.query_invalid' });
      }),
      { numRuns: 60 },
    );
  });
});

describe('newest first', () => {
  test('gives every hit once over pages of results, while documents come in', async () => {
    const expected: string[] = [];
    for (let i = 0; i < 9; i++) {
      const { documentId } = await store('needle one', 'hay', 'needle two', 'needle three');
      expected.push(...[1, 3, 4].map((page) => `${documentId} ${page}`));
    }
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const result = await search('needle', { limit: 4, cursor });
      expect(result.items.length).toBeLessThanOrEqual(4);
      found.push(...result.items.map((hit) => `${hit.documentId} ${hit.pageNumber}`));
      cursor = result.nextCursor ?? undefined;
      await store('needle that came in later');
    } while (cursor !== undefined);
    const inOrder = expected.toSorted((a, b) => {
      const [idA = '', pageA] = a.split(' ');
      const [idB = '', pageB] = b.split(' ');
      return idA === idB ? Number(pageA) - Number(pageB) : idA < idB ? 1 : -1;
    });
    expect(found).toEqual(inOrder);
  });

  test('can stay inside one document', async () => {
    const { documentId } = await store('needle', 'hay', 'needle');
    await store('needle');
    const result = await search('needle', { documentId });
    expect(result.items.map((hit) => [hit.documentId, hit.pageNumber])).toEqual([
      [documentId, 1],
      [documentId, 3],
    ]);
    expect(result.count.value).toBe(2);
    expect((await search('needle', { documentId: newId<DocumentId>() })).items).toEqual([]);
  });
});

describe('by relevance', () => {
  test('the page where the words stand closer and more often comes first', async () => {
    await store(
      'wheat once and then far away, after very many other words, the barley',
      'wheat barley wheat barley',
      'hay',
    );
    expect(pagesOf(await search('wheat barley', { order: 'relevance' }))).toEqual([2, 1]);
  });

  test('gives every hit once over pages of results', async () => {
    const texts = Array.from({ length: 23 }, (_, i) => 'needle '.repeat((i % 5) + 1).trim());
    await store(...texts);
    const found: number[] = [];
    let cursor: string | undefined;
    do {
      const result = await search('needle', { order: 'relevance', limit: 5, cursor });
      found.push(...pagesOf(result));
      cursor = result.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(found.toSorted((a, b) => a - b)).toEqual(texts.map((_, i) => i + 1));
    const counts = found.map((number) => texts[number - 1]?.length ?? 0);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  });
});

test.each([
  ['newest', 'nonsense'],
  ['newest', encodeCursor(['x', 1])],
  ['newest', encodeCursor([newId<DocumentId>(), 'x'])],
  ['newest', encodeCursor([newId<DocumentId>(), 1e12])],
  ['relevance', encodeCursor([-1])],
  ['relevance', encodeCursor([1.5])],
  ['relevance', encodeCursor(['x'])],
  ['relevance', encodeCursor([1e9])],
] as const)('%s refuses the cursor %s, which it never gave out', async (order, cursor) => {
  await store('needle');
  await expect(search('needle', { order, cursor })).rejects.toMatchObject({
    code: 'cursor.invalid',
  });
});

test('beyond a thousand hits the count says at least', async () => {
  const pages = Array.from({ length: 1_001 }, (_, i) => makeReading(i + 1, 'needle'));
  await storeWish({ pages: pages.slice(1) });
  expect((await search('needle')).count).toEqual({ value: 1_000, exact: true });
  await store('needle');
  expect((await search('needle')).count).toEqual({ value: 1_000, exact: false });
});

describe('what is not found', () => {
  test('a document in the trash, until it is restored', async () => {
    const { documentId } = await store('needle');
    const trash = (deleted: Date | null) => db.database.sql`
      update documents set deleted_at = ${deleted} where id = ${documentId}`;
    await trash(new Date());
    expect(await search('needle')).toMatchObject({ items: [], count: { value: 0 } });
    expect((await search('needle', { documentId })).items).toEqual([]);
    expect((await search('needle', { order: 'relevance' })).items).toEqual([]);
    await trash(null);
    expect((await search('needle')).items).toHaveLength(1);
  });

  test('a document of somebody else', async () => {
    const stranger = await insertUser(db.database);
    const pages = [makeReading(1, 'needle')];
    const { documentId } = await storeDocument(db.database, { pages }, stranger);
    expect(await search('needle')).toMatchObject({ items: [], count: { value: 0 } });
    expect((await search('needle', { documentId })).items).toEqual([]);
    expect((await search('needle', { order: 'relevance', documentId })).items).toEqual([]);
  });
});

describe('boxes', () => {
  test.each([
    ['wheat', 'the wheat, and "wheat"; no barley (wheat)!', ['wheat,', '"wheat";', '(wheat)!']],
    ['law', 'a mother-in-law and a law', ['mother-in-law', 'law']],
    ['"mother-in-law"', 'a mother-in-law came', ['mother-in-law']],
    ['tag', 'a <b>tag</b> and <i class="x y"> more </i> tag', ['<b>tag</b>', 'tag']],
    ['z', 'if x < y and y > z then <z> z', ['z', 'z']],
    ['docs', 'see https://docs.example.test/a/b?c=d or docs', ['docs']],
    ['example.test', 'mail me@example.test or example.test now', ['example.test']],
    ['cafe', 'Café — café, CAFÉ.', ['Café', 'café,', 'CAFÉ.']],
    ['rye', '😀 👩‍👩‍👧‍👦 🇪🇺 rye', ['rye']],
    ['rye', '&amp; &lt; &nbsp; rye', ['rye']],
    ['rye', 'one\u200btwo a\u00adb rye', ['rye']],
    ['1,234.50', 'total 1,234.50 EUR', ['1,234.50']],
  ])('of %s stand on the right words of %j', async (q, text, words) => {
    await store(text);
    const result = await search(q);
    expect(wordsAt(result, [text])).toEqual(words);
    const hits = result.items.flatMap((hit) => hit.snippet.filter((piece) => piece.hit));
    expect(hits.map((piece) => piece.text.trim()).join(' ')).toBe(words.join(' '));
  });

  test('stand on the needle in whatever hay', async () => {
    const odd = ['<', '>', '</', '/>', '&', ';', '"', `'`, '-', '/', '@', '.', '\\', ':', '//'];
    const piece = fc.constantFrom(...odd, '!--', '?', '=', 'a', 'b7', '1', 'É', '😀', 'http://');
    const word = fc.array(piece, { minLength: 1, maxLength: 5 }).map((all) => all.join(''));
    let found = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 25 }), fc.nat(25), async (hay, place) => {
        const text = hay.toSpliced(place, 0, '>needle<').join(' ');
        await store(text);
        const result = await search('needle');
        await db.database.sql`delete from documents`;
        // Words that look like markup around the needle keep it from being indexed.
        if (result.items.length === 0) return;
        found += 1;
        expect(wordsAt(result, [text]), text).toEqual(['>needle<']);
      }),
      { numRuns: 60 },
    );
    expect(found).toBeGreaterThan(20);
  });

  test('are found again in the words that are stored', async () => {
    const pages = ['one two needle three', 'needle needle'];
    const { versionId } = await store(...pages);
    const rows = await db.database.sql<{ number: number; text: string; x: number; y: number }>`
      select page_number as number, text, x, y from page_words where version_id = ${versionId}
      order by page_number, word_index`;
    for (const hit of (await search('needle')).items) {
      const words = rows.filter((row) => row.number === hit.pageNumber);
      const at = hit.boxes.map(
        (box) =>
          words.find(({ x, y }) => Math.abs(x - box.x) < 1e-6 && Math.abs(y - box.y) < 1e-6)?.text,
      );
      expect(at).toEqual(hit.pageNumber === 1 ? ['needle'] : ['needle', 'needle']);
    }
  });

  test('are 200 at most', async () => {
    await store('needle '.repeat(500).trim());
    const [hit] = (await search('needle')).items;
    expect(hit?.boxes).toHaveLength(200);
  });
});
