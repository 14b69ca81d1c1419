import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { constraintErrors } from '#constraint-messages.ts';
import type { Actor } from '#features/identity/index.ts';
import type { DocumentId, FolderId } from '#kernel/ids.ts';
import { editTag } from '#kernel/edit-tag.ts';
import { newId } from '#kernel/ids.ts';
import { insertUser, storeDocument } from '#test/support/factories.ts';
import type { TestDatabase } from '#test/support/test-database.ts';
import { createTestDatabase } from '#test/support/test-database.ts';
import { folderCreateSchema } from './folder-schema.ts';
import type { FolderDeps } from './folder-service.ts';
import {
  createFolder,
  editFolder,
  findFolders,
  getFolder,
  getFolderPage,
  getSubtree,
  purgeFolder,
  restoreFolder,
  trashFolder,
} from './folder-service.ts';

let clone: TestDatabase;
let deps: FolderDeps;
let actor: Actor;

beforeAll(async () => {
  clone = await createTestDatabase({ constraintErrors });
  deps = { database: clone.database };
});

afterAll(() => clone.close());

beforeEach(async () => {
  actor = await insertUser(clone.database);
});

async function make(name: string, parentId: FolderId | null = null): Promise<FolderId> {
  return (await createFolder(deps, actor, { name, parentId })).folder.id;
}

async function namesIn(
  parentId: FolderId | null,
  wish: { trashed?: boolean; limit?: number } = {},
): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const query = { parentId, trashed: false, cursor, offset: 0, limit: 2, ...wish };
    const page = await getFolderPage(deps, actor, query);
    names.push(...page.items.map((folder) => folder.name));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return names;
}

async function putInto(folderId: FolderId): Promise<DocumentId> {
  const { documentId } = await storeDocument(clone.database, {}, actor);
  await clone.database.sql`update documents set folder_id = ${folderId} where id = ${documentId}`;
  return documentId;
}

async function folderOf(documentId: DocumentId): Promise<unknown> {
  const rows = await clone.database.sql`select folder_id from documents where id = ${documentId}`;
  return rows[0]?.['folderId'];
}

describe('making', () => {
  test('a folder knows its way from Home', async () => {
    const inner = await make('2026', await make('Letters'));
    const { folder, path } = await getFolder(deps, actor, inner);
    expect(folder.name).toBe('2026');
    expect(path.map((step) => step.name)).toEqual(['Letters', '2026']);
  });

  test('siblings differ in more than the case of their letters', async () => {
    const parent = await make('Letters');
    await make('Été', parent);
    await make('Été');
    await expect(make('ÉTÉ', parent)).rejects.toMatchObject({
      code: 'folder.name_taken',
      details: { field: 'name' },
    });
  });

  test('twenty levels are enough', async () => {
    let parent: FolderId | null = null;
    for (let level = 0; level < 20; level += 1) parent = await make('n', parent);
    await expect(make('n', parent)).rejects.toMatchObject({ code: 'folder.too_deep' });
  });

  test('whatever name the schema takes comes back as it is', async () => {
    const names = fc.string({ unit: 'grapheme', maxLength: 60 });
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(names, async (raw) => {
        const checked = folderCreateSchema.safeParse({ name: raw });
        fc.pre(checked.success);
        const parent = await make(`p${(taken += 1)}`);
        const made = await createFolder(deps, actor, { name: checked.data.name, parentId: parent });
        expect(made.folder.name).toBe(raw.trim());
      }),
      { numRuns: 60 },
    );
  });

  test.each(['', ' ', 'a/b', 'a\0b', 'a\u0085b', '\ud800', 'x'.repeat(256)])(
    'the schema refuses %j',
    (name) => {
      expect(folderCreateSchema.safeParse({ name }).success).toBe(false);
    },
  );
});

describe('listing', () => {
  test('folders come by name whatever their case, page by page', async () => {
    for (const name of ['b', 'A', 'c', 'Ä', 'B2']) await make(name);
    expect(await namesIn(null)).toEqual(['A', 'b', 'B2', 'c', 'Ä']);
    const skipped = await getFolderPage(deps, actor, {
      parentId: null,
      trashed: false,
      cursor: undefined,
      offset: 3,
      limit: 10,
    });
    expect(skipped.items.map((folder) => folder.name)).toEqual(['c', 'Ä']);
  });

  test('a folder says how much is directly in it', async () => {
    const parent = await make('a');
    const child = await make('inner', parent);
    await putInto(parent);
    await putInto(child);
    const query = { parentId: null, trashed: false, cursor: undefined, offset: 0, limit: 10 };
    const { items } = await getFolderPage(deps, actor, query);
    expect(items).toMatchObject([{ name: 'a', folderCount: 1, documentCount: 1 }]);
  });

  test('the tree has parents before children, down to the depth asked for', async () => {
    const [b, a] = [await make('b'), await make('a')];
    await make('y', await make('x', b));
    await make('a b', a);
    const all = await getSubtree(deps, actor, { from: null, depth: 20, limit: 100 });
    expect(all.map((folder) => folder.path.join('/'))).toEqual(['a', 'a/a b', 'b', 'b/x', 'b/x/y']);
    const below = await getSubtree(deps, actor, { from: b, depth: 1, limit: 100 });
    expect(below.map((folder) => [folder.name, folder.depth])).toEqual([
      ['b', 0],
      ['x', 1],
    ]);
  });
});

describe('searching', () => {
  const search = (words: string, limit = 10) => findFolders(deps, actor, { words, limit });

  test('finds live folders at any depth by letters of their name, the shortest first', async () => {
    const post = await make('Post');
    await make('Old POSTCARDS', await make('Box', post));
    const gone = await make('Poster');
    await trashFolder(deps, actor, gone);
    expect((await search('post')).map((folder) => folder.path.join('/'))).toEqual([
      'Post',
      'Post/Box/Old POSTCARDS',
    ]);
    expect(await search('post', 1)).toHaveLength(1);
  });

  test('takes every sign for itself', async () => {
    await make('100 % done_');
    expect(await search('% d')).toHaveLength(1);
    expect(await search('e_')).toHaveLength(1);
    expect(await search('100_%')).toEqual([]);
  });

  test('finds nothing of somebody else', async () => {
    await make('Secret');
    const stranger = await insertUser(clone.database);
    expect(await findFolders(deps, stranger, { words: 'secret', limit: 10 })).toEqual([]);
  });
});

describe('changing', () => {
  test('a move takes along what is inside', async () => {
    const [from, to] = [await make('from'), await make('to')];
    const inner = await make('inner', from);
    await editFolder(deps, actor, from, { parentId: to, name: 'renamed' }, undefined);
    const { path } = await getFolder(deps, actor, inner);
    expect(path.map((step) => step.name)).toEqual(['to', 'renamed', 'inner']);
    await editFolder(deps, actor, from, { parentId: null }, undefined);
    expect(await namesIn(null)).toEqual(['renamed', 'to']);
  });

  test('a folder does not go into itself or into one inside it', async () => {
    const outer = await make('outer');
    const inner = await make('inner', outer);
    for (const parentId of [outer, inner]) {
      const moved = editFolder(deps, actor, outer, { parentId }, undefined);
      await expect(moved).rejects.toMatchObject({ code: 'folder.inside_itself' });
    }
  });

  test('an edit of a folder that was changed meanwhile is refused', async () => {
    const id = await make('first');
    const seen = editTag((await getFolder(deps, actor, id)).folder);
    await editFolder(deps, actor, id, { name: 'second' }, seen);
    const late = editFolder(deps, actor, id, { name: 'third' }, seen);
    await expect(late).rejects.toMatchObject({ code: 'request.precondition_failed' });
    expect((await getFolder(deps, actor, id)).folder.name).toBe('second');
  });

  test('opposite moves at the same time leave a tree', async () => {
    const [a, b] = [await make('a'), await make('b')];
    const moves = await Promise.allSettled([
      editFolder(deps, actor, a, { parentId: b }, undefined),
      editFolder(deps, actor, b, { parentId: a }, undefined),
    ]);
    expect(moves.map((move) => move.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await getSubtree(deps, actor, { from: null, depth: 20, limit: 10 })).toHaveLength(2);
  });
});

describe('the trash', () => {
  test('documents of a trashed folder return to Home', async () => {
    const outer = await make('outer');
    const document = await putInto(await make('inner', outer));
    expect(await trashFolder(deps, actor, outer)).toEqual({ folders: 2, documents: 1 });
    expect(await folderOf(document)).toBeNull();
    expect(await namesIn(null)).toEqual([]);
    expect(await namesIn(null, { trashed: true })).toEqual(['outer']);
  });

  test('a restored folder brings what went with it, and not what went before', async () => {
    const outer = await make('outer');
    const [early] = [await make('early', outer), await make('late', outer)];
    await trashFolder(deps, actor, early);
    await trashFolder(deps, actor, outer);
    await restoreFolder(deps, actor, outer);
    expect(await namesIn(outer)).toEqual(['late']);
    await restoreFolder(deps, actor, early);
    expect(await namesIn(outer)).toEqual(['early', 'late']);
  });

  test('a folder whose parent is in the trash comes back under Home', async () => {
    const outer = await make('outer');
    const inner = await make('inner', outer);
    await trashFolder(deps, actor, inner);
    await trashFolder(deps, actor, outer);
    await restoreFolder(deps, actor, inner);
    expect(await namesIn(null)).toEqual(['inner']);
  });

  test('a name that was given away keeps a folder in the trash', async () => {
    const old = await make('name');
    await trashFolder(deps, actor, old);
    await make('NAME');
    await expect(restoreFolder(deps, actor, old)).rejects.toMatchObject({
      code: 'folder.name_taken',
    });
  });

  test('only what is in the trash is deleted for good, with what is inside', async () => {
    const outer = await make('outer');
    const inner = await make('inner', outer);
    await expect(purgeFolder(deps, actor, outer)).rejects.toMatchObject({
      code: 'folder.not_found',
    });
    await trashFolder(deps, actor, outer);
    await purgeFolder(deps, actor, outer);
    await expect(getFolder(deps, actor, inner)).rejects.toMatchObject({ code: 'folder.not_found' });
  });

  test('nothing goes into a folder that is in the trash', async () => {
    const [gone, other] = [await make('gone'), await make('other')];
    await trashFolder(deps, actor, gone);
    await expect(make('new', gone)).rejects.toMatchObject({ code: 'folder.not_found' });
    const moved = editFolder(deps, actor, other, { parentId: gone }, undefined);
    await expect(moved).rejects.toMatchObject({ code: 'folder.not_found' });
  });
});

describe('folders of somebody else', () => {
  const uses: [string, (stranger: Actor, id: FolderId) => Promise<unknown>][] = [
    ['read', (stranger, id) => getFolder(deps, stranger, id)],
    [
      'list',
      (stranger, id) =>
        getFolderPage(deps, stranger, {
          parentId: id,
          trashed: false,
          cursor: undefined,
          offset: 0,
          limit: 10,
        }),
    ],
    ['walk', (stranger, id) => getSubtree(deps, stranger, { from: id, depth: 3, limit: 9 })],
    ['make in', (stranger, id) => createFolder(deps, stranger, { name: 'x', parentId: id })],
    ['rename', (stranger, id) => editFolder(deps, stranger, id, { name: 'x' }, undefined)],
    ['trash', (stranger, id) => trashFolder(deps, stranger, id)],
    ['restore', (stranger, id) => restoreFolder(deps, stranger, id)],
    ['purge', (stranger, id) => purgeFolder(deps, stranger, id)],
  ];

  test.each(uses)('cannot be told from folders that are not there: %s', async (_, use) => {
    const stranger = await insertUser(clone.database);
    for (const id of [await make('mine'), newId<FolderId>()]) {
      await expect(use(stranger, id)).rejects.toMatchObject({
        code: 'folder.not_found',
        message: expect.stringContaining(id),
      });
    }
  });
});
