import { z } from 'zod';
import { readAllowance } from '#outgoing/outgoing-allowance.ts';

const commaList = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );

/** The settings of other services: what Docmill calls, what it signs for them, and Clerk. A part of those in config.ts. */
export const serviceSettings = {
  DOCMILL_OUTGOING_ALLOW: {
    schema: commaList.refine((entries) => readAllowance(entries).wrong.length === 0, {
      error: 'lists hosts, addresses and networks such as 10.1.0.0/16, joined by commas',
    }),
    doc: 'Hosts, addresses and networks that may be called although they are private, without TLS or on an odd port; joined by commas.',
    fallback: '',
  },
  DOCMILL_SECRET_KEY: {
    schema: z
      .string()
      .regex(
        /^[A-Za-z0-9+/_-]{43,}={0,2}$/,
        '32 random bytes in Base64, as openssl rand -base64 32 makes them',
      )
      .optional(),
    doc: 'Key under which secrets of webhooks are encrypted: 32 random bytes or more in Base64. Set it where several machines share a database.',
    fallback: 'a file secret-key in the data folder, made at the first start',
    secret: true,
  },
  CLERK_WEBHOOK_SECRET: {
    schema: commaList.refine(
      (secrets) => secrets.every((secret) => /^whsec_[A-Za-z0-9+/]{32,}={0,2}$/.test(secret)),
      { error: 'signing secrets as Clerk shows them (whsec_…), joined by commas' },
    ),
    doc: 'Signing secret of the webhook endpoint at Clerk; two joined by a comma while one is replaced by the other.',
    fallback: '',
    secret: true,
  },
  CLERK_ISSUER: {
    schema: z
      .url({ protocol: /^https?$/ })
      .transform((url) => url.replace(/\/$/, ''))
      .optional(),
    doc: 'Frontend API address of a Clerk instance whose session tokens are taken.',
    fallback: 'unset: no such tokens',
  },
  CLERK_JWT_KEY: {
    schema: z
      .string()
      .transform((text) => text.replaceAll(String.raw`\n`, '\n'))
      .refine(
        (text) => /^-----BEGIN PUBLIC KEY-----\s[^-]+-----END PUBLIC KEY-----\s*$/.test(text),
        {
          error: 'is a public key in PEM',
        },
      )
      .optional(),
    doc: 'Public key of the session tokens in PEM; without it the keys are fetched from CLERK_ISSUER.',
    fallback: 'unset: fetched',
  },
  CLERK_AUTHORIZED_PARTIES: {
    schema: commaList,
    doc: 'Origins whose session tokens of Clerk are taken, such as https://app.example.org, joined by commas; without it all.',
    fallback: '',
  },
  CLERK_SECRET_KEY: {
    schema: z.string().min(1).optional(),
    doc: 'Secret key of the Clerk instance, for docmill clerk sync.',
    fallback: 'unset',
    secret: true,
  },
  CLERK_API_URL: {
    schema: z.url({ protocol: /^https?$/ }).default('https://api.clerk.com/v1'),
    doc: 'Address of the Clerk API.',
    fallback: 'https://api.clerk.com/v1',
  },
} as const;
