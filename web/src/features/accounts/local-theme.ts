import type { Theme } from '#app/theme.ts';
import type { AccountSettings } from '#api/api-model.ts';

/** The theme of an account as this browser calls it. */
export function localTheme(theme: AccountSettings['theme']): Theme {
  return theme === 'system' ? 'auto' : theme;
}
