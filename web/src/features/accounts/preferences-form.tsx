import { useTranslation } from '#app/i18n/use-translation.ts';
import { chooseLocale, localeOf, locales } from '#app/locale.ts';
import { chooseTheme } from '#app/theme.ts';
import type { AccountSettings } from '#api/api-model.ts';
import { FailureLine } from '#components/failure-line.tsx';
import { LabelledSelect } from '#components/labelled-select.tsx';
import { localTheme } from './local-theme.ts';
import { useAccountChange } from './use-account-change.ts';

const themes = ['system', 'light', 'dark'] as const satisfies readonly AccountSettings['theme'][];
const names = new Intl.DisplayNames('en', { type: 'language' });
const languages = locales.map((value) => ({ value, label: names.of(value) ?? value }));
const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const;
const notifications = [
  'documentCompleted',
  'documentFailed',
  'reviewRequested',
] as const satisfies readonly (keyof AccountSettings['notifications'])[];

/** What somebody prefers; each choice holds at once, in every browser they sign in with. */
export function PreferencesForm({ settings: stored }: { settings: AccountSettings }) {
  const { t } = useTranslation();
  const save = useAccountChange(t('account.saved'));
  // What is on its way is shown as if it were stored; when it is refused, what is stored is shown again.
  const coming = save.isPending ? save.variables.settings : undefined;
  const settings = {
    ...stored,
    ...coming,
    notifications: { ...stored.notifications, ...coming?.notifications },
  };
  const day = weekdays.find((value) => Number(value) === settings.firstWeekday) ?? '1';
  return (
    <div className="space-y-5">
      <div className="grid gap-4 sm:grid-cols-3">
        <LabelledSelect
          label={t('account.theme')}
          value={settings.theme}
          choices={themes.map((value) => ({ value, label: t(`account.themes.${value}`) }))}
          onChange={(theme) => {
            chooseTheme(localTheme(theme));
            save.mutate({ settings: { theme } });
          }}
        />
        <LabelledSelect
          label={t('account.language')}
          value={localeOf(settings.language)}
          choices={languages}
          onChange={(language) => {
            chooseLocale(language);
            save.mutate({ settings: { language } });
          }}
        />
        <LabelledSelect
          label={t('account.firstWeekday')}
          value={day}
          choices={weekdays.map((value) => ({ value, label: t(`account.weekdays.${value}`) }))}
          onChange={(value) => save.mutate({ settings: { firstWeekday: Number(value) } })}
        />
      </div>
      <fieldset disabled={save.isPending}>
        <legend className="text-sm font-medium">{t('account.notifications')}</legend>
        {notifications.map((name) => (
          <label key={name} className="flex min-h-8 items-center gap-2.5 text-sm">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={settings.notifications[name]}
              onChange={(event) =>
                save.mutate({ settings: { notifications: { [name]: event.target.checked } } })
              }
            />
            {t(`account.notification.${name}`)}
          </label>
        ))}
      </fieldset>
      <FailureLine error={save.error} />
    </div>
  );
}
