import { chooseLocale, localeOf } from '#app/locale.ts';
import { chooseTheme } from '#app/theme.ts';
import type { Account } from '#api/api-model.ts';
import { localTheme } from './local-theme.ts';

/**
 * Goes on as who has just signed in. The page is loaded anew: nothing of who was here before may stay in memory.
 */
export function enterAs(account: Account, place: string): void {
  chooseTheme(localTheme(account.settings.theme));
  chooseLocale(localeOf(account.settings.language));
  location.replace(place);
}
