import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { constraintErrors } from '#constraint-messages.ts';
import type { Sql } from '#db/database.ts';
import type { ApiKeyId, IdentityId, SessionId, UserId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { systemUserId } from '#kernel/system-user.ts';
import type { TestDatabase } from '#test/support/test-database.ts';
import { createTestDatabase } from '#test/support/test-database.ts';
import { newKeyMaterial } from './api-key.ts';
import {
  findLiveApiKey,
  insertApiKey,
  listApiKeys,
  noteKeyUse,
  revokeApiKey,
} from './api-key-repository.ts';
import { hashSecret, newSecret } from './secret-token.ts';
import {
  deleteEndedSessions,
  findLiveSession,
  insertSession,
  listSessions,
  revokeSession,
  revokeSessions,
  touchSession,
  updateSessionState,
} from './session-repository.ts';
import type { User } from './user.ts';
import { cleanEmail } from './user.ts';
import {
  deleteIdentity,
  findIdentity,
  listIdentities,
  upsertIdentity,
} from './user-identity-repository.ts';
import { deletePassword, findPasswordHash, storePasswordHash } from './user-password-repository.ts';
import {
  findUser,
  findUserByEmail,
  insertUser,
  noteLogin,
  updateEmail,
  updateProfile,
  updateRole,
  updateStatus,
} from './user-repository.ts';
import { listUsers } from './user-admin-repository.ts';

let clone: TestDatabase;
let sql: Sql;
let user: User;

beforeAll(async () => {
  clone = await createTestDatabase({ constraintErrors });
  sql = clone.database.sql;
});

afterAll(() => clone.close());

beforeEach(async () => {
  user = await newUser();
});

function newUser(): Promise<User> {
  return insertUser(sql, { id: newId<UserId>(), email: `${randomUUID()}@Example.org` });
}

const minutes = (count: number): Date => new Date(Date.now() + count * 60_000);

describe('users', () => {
  test('an address is found in any case and taken in any case', async () => {
    const found = await findUserByEmail(sql, cleanEmail(`  ${user.email.toUpperCase()} `));
    expect(found?.id).toBe(user.id);
    const again = insertUser(sql, { id: newId<UserId>(), email: user.email.toLowerCase() });
    await expect(again).rejects.toMatchObject({
      code: 'user.email_taken',
      details: { field: 'email' },
    });
  });

  test('a new user is an active plain member without a name', () => {
    expect(user).toMatchObject({ role: 'teacher', status: 'active', name: null, settings: {} });
  });

  test('a change of the profile leaves what it does not name', async () => {
    await updateProfile(sql, user.id, { firstName: 'Ada', settings: { theme: 'dark' } });
    const changed = await updateProfile(sql, user.id, {
      lastName: 'Lovelace',
      settings: { zoom: 2 },
    });
    expect(changed).toMatchObject({ name: 'Ada Lovelace', settings: { theme: 'dark', zoom: 2 } });
    expect(await updateProfile(sql, newId<UserId>(), {})).toBeNull();
  });

  test('a new address has to be proved again', async () => {
    expect(await updateEmail(sql, user.id, `new-${user.email}`, null)).toBe(true);
    expect(await findUser(sql, user.id)).toMatchObject({ emailVerifiedAt: null });
  });

  test('a deleted user keeps the time of it and cannot come back', async () => {
    await updateStatus(sql, user.id, 'suspended');
    await updateStatus(sql, user.id, 'deleted');
    expect((await findUser(sql, user.id))?.deletedAt).toBeInstanceOf(Date);
    await expect(updateStatus(sql, user.id, 'active')).rejects.toMatchObject({
      code: 'db.transition_refused',
    });
  });

  test('role and sign-in are noted', async () => {
    await updateRole(sql, user.id, 'reviewer');
    await noteLogin(sql, user.id);
    const found = await findUser(sql, user.id);
    expect(found?.role).toBe('reviewer');
    expect(found?.lastLoginAt).toBeInstanceOf(Date);
  });

  test('the list has everybody once, newest first', async () => {
    await newUser();
    const [first, second] = await listUsers(sql, { before: null, limit: 1 });
    const rest = await listUsers(sql, { before: first?.id ?? null, limit: 1 });
    expect(rest[0]?.id).toBe(second?.id);
  });
});

describe('identities', () => {
  test('what a provider sends twice is one identity with the newer profile', async () => {
    const subject = randomUUID();
    const identity = { userId: user.id, provider: 'clerk', subject } as const;
    const first = await upsertIdentity(sql, {
      ...identity,
      id: newId<IdentityId>(),
      profile: { name: 'old' },
    });
    const second = await upsertIdentity(sql, {
      ...identity,
      id: newId<IdentityId>(),
      profile: { name: 'new' },
    });
    expect(second).toMatchObject({ id: first.id, profile: { name: 'new' } });
    expect(await listIdentities(sql, user.id)).toHaveLength(1);
  });

  test('an identity of one user is not taken over by another', async () => {
    const subject = randomUUID();
    const identity = { provider: 'google', subject, profile: {} } as const;
    await upsertIdentity(sql, { ...identity, id: newId<IdentityId>(), userId: user.id });
    const other = await newUser();
    const stored = await upsertIdentity(sql, {
      ...identity,
      id: newId<IdentityId>(),
      userId: other.id,
    });
    expect(stored.userId).toBe(user.id);
    expect(await deleteIdentity(sql, other.id, stored.id)).toBe(false);
    expect(await deleteIdentity(sql, user.id, stored.id)).toBe(true);
    expect(await findIdentity(sql, 'google', subject)).toBeNull();
  });
});

describe('passwords', () => {
  test('a password is replaced and removed, and no read of users returns it', async () => {
    await storePasswordHash(sql, user.id, '$argon2id$first');
    await storePasswordHash(sql, user.id, '$argon2id$second');
    expect(await findPasswordHash(sql, user.id)).toBe('$argon2id$second');
    expect(JSON.stringify(await findUser(sql, user.id))).not.toContain('argon2id');
    expect(await deletePassword(sql, user.id)).toBe(true);
    expect(await findPasswordHash(sql, user.id)).toBeNull();
  });

  test('the system user can have none', async () => {
    await expect(storePasswordHash(sql, systemUserId, '$argon2id$x')).rejects.toMatchObject({
      code: 'identity.system_user',
    });
  });
});

describe('keys', () => {
  async function makeKey(expiresAt: Date | null = null) {
    const material = newKeyMaterial();
    const id = newId<ApiKeyId>();
    const { prefix, keyHash } = material;
    const key = { id, userId: user.id, name: 'Script', prefix, keyHash, scopes: ['read'] };
    await insertApiKey(sql, { ...key, expiresAt });
    return { id, ...material };
  }

  test('a key is found by its hash with the role of its user, until it is revoked', async () => {
    const { id, key, keyHash, prefix } = await makeKey();
    expect(hashSecret(key)).toBe(keyHash);
    expect(await findLiveApiKey(sql, keyHash)).toMatchObject({ id, prefix, role: 'teacher' });
    expect(await revokeApiKey(sql, (await newUser()).id, id)).toBe(false);
    expect(await revokeApiKey(sql, user.id, id)).toBe(true);
    expect(await findLiveApiKey(sql, keyHash)).toBeNull();
    expect((await listApiKeys(sql, user.id))[0]?.revokedAt).toBeInstanceOf(Date);
  });

  test('a key ends at its time and with its user', async () => {
    const { keyHash } = await makeKey(minutes(10));
    expect(await findLiveApiKey(sql, keyHash, minutes(9))).not.toBeNull();
    expect(await findLiveApiKey(sql, keyHash, minutes(11))).toBeNull();
    await updateStatus(sql, user.id, 'suspended');
    expect(await findLiveApiKey(sql, keyHash)).toBeNull();
  });

  test('a second use in the same minute writes nothing', async () => {
    const { id } = await makeKey();
    await noteKeyUse(sql, id);
    const before = await listApiKeys(sql, user.id);
    await noteKeyUse(sql, id);
    expect(await listApiKeys(sql, user.id)).toEqual(before);
    expect(before[0]?.lastUsedAt).toBeInstanceOf(Date);
  });
});

describe('sessions', () => {
  async function makeSession(expiresAt = minutes(60)) {
    const id = newId<SessionId>();
    const tokenHash = hashSecret(newSecret());
    const ip = '2001:db8::1';
    await insertSession(sql, {
      id,
      userId: user.id,
      tokenHash,
      ip,
      userAgent: 'x'.repeat(600),
      expiresAt,
    });
    return { id, tokenHash };
  }

  test('a session is found by the hash of its token, until it ends', async () => {
    const { id, tokenHash } = await makeSession();
    expect(await findLiveSession(sql, tokenHash)).toMatchObject({
      id,
      ip: '2001:db8::1',
      userAgent: 'x'.repeat(500),
      role: 'teacher',
    });
    expect(await findLiveSession(sql, tokenHash, minutes(61))).toBeNull();
    expect(await revokeSession(sql, user.id, id)).toBe(true);
    expect(await findLiveSession(sql, tokenHash)).toBeNull();
  });

  test('a new password ends every session but the one that set it', async () => {
    const [kept, ended] = [await makeSession(), await makeSession()];
    expect(await revokeSessions(sql, user.id, kept.id)).toBe(1);
    expect((await listSessions(sql, user.id)).map((session) => session.id)).toEqual([kept.id]);
    expect(await findLiveSession(sql, ended.tokenHash)).toBeNull();
  });

  test('what is remembered of the view is merged', async () => {
    const { id, tokenHash } = await makeSession();
    await updateSessionState(sql, user.id, id, { page: 3 });
    await updateSessionState(sql, user.id, id, { zoom: 1.5 });
    expect((await findLiveSession(sql, tokenHash))?.state).toEqual({ page: 3, zoom: 1.5 });
    expect(await updateSessionState(sql, (await newUser()).id, id, {})).toBe(false);
  });

  test('the end moves on with use, once a minute at most', async () => {
    const { id, tokenHash } = await makeSession();
    await touchSession(sql, id, { ip: null, expiresAt: minutes(120) });
    expect(await findLiveSession(sql, tokenHash, minutes(90))).toBeNull();
    await sql`update sessions set last_seen_at = now() - interval '2 minutes' where id = ${id}`;
    await touchSession(sql, id, { ip: null, expiresAt: minutes(120) });
    expect(await findLiveSession(sql, tokenHash, minutes(90))).not.toBeNull();
  });

  test('ended sessions are deleted, living ones stay', async () => {
    const { tokenHash } = await makeSession();
    await makeSession(minutes(1));
    expect(await deleteEndedSessions(sql, minutes(30), 100)).toBe(1);
    expect(await findLiveSession(sql, tokenHash)).not.toBeNull();
  });
});
