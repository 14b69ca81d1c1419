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
  createdAt: instantSchema,
  lastLoginAt: instantSchema.nullable(),
});

export function presentPerson(user: User): z.output<typeof personSchema> {
  const { id, email, firstName, lastName, name, role } = user;
  return {
    id,
    email,
    emailVerified: user.emailVerifiedAt !== null,
    firstName,
    lastName,
    name,
    role,
    createdAt: user.createdAt.toISOString(),
    lastLoginAt: user.lastLoginAt?.toISOString() ?? null,
  };
}
