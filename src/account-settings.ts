import { z } from 'zod';
import type { Setting } from './setting.ts';

const issuer = z.url({ protocol: /^https?$/ });

/** Settings of accounts and signing in; part of the table in config.ts. */
export const accountSettings = {
  DOCMILL_SIGN_IN: {
    schema: z.enum(['required', 'off']).default('required'),
    doc: 'required asks everybody to sign in; off makes everybody on this machine the owner, and answers no other machine.',
    fallback: 'required',
  },
  DOCMILL_SESSION_DAYS: {
    schema: z.coerce.number().int().min(1).max(365).default(7),
    doc: 'Days without use after which a browser has to sign in again.',
    fallback: '7',
  },
  DOCMILL_SIGN_UP: {
    schema: z.enum(['open', 'invited']).default('invited'),
    doc: 'Who may make an account once there is an admin: open lets everybody who proves an address, invited only who was invited.',
    fallback: 'invited',
  },
  DOCMILL_SMTP_URL: {
    schema: z.url({ protocol: /^smtps?$/ }).optional(),
    doc: 'Mail server, such as smtp://user:password@mail.example:587; with a password the connection must be encrypted.',
    fallback: 'unset: mails are files in the folder mail of the data folder',
    secret: true,
  },
  DOCMILL_MAIL_FROM: {
    schema: z
      .string()
      .regex(/^[^\r\n]{3,320}$/)
      .default('Docmill <docmill@localhost>'),
    doc: 'Sender that mails of this server name.',
    fallback: 'Docmill <docmill@localhost>',
  },
  DOCMILL_PRODUCTION: {
    schema: z.stringbool().optional(),
    doc: 'true starts only with https, sign-in, and secrets that are not missing, short or taken from an example.',
    fallback: 'true when NODE_ENV is production and DOCMILL_PUBLIC_URL is set',
  },
  DOCMILL_GOOGLE_CLIENT_ID: {
    schema: z.string().min(1).optional(),
    doc: 'Lets people sign in by Google, with its secret.',
    fallback: 'unset',
  },
  DOCMILL_GOOGLE_CLIENT_SECRET: {
    schema: z.string().min(1).optional(),
    doc: 'Secret of the OAuth client at Google.',
    fallback: 'unset',
    secret: true,
  },
  DOCMILL_GOOGLE_ISSUER: {
    schema: issuer.default('https://accounts.google.com'),
    doc: 'Where Google says that it is; for tests.',
    fallback: 'https://accounts.google.com',
  },
  DOCMILL_GITHUB_CLIENT_ID: {
    schema: z.string().min(1).optional(),
    doc: 'Lets people sign in by GitHub, with its secret.',
    fallback: 'unset',
  },
  DOCMILL_GITHUB_CLIENT_SECRET: {
    schema: z.string().min(1).optional(),
    doc: 'Secret of the OAuth app at GitHub.',
    fallback: 'unset',
    secret: true,
  },
  DOCMILL_GITHUB_URL: {
    schema: issuer.default('https://github.com'),
    doc: 'Address of GitHub; another one for GitHub Enterprise.',
    fallback: 'https://github.com',
  },
  DOCMILL_GITHUB_API_URL: {
    schema: issuer.default('https://api.github.com'),
    doc: 'Address of its API; on GitHub Enterprise the address with /api/v3.',
    fallback: 'https://api.github.com',
  },
  DOCMILL_OIDC_ISSUER: {
    schema: issuer.optional(),
    doc: 'Issuer of any other provider of OpenID Connect, as it names itself.',
    fallback: 'unset',
  },
  DOCMILL_OIDC_CLIENT_ID: {
    schema: z.string().min(1).optional(),
    doc: 'Id of this server at that provider.',
    fallback: 'unset',
  },
  DOCMILL_OIDC_CLIENT_SECRET: {
    schema: z.string().min(1).optional(),
    doc: 'Secret of this server at that provider.',
    fallback: 'unset',
    secret: true,
  },
  DOCMILL_OIDC_NAME: {
    schema: z.string().min(1).max(50).default('OpenID Connect'),
    doc: 'What people call that provider.',
    fallback: 'OpenID Connect',
  },
  DOCMILL_API_KEY: {
    schema: z.string().min(1).optional(),
    doc: 'Key by which commands such as docmill upload ask a server that wants to know who asks.',
    fallback: 'unset',
    secret: true,
  },
} as const satisfies Record<string, Setting>;
