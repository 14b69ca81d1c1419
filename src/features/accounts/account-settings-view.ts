import type { AccountSettings, AccountSettingsChange } from './account-settings-schema.ts';
import { accountSettingsChangeSchema, defaultAccountSettings } from './account-settings-schema.ts';

/** What is stored, over the defaults; what is not understood, such as a choice of a newer version, is left out. */
export function readSettings(stored: Readonly<Record<string, unknown>>): AccountSettings {
  let settings = defaultAccountSettings;
  for (const [name, value] of Object.entries(stored)) {
    const parsed = accountSettingsChangeSchema.safeParse({ [name]: value });
    if (parsed.success) settings = changeSettings(settings, parsed.data);
  }
  return settings;
}

/** Undefined leaves a choice as it is. */
export function changeSettings(
  settings: AccountSettings,
  change: AccountSettingsChange,
): AccountSettings {
  const { notifications } = change;
  return {
    theme: change.theme ?? settings.theme,
    language: change.language ?? settings.language,
    firstWeekday: change.firstWeekday ?? settings.firstWeekday,
    notifications: {
      documentCompleted:
        notifications?.documentCompleted ?? settings.notifications.documentCompleted,
      documentFailed: notifications?.documentFailed ?? settings.notifications.documentFailed,
      reviewRequested: notifications?.reviewRequested ?? settings.notifications.reviewRequested,
    },
  };
}
