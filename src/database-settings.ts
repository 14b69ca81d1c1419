import { z } from 'zod';
import type { Setting } from './setting.ts';

const sslSchema = z.enum(['disable', 'require', 'verify-full']);
const portSchema = z.coerce.number().int().min(1).max(65_535);

/** The same address in parts, by the names of the PostgreSQL image and of many a framework. */
const families = [
  { prefix: 'POSTGRES', database: 'POSTGRES_DB' },
  { prefix: 'DB', database: 'DB_NAME' },
] as const;

const text = z.string().min(1).optional();

/** Settings of the connection besides its address in one piece; part of the table in config.ts. */
export const databaseSettings = {
  POSTGRES_HOST: {
    schema: text,
    doc: 'Server to use instead of DATABASE_URL, in parts; while it is unset the other POSTGRES_ names mean nothing.',
    fallback: 'unset: DATABASE_URL',
  },
  POSTGRES_PORT: { schema: portSchema.optional(), doc: 'Port of that server.', fallback: '5432' },
  POSTGRES_DB: { schema: text, doc: 'Database on that server.', fallback: 'docmill' },
  POSTGRES_USER: { schema: text, doc: 'Role to sign in as.', fallback: 'docmill' },
  POSTGRES_PASSWORD: {
    schema: text,
    doc: 'Password of that role.',
    fallback: 'unset',
    secret: true,
  },
  POSTGRES_SSL: {
    schema: sslSchema.optional(),
    doc: 'require encrypts and trusts any certificate, verify-full trusts known ones for this host only.',
    fallback: 'disable',
  },
  DB_HOST: {
    schema: text,
    doc: 'The same as POSTGRES_HOST, by other names.',
    fallback: 'unset: DATABASE_URL',
  },
  DB_PORT: { schema: portSchema.optional(), doc: 'The same as POSTGRES_PORT.', fallback: '5432' },
  DB_NAME: { schema: text, doc: 'The same as POSTGRES_DB.', fallback: 'docmill' },
  DB_USER: { schema: text, doc: 'The same as POSTGRES_USER.', fallback: 'docmill' },
  DB_PASSWORD: {
    schema: text,
    doc: 'The same as POSTGRES_PASSWORD.',
    fallback: 'unset',
    secret: true,
  },
  DB_SSL: { schema: sslSchema.optional(), doc: 'The same as POSTGRES_SSL.', fallback: 'disable' },
  DATABASE_CONNECTION_USES: {
    schema: z.coerce.number().int().min(1).max(100_000_000).default(50_000),
    doc: 'Statements and transactions after which a connection is replaced by a new one.',
    fallback: '50000',
  },
  DATABASE_CONNECTION_MINUTES: {
    schema: z.coerce.number().int().min(1).max(10_080).default(60),
    doc: 'Age at which a connection is replaced by a new one.',
    fallback: '60',
  },
  DATABASE_LOG_QUERIES: {
    schema: z.stringbool().default(false),
    doc: 'Logs every statement with its duration and its number of rows, never a value (event db.statement).',
    fallback: 'false',
  },
} as const satisfies Record<string, Setting>;

/**
 * Makes DATABASE_URL of its parts, when it is not given and one of the hosts is. Parts that have no effect are left out of `raw`: in a cluster
 * DB_PORT may be a variable of the platform's that is no port. Adds to `problems`.
 */
export function joinDatabaseAddress(
  raw: Readonly<Record<string, string | undefined>>,
  problems: string[],
): Record<string, string | undefined> {
  const given = families.filter(({ prefix }) => raw[`${prefix}_HOST`] !== undefined);
  const [used] = raw['DATABASE_URL'] === undefined ? given : [];
  if (used !== undefined && given.length > 1) {
    problems.push('POSTGRES_HOST and DB_HOST are both set; keep one.');
  }
  const joined: Record<string, string | undefined> = { ...raw };
  for (const name of Object.keys(databaseSettings)) {
    const isPart = families.some(({ prefix }) => name.startsWith(`${prefix}_`));
    if (isPart && (used === undefined || !name.startsWith(`${used.prefix}_`))) {
      joined[name] = undefined;
    }
  }
  if (used !== undefined) joined['DATABASE_URL'] = addressOf(raw, used);
  return joined;
}

function addressOf(
  raw: Readonly<Record<string, string | undefined>>,
  { prefix, database }: (typeof families)[number],
): string {
  const part = (name: string): string | undefined => raw[`${prefix}_${name}`];
  const password = part('PASSWORD');
  const host = part('HOST') ?? '';
  const sign = [part('USER') ?? 'docmill', ...(password === undefined ? [] : [password])];
  const ssl = { require: '?sslmode=no-verify', 'verify-full': '?sslmode=verify-full' };
  const mode = sslSchema.safeParse(part('SSL')).data ?? 'disable';
  return [
    `postgres://${sign.map(encodeURIComponent).join(':')}@`,
    // An IPv6 address stands in brackets.
    host.includes(':') && !host.startsWith('[') ? `[${host}]` : host,
    // A port that is none has a problem of its own and must not spoil the address too.
    `:${portSchema.safeParse(part('PORT')).data ?? 5432}`,
    `/${encodeURIComponent(raw[database] ?? 'docmill')}`,
    mode === 'disable' ? '' : ssl[mode],
  ].join('');
}
