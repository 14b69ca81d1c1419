import { z } from 'zod';
import { cursorSchema, idSchema, listOf, pageLimitSchema } from '#kernel/api-schema.ts';
import { personSchema, presentPerson, roleSchema } from './person-schema.ts';
import { userLimitsSchema } from './user-limits.ts';
import type { User } from './user.ts';

export const userSchema = personSchema
  .extend({
    status: z.enum(['active', 'suspended', 'deleted']),
    limits: z
      .record(z.string(), z.unknown())
      .describe('Where they differ from those of the server'),
  })
  .meta({ id: 'User' });

export const userListSchema = listOf(userSchema);

export const userParamsSchema = z.object({ userId: idSchema });

export const userQuerySchema = z.object({
  q: z.string().trim().min(1).max(100).optional().describe('Part of the address or the name'),
  role: roleSchema.optional(),
  status: z.enum(['active', 'suspended', 'deleted']).optional(),
  limit: pageLimitSchema,
  cursor: cursorSchema,
});

export const userChangeSchema = z
  .strictObject({
    role: roleSchema.optional(),
    status: z.enum(['active', 'suspended']).optional(),
    limits: userLimitsSchema.optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    error: 'must hold role, status or limits',
  });

export function presentUser(user: User): z.output<typeof userSchema> {
  const { status, limits } = user;
  return { ...presentPerson(user), status, limits };
}
