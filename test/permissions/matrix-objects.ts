import { writeEntry } from '#features/journal/journal-service.ts';
import { createFolder } from '#features/folders/folder-service.ts';
import { newKeyMaterial } from '#features/identity/api-key.ts';
import { insertApiKey } from '#features/identity/api-key-repository.ts';
import { hashSecret, insertSession, newSecret, upsertIdentity } from '#features/identity/index.ts';
import type { Actor } from '#features/identity/index.ts';
import { giveShare } from '#features/sharing/share-service.ts';
import { createTimetable } from '#features/timetables/timetable-service.ts';
import type {
  ApiKeyId,
  DocumentId,
  ExportId,
  IdentityId,
  InvitationId,
  JobId,
  ReviewTaskId,
  SessionId,
  ShareId,
} from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { makeReading, storeDocument } from '#test/support/factories.ts';
import type { TestParts } from '#test/support/start-app.ts';

/** Ids of one of everything that belongs to one user, as the routes name them. */
export interface ObjectIds {
  documentId: string;
  jobId: string;
  zoneId: string;
  secondZoneId: string;
  folderId: string;
  secondFolderId: string;
  entryId: string;
  timetableId: string;
  blockId: string;
  shareId: string;
  keyId: string;
  taskId: string;
  exportId: string;
  uploadId: string;
  userId: string;
  invitationId: string;
  webhookId: string;
  deliveryId: string;
  sessionId: string;
  identityId: string;
}

/** How an object of the owner stands to others. */
export const objectKinds = ['private', 'shared', 'revoked', 'trashed', 'random'] as const;
export type ObjectKind = (typeof objectKinds)[number];

/** Those with whom the owner shares, and the reviewer who has a task. */
export interface Receivers {
  viewer: Actor;
  commenter: Actor;
  editor: Actor;
  reviewer: Actor;
}

/** Ids that nothing has. */
export function randomIds(): ObjectIds {
  const id = (): string => newId<DocumentId>();
  return {
    documentId: id(),
    jobId: id(),
    zoneId: id(),
    secondZoneId: id(),
    folderId: id(),
    secondFolderId: id(),
    entryId: id(),
    timetableId: id(),
    blockId: id(),
    shareId: id(),
    keyId: id(),
    taskId: id(),
    exportId: id(),
    uploadId: id(),
    userId: id(),
    invitationId: id(),
    webhookId: id(),
    deliveryId: id(),
    sessionId: id(),
    identityId: id(),
  };
}

export interface MadeObjects {
  ids: ObjectIds;
  /** Token of a link to the document. */
  linkToken: string;
}

/** One of everything, of `owner`; of the kinds `shared`, `revoked` and `trashed` the receivers have or had a part in it. */
export async function makeObjects(
  parts: TestParts,
  owner: Actor,
  kind: Exclude<ObjectKind, 'random'>,
  receivers: Receivers,
): Promise<MadeObjects> {
  const { database } = parts;
  const stored = await storeDocument(
    database,
    { title: 'Confidential', pages: [makeReading(1, 'Dear Anna', 'the heron stands')] },
    owner,
  );
  const { documentId, jobId, versionId } = stored;
  const zones = await database.sql<{ id: string }>`
    select id from zones where version_id = ${versionId} order by position`;
  const [zoneId = '', secondZoneId = ''] = zones.map(({ id }) => id);
  const folder = await createFolder(parts, owner, { name: `Folder ${jobId}`, parentId: null });
  const second = await createFolder(parts, owner, { name: `Second ${jobId}`, parentId: null });
  const entry = await writeEntry(parts, owner, {
    entryType: 'text',
    rawData: { text: 'a confidential day' },
    metadata: {},
    occurredAt: new Date(),
  });
  const timetable = await createTimetable(parts, owner, {
    name: 'Confidential week',
    className: null,
    term: null,
    year: 2026,
    weekStartDate: null,
    timezone: 'UTC',
    metadata: {},
    blocks: [
      {
        dayOfWeek: 1,
        track: 0,
        startTime: '08:00',
        endTime: '09:00',
        name: 'Maths',
        notes: null,
        color: '#336699',
        position: 0,
        metadata: {},
      },
    ],
    documents: [],
    source: 'manual',
  });
  // Not made by its service, which lets nobody have as many as this test needs.
  const keyId = newId<ApiKeyId>();
  const { prefix, keyHash } = newKeyMaterial();
  const scopes = ['*:read'] as const;
  const key = { name: 'Confidential key', scopes, expiresAt: null, prefix, keyHash };
  await insertApiKey(database.sql, { id: keyId, userId: owner.userId, ...key });
  const taskId = newId<ReviewTaskId>();
  const exportId = newId<ExportId>();
  await database.sql`
    insert into export_records (id, owner_id, document_id, version_id, export_type, created_by)
    values (${exportId}, ${owner.userId}, ${documentId}, ${versionId}, 'full', ${owner.userId})`;
  const { shareId, linkToken } = await shareAll(parts, owner, documentId, kind, receivers);
  await insertTask(parts, owner, { taskId, jobId, zoneId }, kind, receivers.reviewer);
  if (kind === 'trashed') {
    await database.sql`update documents set deleted_at = now() where id = ${documentId}`;
    await database.sql`update timetables set deleted_at = now() where id = ${timetable.id}`;
    await database.sql`update journal_entries set deleted_at = now() where id = ${entry.id}`;
    await database.sql`update folders set deleted_at = now() where id = ${folder.folder.id}`;
  }
  const ids: ObjectIds = {
    ...randomIds(),
    documentId,
    jobId,
    zoneId,
    secondZoneId,
    folderId: folder.folder.id,
    secondFolderId: second.folder.id,
    entryId: entry.id,
    timetableId: timetable.id,
    blockId: timetable.blocks[0]?.id ?? '',
    shareId,
    keyId,
    taskId,
    exportId,
    userId: owner.userId,
    ...(await makeAccountRows(parts, owner)),
  };
  return { ids, linkToken };
}

/** Another session and another way in of the owner, and somebody who is invited. */
async function makeAccountRows(
  { database }: TestParts,
  { userId }: Actor,
): Promise<Pick<ObjectIds, 'sessionId' | 'identityId' | 'invitationId'>> {
  const { sql } = database;
  const [sessionId, identityId] = [newId<SessionId>(), newId<IdentityId>()];
  const invitationId = newId<InvitationId>();
  const client = { ip: null, userAgent: null };
  const expiresAt = new Date(Date.now() + 86_400_000);
  const tokenHash = hashSecret(newSecret());
  await insertSession(sql, { id: sessionId, userId, tokenHash, ...client, expiresAt });
  const identity = {
    id: identityId,
    provider: 'google',
    subject: identityId,
    profile: {},
  } as const;
  await upsertIdentity(sql, { ...identity, userId });
  await sql`
    insert into invitations (id, email, role, token_hash, expires_at)
    values (${invitationId}, ${`${invitationId}@example.test`}, 'teacher', ${hashSecret(newSecret())}, ${expiresAt})`;
  return { sessionId, identityId, invitationId };
}

async function shareAll(
  parts: TestParts,
  owner: Actor,
  documentId: DocumentId,
  kind: ObjectKind,
  receivers: Receivers,
): Promise<{ shareId: ShareId; linkToken: string }> {
  const wish = { object: { documentId }, password: null, expiresAt: null };
  const link = await giveShare(parts, owner, { ...wish, grantee: null, permission: 'view' });
  if (kind !== 'private') {
    for (const [name, permission] of [
      ['viewer', 'view'],
      ['commenter', 'comment'],
      ['editor', 'edit'],
    ] as const) {
      const grantee = { userId: receivers[name].userId };
      await giveShare(parts, owner, { ...wish, grantee, permission });
    }
  }
  if (kind === 'revoked') {
    await parts.database.sql`
      update document_shares set revoked_at = now()
      where document_id = ${documentId} and id <> ${link.share.id}`;
  }
  return { shareId: link.share.id, linkToken: link.token ?? '' };
}

/** A task of the reviewer where something is shared; otherwise one that nobody has taken. */
async function insertTask(
  parts: TestParts,
  owner: Actor,
  { taskId, jobId, zoneId }: { taskId: ReviewTaskId; jobId: JobId; zoneId: string },
  kind: ObjectKind,
  reviewer: Actor,
): Promise<void> {
  await parts.database.sql`
    insert into hitl_tasks (id, owner_id, job_id, page_number, zone_id, reason)
    values (${taskId}, ${owner.userId}, ${jobId}, 1, ${zoneId}, 'low_confidence')`;
  if (kind === 'private') return;
  await parts.database.sql`
    update hitl_tasks set status = 'assigned', assigned_to = ${reviewer.userId}, assigned_at = now(),
      lease_expires_at = now() + interval '1 day' where id = ${taskId}`;
  if (kind !== 'revoked') return;
  await parts.database.sql`
    update hitl_tasks set status = 'pending', assigned_to = null, assigned_at = null, lease_expires_at = null
    where id = ${taskId}`;
}

/** A session of a user, without signing in. Resolves to its cookie. */
export async function beginSession(parts: TestParts, who: Actor, expired = false): Promise<string> {
  const token = newSecret();
  // Seen in the future, so that no request notes its use and the database stays as it was.
  await parts.database.sql`
    insert into sessions (id, user_id, token_hash, created_at, last_seen_at, expires_at)
    values (${newId<DocumentId>()}, ${who.userId}, ${hashSecret(token)}, now() - interval '2 days',
      now() + interval '1 day', now() + case when ${expired} then -interval '1 day' else interval '1 day' end)`;
  return `docmill=${token}`;
}
