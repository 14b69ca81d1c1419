import { z } from 'zod';
import { idSchema, instantSchema } from '#kernel/api-schema.ts';
import type { User } from './user.ts';

export const roleSchema = z
  .enum(['teacher', 'reviewer', 'admin'])
  .describe('teacher is the plain member; reviewers also answer questions; admins run the server');

/** What is shown of a person to themselves and to admins alike. */
export const personSchema = z.object({
  id: idSchema,
  email: z.string(),
  emailVerified: z.boolean(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  name: z.string().nullable().describe('First and last name'),
  role: roleSchema,
  avatarId: idSchema
    .nullable()
    .describe('Of the picture, GET /v1/users/ID/avatar; another one has another id'),
  createdAt: instantSchema,
  lastLoginAt: instantSchema.nullable(),
});

export function presentPerson(user: User): z.output<typeof personSchema> {
  const { id, email, firstName, lastName, name, role, avatarBlobId } = user;
  return {
    id,
    email,
    emailVerified: user.emailVerifiedAt !== null,
    firstName,
    lastName,
    name,
    role,
    avatarId: avatarBlobId,
    createdAt: user.createdAt.toISOString(),
    lastLoginAt: user.lastLoginAt?.toISOString() ?? null,
  };
}
