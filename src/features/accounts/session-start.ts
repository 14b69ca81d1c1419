import type { FastifyRequest } from 'fastify';
import type { Transaction } from '#db/database.ts';
import { hashSecret, insertSession, newSecret, noteLogin } from '#features/identity/index.ts';
import type { SessionId, UserId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { storableAddress } from './client-address.ts';

/** The browser or program that signs in. */
export interface Client {
  ip: string | null;
  userAgent: string | null;
}

export function clientOf(request: FastifyRequest): Client {
  return { ip: storableAddress(request.ip), userAgent: request.headers['user-agent'] ?? null };
}

/** Begins a session; returns its token, which is stored nowhere. Each sign-in has a token of its own. */
export async function beginSession(
  sql: Transaction,
  userId: UserId,
  client: Client,
  sessionMs: number,
): Promise<string> {
  const token = newSecret();
  await insertSession(sql, {
    id: newId<SessionId>(),
    userId,
    tokenHash: hashSecret(token),
    ...client,
    expiresAt: new Date(Date.now() + sessionMs),
  });
  await noteLogin(sql, userId);
  return token;
}
