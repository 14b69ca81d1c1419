import { useTranslation } from '#app/i18n/use-translation.ts';
import { plainButton } from '#components/button-styles.ts';
import { CopyValue } from '#components/copy-value.tsx';

/** The secret of a webhook, shown this once. */
export function SecretNotice({ secret, onDone }: { secret: string; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <div role="status" className="space-y-3">
      <p className="rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">
        {t('webhooks.secretOnce')}
      </p>
      <CopyValue label={t('webhooks.secret')} value={secret} />
      <button type="button" className={plainButton} onClick={onDone}>
        {t('apiKeys.done')}
      </button>
    </div>
  );
}
