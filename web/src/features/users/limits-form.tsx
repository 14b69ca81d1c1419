import { type FormEvent, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { primaryButton } from '#components/button-styles.ts';
import { TextField } from '#components/text-field.tsx';
import { limitFields, limitTexts, limitsOf } from './limit-fields.ts';

interface LimitsFormProps {
  limits: Readonly<Record<string, unknown>>;
  isBusy: boolean;
  onSave: (limits: Record<string, unknown>) => Promise<void>;
}

/** Limits of one person where they differ from those of the server. */
export function LimitsForm({ limits, isBusy, onSave }: LimitsFormProps) {
  const { t } = useTranslation();
  const [texts, setTexts] = useState(() => limitTexts(limits));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void onSave(limitsOf(texts, limits));
  };
  return (
    <form onSubmit={submit} className="mt-3 rounded-lg bg-sunken p-3">
      <p className="text-xs text-ink-soft">{t('users.limitsText')}</p>
      <div className="mt-2 grid gap-3 sm:grid-cols-3">
        {limitFields.map(({ name }) => (
          <TextField
            key={name}
            label={t(`users.limit.${name}`)}
            value={texts[name]}
            onText={(text) => setTexts({ ...texts, [name]: text })}
            inputMode="decimal"
            pattern="[0-9]+([.,][0-9]+)?"
            placeholder={t('users.limitEmpty')}
            autoComplete="off"
          />
        ))}
      </div>
      <button type="submit" className={`${primaryButton} mt-3`} disabled={isBusy}>
        {t('actions.save')}
      </button>
    </form>
  );
}
