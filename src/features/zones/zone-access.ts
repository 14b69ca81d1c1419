import type { Database } from '#db/database.ts';
import { getDocument } from '#features/documents/index.ts';
import type { Actor, DocumentAction } from '#features/identity/index.ts';
import { reader, systemActor } from '#features/identity/index.ts';
import { isAppError, raise } from '#kernel/app-error.ts';
import type { UserId, ZoneId } from '#kernel/ids.ts';
import { findRemovedZonePlace, findZoneDocument, findZonePlace } from './page-edit-repository.ts';
import { zoneNotFound } from './zone.ts';

/** The actor while they use a zone, and whose it is. */
export interface ZoneUse {
  actor: Actor;
  ownerId: UserId;
}

/**
 * How an actor may use a zone that is named by its id alone. Nearly always it is their own; only then is the document
 * looked up that a share, a link or a review task may open. A removed zone counts. Throws `zone.not_found`, also
 * for what the actor may not even see, or `access.denied` for what they see and may not do that with.
 */
export async function useZone(
  deps: { database: Database },
  actor: Actor,
  id: ZoneId,
  action: DocumentAction,
): Promise<ZoneUse> {
  const ownerId = actor.userId;
  const sql = deps.database.as(actor);
  const own =
    (await findZonePlace(sql, ownerId, id)) ?? (await findRemovedZonePlace(sql, ownerId, id));
  if (own !== null) return { actor, ownerId };
  const documentId = await findZoneDocument(deps.database.as(systemActor), id);
  if (documentId === null) throw zoneNotFound(id);
  const document = await getDocument(deps, actor, documentId, { action }).catch((error: unknown) =>
    raise(isAppError(error, 'document.not_found') ? zoneNotFound(id) : asError(error)),
  );
  return { actor: reader(actor, document), ownerId: document.ownerId };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
