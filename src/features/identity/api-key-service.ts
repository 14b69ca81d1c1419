import type { Database } from '#db/database.ts';
import { AppError, raise } from '#kernel/app-error.ts';
import type { ApiKeyId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { Actor } from './actor.ts';
import { systemActor } from './actor.ts';
import type { ApiKey } from './api-key.ts';
import { isKeyShaped, keyLimit, keyNotFound, newKeyMaterial } from './api-key.ts';
import {
  countApiKeys,
  findApiKey,
  findLiveApiKey,
  insertApiKey,
  listApiKeys,
  noteKeyUse,
  revokeApiKey,
} from './api-key-repository.ts';
import type { KeyScope } from './key-scope.ts';
import { hashSecret } from './secret-token.ts';
import { parseUserLimits } from './user-limits.ts';

export interface ApiKeyDeps {
  database: Database;
}

export interface KeyWish {
  name: string;
  scopes: readonly KeyScope[];
  /** null for a key that lives until it is revoked. */
  expiresAt: Date | null;
}

/**
 * Makes a key for the actor; `key` is shown once and stored nowhere. Throws `api_key.too_many`, `api_key.invalid` for an
 * end that has passed, or `access.denied` for an actor who is a key or a link.
 */
export async function createKey(
  deps: ApiKeyDeps,
  actor: Actor,
  wish: KeyWish,
): Promise<{ apiKey: ApiKey; key: string }> {
  checkPerson(actor);
  const { name, expiresAt } = wish;
  if (expiresAt !== null && expiresAt <= new Date()) {
    throw new AppError('api_key.invalid', 'The end of a key lies in the future.', {
      details: { field: 'expiresAt' },
    });
  }
  const { key, prefix, keyHash } = newKeyMaterial();
  const id = newId<ApiKeyId>();
  const { userId } = actor;
  const scopes = [...new Set(wish.scopes)];
  const apiKey = await deps.database.transaction(
    async (sql) => {
      if ((await countApiKeys(sql, userId)) >= keyLimit) throw tooManyKeys();
      await insertApiKey(sql, { id, userId, name, prefix, keyHash, scopes, expiresAt });
      return findApiKey(sql, userId, id);
    },
    { actor },
  );
  return { apiKey: apiKey ?? raise(keyNotFound(id)), key };
}

/** All keys of the actor, the living ones first. Throws `access.denied` for a key or a link. */
export async function getKeys(deps: ApiKeyDeps, actor: Actor): Promise<ApiKey[]> {
  checkPerson(actor);
  return listApiKeys(deps.database.as(actor), actor.userId);
}

/** Ends a key at once. Throws `api_key.not_found`, or `access.denied` for a key or a link. */
export async function endKey(deps: ApiKeyDeps, actor: Actor, id: ApiKeyId): Promise<void> {
  checkPerson(actor);
  if (!(await revokeApiKey(deps.database.as(actor), actor.userId, id))) throw keyNotFound(id);
}

/** A use is noted once a minute. */
const noteEveryMs = 60_000;

/**
 * Who acts by a key, with the role that its user has now; null for a text that is no key, and for a key that was
 * revoked, has ended, or whose user is not active. The use is noted.
 */
export async function findKeyActor(
  deps: ApiKeyDeps,
  key: string,
  now: Date = new Date(),
): Promise<Actor | null> {
  if (!isKeyShaped(key)) return null;
  const sql = deps.database.as(systemActor);
  const found = await findLiveApiKey(sql, hashSecret(key), now);
  if (found === null) return null;
  const notedMs = found.lastUsedAt?.getTime() ?? 0;
  if (now.getTime() - notedMs >= noteEveryMs) await noteKeyUse(sql, found.id);
  const { id: keyId, userId, role, scopes } = found;
  return { kind: 'key', userId, role, scopes, keyId, limits: parseUserLimits(found.limits) };
}

/** The routes are closed to keys already; this holds where somebody opens one by mistake. */
function checkPerson(actor: Actor): void {
  if (actor.kind === 'user' || actor.kind === 'system') return;
  throw new AppError('access.denied', 'Keys are made and revoked by people who are signed in.');
}

function tooManyKeys(): AppError {
  return new AppError(
    'api_key.too_many',
    `You have ${keyLimit} keys already. Revoke those that you do not use.`,
  );
}
