import { z } from 'zod';

const notificationsSchema = z.object({
  documentCompleted: z.boolean().describe('A document was read to its end'),
  documentFailed: z.boolean().describe('A document could not be read'),
  reviewRequested: z.boolean().describe('A page waits for a person'),
});

const choices = {
  theme: z.enum(['system', 'light', 'dark']),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .max(35)
    .describe('Of the web application, a tag of BCP 47 such as en or de-CH'),
  firstWeekday: z.int().min(1).max(7).describe('1 is Monday (ISO 8601), 7 is Sunday'),
};

/** What somebody prefers; all of it is there, with what was never chosen at its default. */
export const accountSettingsSchema = z
  .object({ ...choices, notifications: notificationsSchema })
  .meta({ id: 'AccountSettings' });

export const accountSettingsChangeSchema = z.strictObject({
  theme: choices.theme.optional(),
  language: choices.language.optional(),
  firstWeekday: choices.firstWeekday.optional(),
  notifications: z.strictObject(notificationsSchema.partial().shape).optional(),
});

export type AccountSettings = z.infer<typeof accountSettingsSchema>;
export type AccountSettingsChange = z.infer<typeof accountSettingsChangeSchema>;

export const defaultAccountSettings: AccountSettings = {
  theme: 'system',
  language: 'en',
  firstWeekday: 1,
  notifications: { documentCompleted: false, documentFailed: true, reviewRequested: true },
};
