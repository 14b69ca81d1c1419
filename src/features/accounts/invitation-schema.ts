import { z } from 'zod';
import { roleSchema } from '#features/identity/index.ts';
import {
  cursorSchema,
  idSchema,
  instantSchema,
  listOf,
  pageLimitSchema,
} from '#kernel/api-schema.ts';
import type { Invitation } from './invitation.ts';
import { invitationDays } from './invitation.ts';

export const invitationSchema = z
  .object({
    id: idSchema,
    email: z.string(),
    role: roleSchema,
    invitedBy: idSchema.nullable(),
    createdAt: instantSchema,
    expiresAt: instantSchema,
  })
  .meta({ id: 'Invitation' });

export const invitationListSchema = listOf(invitationSchema);

export const invitationQuerySchema = z.object({ limit: pageLimitSchema, cursor: cursorSchema });

export const invitationParamsSchema = z.object({ invitationId: idSchema });

export const inviteSchema = z.strictObject({
  email: z.email().max(320),
  role: roleSchema.default('teacher'),
  days: z.int().min(1).max(30).default(invitationDays).describe('Days until it ends'),
});

export const madeInvitationSchema = z.object({
  invitation: invitationSchema,
  token: z.string().describe('For the link to the sign-up page; shown this once'),
});

export function presentInvitation(invitation: Invitation): z.output<typeof invitationSchema> {
  const { id, email, role, invitedBy, createdAt, expiresAt } = invitation;
  return {
    id,
    email,
    role,
    invitedBy,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
