import { z } from 'zod';
import { idSchema, instantSchema } from '#kernel/api-schema.ts';
import type { ApiKey } from './api-key.ts';
import { keyScopes } from './key-scope.ts';

const scopesSchema = z
  .array(z.enum(keyScopes))
  .min(1)
  .max(50)
  .describe(
    '`area:read` or `area:write`; `*` for every area that keys reach. One does not include the other',
  );

export const keySchema = z
  .object({
    id: idSchema,
    name: z.string(),
    prefix: z.string().describe('First characters of the key, to tell keys apart'),
    scopes: z.array(z.string()),
    lastUsedAt: instantSchema.nullable().describe('To the minute'),
    expiresAt: instantSchema.nullable(),
    revokedAt: instantSchema.nullable(),
    createdAt: instantSchema,
  })
  .meta({ id: 'ApiKey' });

export const keyListSchema = z.object({ items: z.array(keySchema) });

export const keyCreateSchema = z.object({
  name: z.string().trim().min(1).max(100),
  scopes: scopesSchema,
  expiresAt: instantSchema.nullable().default(null).describe('null for a key that does not end'),
});

export const madeKeySchema = z.object({
  apiKey: keySchema,
  key: z.string().describe('The key itself; shown this once'),
});

export const keyParamsSchema = z.object({ keyId: idSchema });

export function presentKey(key: ApiKey): z.output<typeof keySchema> {
  const { id, name, prefix, scopes } = key;
  return {
    id,
    name,
    prefix,
    scopes,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    createdAt: key.createdAt.toISOString(),
  };
}
