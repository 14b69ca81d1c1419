import { z } from 'zod';

/** A user as Clerk describes one, with what matters here. */
export interface ClerkUser {
  /** Id at Clerk. */
  subject: string;
  /** The primary address; null for a user who has only a telephone or a name. */
  email: string | null;
  isEmailVerified: boolean;
  firstName: string | null;
  lastName: string | null;
  imageUrl: string | null;
  /** Banned or locked there. */
  isDisabled: boolean;
  /** Time of this state. */
  updatedAt: Date;
}

const nameSchema = z.string().nullish();

/** The user object of Clerk's API and webhooks; what is not read may be anything. */
export const clerkUserSchema = z
  .object({
    id: z.string().min(1).max(255),
    first_name: nameSchema,
    last_name: nameSchema,
    image_url: nameSchema,
    primary_email_address_id: nameSchema,
    email_addresses: z
      .array(
        z.object({
          id: z.string(),
          email_address: z.string().max(320),
          verification: z.object({ status: z.string() }).nullish(),
        }),
      )
      .default([]),
    banned: z.boolean().nullish(),
    locked: z.boolean().nullish(),
    updated_at: z.int().min(0),
  })
  .transform((raw): ClerkUser => {
    const addresses = raw.email_addresses;
    const primary = addresses.find(({ id }) => id === raw.primary_email_address_id) ?? addresses[0];
    return {
      subject: raw.id,
      email: primary?.email_address ?? null,
      isEmailVerified: primary?.verification?.status === 'verified',
      firstName: cleanName(raw.first_name),
      lastName: cleanName(raw.last_name),
      imageUrl: raw.image_url ?? null,
      isDisabled: raw.banned === true || raw.locked === true,
      updatedAt: new Date(raw.updated_at),
    };
  });

function cleanName(name: string | null | undefined): string | null {
  const clean = (name ?? '')
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, 255)
    .toWellFormed();
  return clean === '' ? null : clean;
}

/** What one state of a user did here; `stale` is a state older than the one that is known. */
export type ClerkEffect =
  | 'created'
  | 'linked'
  | 'updated'
  | 'enabled'
  | 'disabled'
  | 'unchanged'
  | 'stale'
  | 'ignored';
