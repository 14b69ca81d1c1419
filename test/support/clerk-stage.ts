import { randomBytes, randomUUID } from 'node:crypto';

import { Webhook } from 'standardwebhooks';

/** A secret as Clerk shows one. */
export const newSvixSecret = (): string => `whsec_${randomBytes(24).toString('base64')}`;

export interface MadeUser {
  id?: string;
  email?: string | null;
  verified?: boolean;
  firstName?: string | null;
  lastName?: string | null;
  banned?: boolean;
  locked?: boolean;
  updatedAt?: number;
}

/** A user object as Clerk's API and webhooks have it, with things that nobody here reads. */
export function makeClerkUser(wish: MadeUser = {}): Record<string, unknown> {
  const { email = `${randomUUID()}@example.test`, verified = true } = wish;
  return {
    id: wish.id ?? `user_${randomUUID()}`,
    object: 'user',
    username: null,
    first_name: wish.firstName === undefined ? 'Ada' : wish.firstName,
    last_name: wish.lastName === undefined ? 'Byron' : wish.lastName,
    image_url: 'https://img.example.test/a.png',
    has_image: false,
    primary_email_address_id: email === null ? null : 'idn_1',
    email_addresses:
      email === null
        ? []
        : [
            { id: 'idn_0', email_address: 'second@example.test', verification: null },
            {
              id: 'idn_1',
              object: 'email_address',
              email_address: email,
              verification: {
                status: verified ? 'verified' : 'unverified',
                strategy: 'email_code',
              },
            },
          ],
    banned: wish.banned ?? false,
    locked: wish.locked ?? false,
    created_at: 1_700_000_000_000,
    updated_at: wish.updatedAt ?? 1_700_000_000_000,
    public_metadata: {},
  };
}

export interface SignedMessage {
  body: string;
  headers: Record<string, string>;
}

/** A message as Svix delivers one. */
export function signMessage(
  secret: string,
  content: unknown,
  options: { id?: string; at?: Date } = {},
): SignedMessage {
  const { id = `msg_${randomUUID()}`, at = new Date() } = options;
  const body = JSON.stringify(content);
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'svix-id': id,
      'svix-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'svix-signature': new Webhook(secret).sign(id, at, body),
    },
  };
}
