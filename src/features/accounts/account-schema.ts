import { z } from 'zod';
import { personSchema } from '#features/identity/index.ts';
import { idSchema, instantSchema } from '#kernel/api-schema.ts';
import { accountSettingsChangeSchema, accountSettingsSchema } from './account-settings-schema.ts';

const shown = (text: string): boolean => text.isWellFormed() && !/\p{Cc}/u.test(text);
const badCharacters = { error: 'must not hold control characters' };

export const emailSchema = z
  .string()
  .trim()
  .max(320)
  .regex(/^[^\s@<>",;]+@[^\s@<>",;]+$/, { error: 'is no e-mail address' })
  .refine(shown, badCharacters);

/** Of any length, so that a wrong one is refused as wrong; the rules for new ones are in password-rules.ts. */
export const passwordSchema = z.string().min(1).max(1_000);

export const personNameSchema = z.string().trim().min(1).max(100).refine(shown, badCharacters);

export const linkTokenSchema = z
  .string()
  .min(1)
  .max(200)
  .describe('What follows #token= in the link');

export const accountSchema = personSchema
  .extend({ settings: accountSettingsSchema })
  .meta({ id: 'Account' });

export const accountChangeSchema = z.object({
  firstName: personNameSchema.nullable().optional(),
  lastName: personNameSchema.nullable().optional(),
  settings: accountSettingsChangeSchema.optional(),
  email: emailSchema
    .optional()
    .describe('A link is sent to it; it becomes the address when the link is opened'),
});

export const passwordChangeSchema = z.object({
  currentPassword: passwordSchema
    .nullable()
    .default(null)
    .describe('null for who has none yet and signed in by another service'),
  newPassword: passwordSchema,
});

export const accountDeletionSchema = z
  .object({ password: passwordSchema.nullable().default(null) })
  .nullish();

export const sessionListSchema = z.object({
  items: z.array(
    z
      .object({
        id: idSchema,
        current: z.boolean().describe('The session that asks'),
        ip: z.string().nullable(),
        userAgent: z.string().nullable(),
        createdAt: instantSchema,
        lastSeenAt: instantSchema.describe('To the minute'),
        expiresAt: instantSchema,
      })
      .meta({ id: 'Session' }),
  ),
});

export const endedSessionsSchema = z.object({ ended: z.int() });

export const sessionParamsSchema = z.object({ sessionId: idSchema });

export const identityListSchema = z.object({
  items: z.array(
    z
      .object({
        id: idSchema,
        provider: z.string(),
        email: z.string().nullable().describe('As the provider knows it'),
        createdAt: instantSchema,
      })
      .meta({ id: 'Identity' }),
  ),
});

export const identityParamsSchema = z.object({ identityId: idSchema });

export type AccountView = z.infer<typeof accountSchema>;
export type SessionView = z.infer<typeof sessionListSchema>['items'][number];
export type IdentityView = z.infer<typeof identityListSchema>['items'][number];
