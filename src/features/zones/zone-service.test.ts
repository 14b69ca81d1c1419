import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localOwner } from '#features/identity/index.ts';
import { searchResultSchema } from '#features/search/index.ts';
import { type AppError, isAppError } from '#kernel/app-error.ts';
import type { DocumentId, VersionId, ZoneId } from '#kernel/ids.ts';
import { asId, newId } from '#kernel/ids.ts';
import type { PageReading } from '#pipeline/page-reading.ts';
import { insertUser, makeReading, storeDocument } from '#test/support/factories.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';
import { findPage, listZones, type ZoneRow } from './page-repository.ts';
import { unpackWords } from './stored-words.ts';
import { zoneEtag } from './zone.ts';
import {
  createZone,
  cutZone,
  deleteZone,
  editZone,
  getRevisions,
  getZone,
  mergeIntoZone,
  orderZones,
  revertToRevision,
} from './zone-service.ts';

let parts: TestParts;
let app: TestApp;
beforeAll(async () => {
  parts = await openParts();
  app = await startApp(parts);
});
afterAll(async () => {
  await app.close();
  await parts.close();
});

const note = { ifMatch: undefined, reasonCode: null };

interface Stored {
  documentId: DocumentId;
  versionId: VersionId;
  zones: ZoneRow[];
}

async function store(...texts: string[]): Promise<Stored> {
  const pages: PageReading[] = [makeReading(1, ...texts)];
  const { documentId, versionId } = await storeDocument(parts.database, { pages });
  return { documentId, versionId, zones: await zonesOf(versionId) };
}

const zonesOf = (versionId: VersionId) => listZones(parts.database.sql, versionId, 1, 1);
const idAt = ({ zones }: Stored, index: number): ZoneId => zones[index]?.id ?? asId<ZoneId>('');

async function pageOf(versionId: VersionId) {
  const page = await findPage(parts.database.sql, versionId, 1, true);
  if (page === null) throw new Error('the page is gone');
  const words = unpackWords(page.text, page.wordBoxes);
  expect(page.wordBoxes).toHaveLength(10 * words.length);
  return { ...page, words };
}

async function find(query: string): Promise<string[]> {
  const response = await fetch(`${app.url}/v1/search?q=${encodeURIComponent(query)}`);
  const { items } = searchResultSchema.parse(await response.json());
  return items.map((item) => item.documentId);
}

async function refusal(work: Promise<unknown>): Promise<AppError> {
  const error = await work.catch((reason: unknown) => reason);
  if (!isAppError(error)) throw new Error('nothing was refused', { cause: error });
  return error;
}

describe('a corrected text', () => {
  test('is in the page, the search, the box of a hit and every download at once', async () => {
    const stored = await store('Dear Sir', 'the qvokka ledger', 'Yours');
    const { documentId, versionId } = stored;
    const zone = await editZone(
      parts,
      localOwner,
      idAt(stored, 1),
      { content: 'the quokka ledger' },
      {
        ...note,
        reasonCode: 'ocr_error',
      },
    );
    expect(zone).toMatchObject({
      content: 'the quokka ledger',
      status: 'corrected',
      confidence: 1,
    });
    expect((await pageOf(versionId)).text).toBe('Dear Sir\n\nthe quokka ledger\n\nYours');
    expect(await find('quokka')).toEqual([documentId]);
    expect(await find('qvokka')).toEqual([]);
    for (const format of ['text', 'markdown', 'json', 'hocr']) {
      const answer = await fetch(`${app.url}/v1/documents/${documentId}/download/${format}`);
      const text = await answer.text();
      expect(text, format).toContain('quokka');
      expect(text, format).not.toContain('qvokka');
    }
  });

  test('leads a hit to the place where the word stood', async () => {
    const stored = await store('one two', 'thrse four');
    const before = (await pageOf(stored.versionId)).words[2];
    await editZone(parts, localOwner, idAt(stored, 1), { content: 'threeandmore four' }, note);
    const { words } = await pageOf(stored.versionId);
    expect(words[2]).toEqual({ ...before, text: 'threeandmore' });
  });

  test('of another length moves the words of the zones behind it', async () => {
    const stored = await store('one', 'two', 'three');
    await editZone(parts, localOwner, idAt(stored, 0), { content: 'one and a half' }, note);
    const zones = await zonesOf(stored.versionId);
    expect(zones.map(({ wordFrom, wordTo }) => [wordFrom, wordTo])).toEqual([
      [0, 3],
      [4, 4],
      [5, 5],
    ]);
    expect(zones.map(({ rowVersion }) => rowVersion)).toEqual([2, 1, 1]);
    expect(await getRevisions(parts, localOwner, idAt(stored, 1))).toEqual([]);
  });

  test('that is sent unchanged is a confirmation', async () => {
    const stored = await store('sure');
    await parts.database.sql`update zones set confidence = 0.3 where id = ${idAt(stored, 0)}`;
    const zone = await editZone(parts, localOwner, idAt(stored, 0), { content: 'sure' }, note);
    expect(zone).toMatchObject({ confidence: 1, status: 'corrected' });
  });

  test('makes the page certain when the last of its zones was seen', async () => {
    const stored = await store('one', 'two');
    await parts.database
      .sql`update pages set confidence = 0.4 where version_id = ${stored.versionId}`;
    await editZone(parts, localOwner, idAt(stored, 0), { content: 'one' }, note);
    expect((await pageOf(stored.versionId)).confidence).toBe(0.4);
    await editZone(parts, localOwner, idAt(stored, 1), { content: 'two!' }, note);
    expect((await pageOf(stored.versionId)).confidence).toBe(1);
  });

  test('whatever is accepted comes back equal', async () => {
    const stored = await store('x', 'behind');
    const id = idAt(stored, 0);
    const content = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        `'); drop table zones; --`,
        '\\N',
        '{"a":1}',
        '',
        ' ',
        '\n\n',
        'a\u00a0b',
        '\u2028',
        '\ufeff',
        'İ',
      ),
    );
    await fc.assert(
      fc.asyncProperty(content, async (text) => {
        const outcome = await editZone(parts, localOwner, id, { content: text }, note).then(
          (zone) => zone.content,
          (error: unknown) => error,
        );
        if (isAppError(outcome)) {
          expect(outcome).toMatchObject({ code: 'zone.invalid', details: { field: 'content' } });
          expect(/[^\P{Cc}\n\t]/u.test(text) || !text.isWellFormed()).toBe(true);
        } else {
          expect(outcome).toBe(text);
          const { words } = await pageOf(stored.versionId);
          expect(words.at(-1)?.text).toBe('behind');
          const zone = await getZone(parts, localOwner, id);
          const own =
            zone.wordFrom === null ? [] : words.slice(zone.wordFrom, (zone.wordTo ?? 0) + 1);
          expect(own.map((word) => word.text)).toEqual(
            text.split(/\s+/u).filter((word) => word !== ''),
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('an edit', () => {
  test('with a stale ETag is refused, and of ten at once with one ETag exactly one wins', async () => {
    const stored = await store('contested');
    const zone = await getZone(parts, localOwner, idAt(stored, 0));
    const edits = Array.from({ length: 10 }, (_, n) =>
      editZone(
        parts,
        localOwner,
        zone.id,
        { content: `text ${n}` },
        { ...note, ifMatch: zoneEtag(zone) },
      ),
    );
    const results = await Promise.allSettled(edits);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') {
        expect(result.reason).toMatchObject({ code: 'request.precondition_failed' });
      }
    }
    expect(await getRevisions(parts, localOwner, zone.id)).toHaveLength(1);
  });

  test('of different zones of one page at the same time loses nothing', async () => {
    const texts = Array.from({ length: 8 }, (_, n) => `zone ${n}`);
    const stored = await store(...texts);
    await Promise.all(
      stored.zones.map(({ id }, n) =>
        editZone(parts, localOwner, id, { content: `new ${n} words` }, note),
      ),
    );
    const { text } = await pageOf(stored.versionId);
    expect(text.split('\n\n')).toEqual(texts.map((_, n) => `new ${n} words`));
  });

  test('of a zone that is being read is refused', async () => {
    const stored = await store('busy');
    await parts.database.sql`update zones set status = 'processing' where id = ${idAt(stored, 0)}`;
    const error = await refusal(
      editZone(parts, localOwner, idAt(stored, 0), { content: 'x' }, note),
    );
    expect(error).toMatchObject({ code: 'zone.conflict', details: { status: 'processing' } });
  });

  test.each([
    ['outside of the page', { box: { x: 0.9, y: 0, width: 0.5, height: 0.1 } }, 'box'],
    ['empty', { box: { x: 0, y: 0, width: 0, height: 0.1 } }, 'box'],
  ])('that makes the box %s is refused and names the field', async (_, edit, field) => {
    const stored = await store('boxed');
    const error = await refusal(editZone(parts, localOwner, idAt(stored, 0), edit, note));
    expect(error).toMatchObject({ code: 'zone.invalid', details: { field } });
  });
});

test('revisions say what was, by whom and why, and any of them can be brought back word by word', async () => {
  const stored = await store('The first text', 'behind');
  const id = idAt(stored, 0);
  const before = await pageOf(stored.versionId);
  const reason = { ifMatch: undefined, reasonCode: 'typo' };
  await editZone(parts, localOwner, id, { content: 'Something else entirely, and longer' }, reason);
  await editZone(parts, localOwner, id, { kind: 'heading' }, note);
  await editZone(parts, localOwner, id, { box: { x: 0.5, y: 0.5, width: 0.2, height: 0.1 } }, note);
  const revisions = await getRevisions(parts, localOwner, id);
  expect(revisions).toMatchObject([
    { number: 3, kind: 'geometry', zoneKind: 'heading', authorId: localOwner.userId },
    { number: 2, kind: 'retype', zoneKind: 'text', reasonCode: null },
    { number: 1, kind: 'correction', content: 'The first text', reasonCode: 'typo' },
  ]);
  const reverted = await revertToRevision(parts, localOwner, id, 1, note);
  expect(reverted).toMatchObject({ content: 'The first text', kind: 'text', confidence: 1 });
  expect((await pageOf(stored.versionId)).words).toEqual(before.words);
  expect(await getRevisions(parts, localOwner, id)).toHaveLength(4);
  expect((await refusal(revertToRevision(parts, localOwner, id, 9, note))).code).toBe(
    'revision.not_found',
  );
});

test('a removed zone leaves page and search, and comes back where it was', async () => {
  const stored = await store('stays', 'vanishing wombat', 'stays too');
  const id = idAt(stored, 1);
  const before = await pageOf(stored.versionId);
  const etag = zoneEtag(await getZone(parts, localOwner, id));
  await deleteZone(parts, localOwner, id, { ifMatch: etag, reasonCode: 'noise' });
  expect((await pageOf(stored.versionId)).text).toBe('stays\n\nstays too');
  expect(await find('wombat')).toEqual([]);
  expect((await refusal(getZone(parts, localOwner, id))).code).toBe('zone.not_found');
  const [last] = await getRevisions(parts, localOwner, id);
  expect(last).toMatchObject({ kind: 'removal', reasonCode: 'noise', content: 'vanishing wombat' });
  const back = await revertToRevision(parts, localOwner, id, 1, note);
  expect(zoneEtag(back)).not.toBe(etag);
  expect((await pageOf(stored.versionId)).words).toEqual(before.words);
  expect((await zonesOf(stored.versionId)).map((zone) => zone.content)).toEqual([
    'stays',
    'vanishing wombat',
    'stays too',
  ]);
  expect(await find('wombat')).toEqual([stored.documentId]);
});

describe('the zones of a page', () => {
  test('take another order, and the text follows', async () => {
    const stored = await store('one', 'two', 'three');
    const ids = stored.zones.map(({ id }) => id).toReversed();
    await orderZones(parts, localOwner, stored.documentId, 1, ids);
    expect((await pageOf(stored.versionId)).text).toBe('three\n\ntwo\n\none');
    expect((await getRevisions(parts, localOwner, idAt(stored, 0)))[0]).toMatchObject({
      kind: 'geometry',
      position: 1,
    });
    for (const wrong of [
      ids.slice(1),
      [...ids.slice(1), newId<ZoneId>()],
      [...ids, idAt(stored, 0)],
    ]) {
      const error = await refusal(orderZones(parts, localOwner, stored.documentId, 1, wrong));
      expect(error.code).toBe('zone.conflict');
    }
  });

  test('are merged and split; the parts keep their words', async () => {
    const stored = await store('one', 'two three', 'four');
    const merged = await mergeIntoZone(parts, localOwner, idAt(stored, 0), [idAt(stored, 2)], note);
    expect(merged.content).toBe('one\nfour');
    expect((await pageOf(stored.versionId)).text).toBe('one\nfour\n\ntwo three');
    const [first, second] = await cutZone(parts, localOwner, idAt(stored, 1), 1, note);
    expect([first.content, second.content]).toEqual(['two', 'three']);
    const zones = await zonesOf(stored.versionId);
    expect(zones.map(({ position, content }) => [position, content])).toEqual([
      [1, 'one\nfour'],
      [2, 'two'],
      [3, 'three'],
    ]);
    expect((await getRevisions(parts, localOwner, idAt(stored, 2)))[0]).toMatchObject({
      kind: 'removal',
      reasonCode: 'merge',
    });
  });

  test('get a new one where it belongs, up to the limit', async () => {
    const stored = await store('one', 'two');
    const box = { x: 0.1, y: 0.4, width: 0.3, height: 0.05 };
    const wanted = { kind: 'text' as const, box, content: 'drawn kiwi', position: 2 };
    const zone = await createZone(parts, localOwner, stored.documentId, 1, wanted);
    expect(zone).toMatchObject({
      position: 2,
      tool: 'person',
      confidence: 1,
      wordFrom: 1,
      wordTo: 2,
    });
    expect((await pageOf(stored.versionId)).text).toBe('one\n\ndrawn kiwi\n\ntwo');
    expect(await find('kiwi')).toEqual([stored.documentId]);
    const full = { ...parts, maxZonesPerPage: 3 };
    expect(await refusal(createZone(full, localOwner, stored.documentId, 1, wanted))).toMatchObject(
      {
        code: 'zone.too_many',
        details: { limit: 3 },
      },
    );
    expect((await refusal(cutZone(full, localOwner, zone.id, 1, note))).code).toBe('zone.too_many');
  });
});

test('what belongs to somebody else looks exactly like what is not there', async () => {
  const stranger = await insertUser(parts.database);
  const { versionId } = await storeDocument(
    parts.database,
    { pages: [makeReading(1, 'secret')] },
    stranger,
  );
  const [zone] = await zonesOf(versionId);
  const uses: ((id: ZoneId) => Promise<unknown>)[] = [
    (id) => getZone(parts, localOwner, id),
    (id) => editZone(parts, localOwner, id, { content: 'mine' }, note),
    (id) => deleteZone(parts, localOwner, id, note),
    (id) => mergeIntoZone(parts, localOwner, id, [id], note),
    (id) => cutZone(parts, localOwner, id, 1, note),
    (id) => getRevisions(parts, localOwner, id),
    (id) => revertToRevision(parts, localOwner, id, 1, note),
  ];
  for (const use of uses) {
    expect((await refusal(use(zone?.id ?? asId<ZoneId>('')))).code).toBe('zone.not_found');
    expect((await refusal(use(newId<ZoneId>()))).code).toBe('zone.not_found');
  }
});

test('over HTTP: an edit answers the new ETag, and a stale one is 412', async () => {
  const stored = await store('by wire');
  const address = `${app.url}/v1/zones/${idAt(stored, 0)}`;
  const etag = (await fetch(address)).headers.get('etag') ?? '';
  const patch = (body: object) =>
    fetch(address, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'if-match': etag },
      body: JSON.stringify(body),
    });
  const first = await patch({ content: 'by hand', reasonCode: 'other' });
  expect([first.status, first.headers.get('etag') === etag]).toEqual([200, false]);
  expect((await patch({ content: 'too late' })).status).toBe(412);
  expect((await patch({ content: 'x', cells: [{ row: 0, column: 0, text: '' }] })).status).toBe(
    400,
  );
  const listed = await fetch(`${address}/revisions`);
  expect(await listed.json()).toMatchObject({ items: [{ number: 1, content: 'by wire' }] });
});
