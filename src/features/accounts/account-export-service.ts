import { makeZip } from 'client-zip';
import type { BlobStore } from '#blobs/blob-store.ts';
import type { Database } from '#db/database.ts';
import { cleanFileName } from '#features/documents/index.ts';
import type { Actor } from '#features/identity/index.ts';
import { isAppError } from '#kernel/app-error.ts';
import type { ExportedKind } from './account-export-repository.ts';
import { listExported, listExportedFiles } from './account-export-repository.ts';
import { getAccount, requirePerson } from './account-service.ts';
import { presentAccount, presentIdentity, presentSession } from './account-view.ts';
import { findAvatar } from './avatar-repository.ts';
import { getIdentities, getSessions } from './own-sessions-service.ts';

export interface AccountExportDeps {
  database: Database;
  blobs: BlobStore;
}

/** A file of the archive; its name is a path with `/` between folders and no `..`. */
interface ArchivedFile {
  name: string;
  lastModified: Date;
  input: AsyncIterable<Uint8Array>;
}

const kinds: readonly ExportedKind[] = ['documents', 'folders', 'journal', 'timetables'];

/**
 * All that the actor has here, as a ZIP archive that is made while it is sent: `profile.json`, `documents.json`,
 * `folders.json`, `journal.json`, `timetables.json`, `avatar.webp` if there is one, and every uploaded file under `files/`. Files that the store has
 * lost are named in `missing-files.json`. Nothing secret is in it.
 * Throws `access.denied` before the first byte.
 */
export async function exportAccount(
  deps: AccountExportDeps,
  actor: Actor,
): Promise<AsyncIterable<Uint8Array>> {
  requirePerson(actor);
  const profile = {
    account: presentAccount(await getAccount(deps, actor)),
    identities: (await getIdentities(deps, actor)).map(presentIdentity),
    sessions: (await getSessions(deps, actor)).map((one) => presentSession(one, actor.sessionId)),
  };
  // Not packed: scans and PDFs are packed already.
  return makeZip(entriesOf(deps, actor, JSON.stringify(profile, null, 2)));
}

async function* entriesOf(
  deps: AccountExportDeps,
  actor: Actor,
  profile: string,
): AsyncGenerator<ArchivedFile> {
  const now = new Date();
  yield { name: 'profile.json', lastModified: now, input: bytesOf([profile]) };
  for (const kind of kinds) {
    yield { name: `${kind}.json`, lastModified: now, input: bytesOf(jsonArray(deps, actor, kind)) };
  }
  const sql = deps.database.as(actor);
  const missing: string[] = [];
  const avatar = await findAvatar(sql, actor.userId);
  if (avatar !== null) {
    const input = await readIfThere(deps.blobs, avatar.objectKey);
    if (input === null) missing.push('avatar.webp');
    else yield { name: 'avatar.webp', lastModified: now, input };
  }
  for (let after: string | null = null; ;) {
    const files = await listExportedFiles(sql, actor, after);
    for (const file of files) {
      const name = cleanFileName(file.originalName).replaceAll(/[\\/]/g, '_');
      const path = `files/${file.documentId}/${file.number}-${name}`;
      const bytes = await readIfThere(deps.blobs, file.objectKey);
      if (bytes === null) missing.push(path);
      else yield { name: path, lastModified: file.createdAt, input: bytes };
    }
    const last = files.at(-1);
    if (last === undefined) break;
    after = last.versionId;
  }
  if (missing.length > 0) {
    const input = bytesOf([JSON.stringify(missing, null, 2)]);
    yield { name: 'missing-files.json', lastModified: now, input };
  }
}

/** null for bytes that the store has lost: the rest is worth having, and the archive says what is not in it. */
async function readIfThere(
  blobs: BlobStore,
  key: string,
): Promise<AsyncIterable<Uint8Array> | null> {
  try {
    return await blobs.read(key);
  } catch (error) {
    if (isAppError(error, 'blob.not_found')) return null;
    throw error;
  }
}

/** The rows as one JSON array, page by page. */
async function* jsonArray(
  deps: AccountExportDeps,
  actor: Actor,
  kind: ExportedKind,
): AsyncGenerator<string> {
  const sql = deps.database.as(actor);
  let separator = '[\n';
  for (let after: string | null = null; ;) {
    const rows = await listExported(sql, actor, kind, after);
    for (const { line } of rows) {
      yield separator + line;
      separator = ',\n';
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

async function* bytesOf(
  texts: Iterable<string> | AsyncIterable<string>,
): AsyncGenerator<Uint8Array> {
  for await (const text of texts) yield Buffer.from(text);
}
