import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { constraintErrors } from '#constraint-messages.ts';
import { editDocument, getDocument, trashDocument } from '#features/documents/document-service.ts';
import { createFolder } from '#features/folders/folder-service.ts';
import type { Actor } from '#features/identity/index.ts';
import { hashSecret } from '#features/identity/index.ts';
import { getPage } from '#features/zones/page-service.ts';
import { searchPages } from '#features/search/search-service.ts';
import type { DocumentId, FolderId, ShareId, UserId } from '#kernel/ids.ts';
import { asId, newId } from '#kernel/ids.ts';
import { insertUser, makeReading, storeDocument } from '#test/support/factories.ts';
import type { TestDatabase } from '#test/support/test-database.ts';
import { createTestDatabase } from '#test/support/test-database.ts';
import type { SharePermission } from '#features/sharing/share.ts';
import type { ShareDeps } from '#features/sharing/share-service.ts';
import {
  changeShare,
  endShare,
  getAccess,
  getShares,
  giveShare,
} from '#features/sharing/share-service.ts';

let clone: TestDatabase;
let deps: ShareDeps;
let owner: Actor;
let friend: Actor;
let documentId: DocumentId;
let inner: FolderId;
let outer: FolderId;

beforeAll(async () => {
  clone = await createTestDatabase({ constraintErrors });
  deps = { database: clone.database };
});

afterAll(() => clone.close());

beforeEach(async () => {
  [owner, friend] = [await insertUser(clone.database), await insertUser(clone.database)];
  const read = { pages: [makeReading(1, 'Dear all')] };
  ({ documentId } = await storeDocument(clone.database, read, owner));
  outer = (await createFolder(deps, owner, { name: 'outer', parentId: null })).folder.id;
  inner = (await createFolder(deps, owner, { name: 'inner', parentId: outer })).folder.id;
  await editDocument(deps, owner, documentId, { folderId: inner }, undefined);
});

function share(
  object: { documentId: DocumentId } | { folderId: FolderId },
  permission: SharePermission = 'view',
  granteeId: UserId | null = friend.userId,
) {
  const grantee = granteeId === null ? null : { userId: granteeId };
  return giveShare(deps, owner, { object, grantee, permission, password: null, expiresAt: null });
}

const notFound = { code: 'document.not_found' };
const read = (actor: Actor) => getDocument(deps, actor, documentId, { action: 'read' });
const rename = (actor: Actor) =>
  editDocument(deps, actor, documentId, { title: 'Renamed' }, undefined);

describe('a share', () => {
  test('of a document lets its receiver read it and its pages, and nobody else', async () => {
    await expect(read(friend)).rejects.toMatchObject(notFound);
    await share({ documentId });
    expect(await read(friend)).toMatchObject({ id: documentId, permission: 'view' });
    const { page } = await getPage(deps, friend, documentId, 1, ['text']);
    expect(page.text).toBe('Dear all');
    const stranger = await insertUser(clone.database);
    await expect(read(stranger)).rejects.toMatchObject(notFound);
  });

  test('of a folder counts for what is anywhere in it, until it is moved out', async () => {
    await share({ folderId: outer });
    expect(await read(friend)).toMatchObject({ permission: 'view' });
    await editDocument(deps, owner, documentId, { folderId: null }, undefined);
    await expect(read(friend)).rejects.toMatchObject(notFound);
  });

  test('permits what the strongest share permits', async () => {
    await share({ documentId }, 'view');
    await expect(rename(friend)).rejects.toMatchObject({ code: 'access.denied' });
    await share({ folderId: outer }, 'edit');
    await rename(friend);
    expect(await read(owner)).toMatchObject({ title: 'Renamed', permission: 'owner' });
  });

  test('to edit does not let its receiver move, trash or share', async () => {
    await share({ documentId }, 'edit');
    const moved = editDocument(deps, friend, documentId, { folderId: null }, undefined);
    await expect(moved).rejects.toMatchObject({ code: 'access.denied' });
    await expect(trashDocument(deps, friend, documentId)).rejects.toMatchObject(notFound);
    const passedOn = giveShare(deps, friend, {
      object: { documentId },
      grantee: { userId: (await insertUser(clone.database)).userId },
      permission: 'view',
      password: null,
      expiresAt: null,
    });
    await expect(passedOn).rejects.toMatchObject(notFound);
  });

  test('ends with its time, by being revoked, and with the trash', async () => {
    const { id } = (await share({ documentId })).share;
    await changeShare(deps, owner, id, { expiresAt: new Date(Date.now() - 1_000) });
    await expect(read(friend)).rejects.toMatchObject(notFound);
    await changeShare(deps, owner, id, { expiresAt: null });
    await read(friend);
    await endShare(deps, owner, id);
    await expect(read(friend)).rejects.toMatchObject(notFound);
    await share({ documentId });
    await trashDocument(deps, owner, documentId);
    await expect(read(friend)).rejects.toMatchObject(notFound);
  });

  test('is given once to each user, and not to the owner', async () => {
    await share({ documentId });
    await expect(share({ documentId }, 'edit')).rejects.toMatchObject({
      code: 'share.already_given',
    });
    const own = share({ documentId }, 'view', owner.userId);
    await expect(own).rejects.toMatchObject({ code: 'share.invalid' });
    const nobody = share({ documentId }, 'view', newId<UserId>());
    await expect(nobody).rejects.toMatchObject({ code: 'user.not_found' });
  });

  test('does not bring the document into the searches of its receiver', async () => {
    await share({ documentId });
    const request = {
      q: 'dear',
      order: 'newest',
      limit: 5,
      cursor: undefined,
      documentId: undefined,
      requestId: 'test',
    } as const;
    const result = await searchPages(deps, friend, request);
    expect(result.items).toEqual([]);
  });

  test('of somebody else can neither be seen nor changed', async () => {
    const { id } = (await share({ documentId })).share;
    expect(await getShares(deps, friend, { documentId })).toEqual([]);
    for (const use of [
      (shareId: ShareId) => endShare(deps, friend, shareId),
      (shareId: ShareId) => changeShare(deps, friend, shareId, { permission: 'edit' }),
    ]) {
      await expect(use(id)).rejects.toMatchObject({ code: 'share.not_found' });
    }
    expect(await getShares(deps, owner, { documentId })).toMatchObject([
      { id, permission: 'view' },
    ]);
  });
});

describe('a link', () => {
  const holder = (token: string): Actor => ({
    kind: 'link',
    userId: asId<UserId>('00000000-0000-0000-0000-000000000000'),
    role: 'teacher',
    linkHash: hashSecret(token),
  });

  test('shows the document to whoever holds its token', async () => {
    const { share: link, token } = await share({ folderId: inner }, 'view', null);
    expect(await read(holder(token ?? ''))).toMatchObject({ permission: 'view' });
    await expect(read(holder('another'))).rejects.toMatchObject(notFound);
    await endShare(deps, owner, link.id);
    await expect(read(holder(token ?? ''))).rejects.toMatchObject(notFound);
  });
});

test('who can see a document and why is told to its owner only', async () => {
  await share({ documentId }, 'comment');
  await share({ folderId: outer }, 'view');
  await share({ folderId: inner }, 'view', null);
  const reasons = await getAccess(deps, owner, documentId);
  expect(
    reasons.map(({ userId, reason, permission, folderName }) => [
      userId,
      reason,
      permission,
      folderName,
    ]),
  ).toEqual([
    [owner.userId, 'owner', 'owner', null],
    [friend.userId, 'share', 'comment', null],
    [null, 'folder_link', 'view', 'inner'],
    [friend.userId, 'folder_share', 'view', 'outer'],
  ]);
  await expect(getAccess(deps, friend, documentId)).rejects.toMatchObject({
    code: 'access.denied',
  });
});
