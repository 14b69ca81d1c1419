import { useTranslation } from '#app/i18n/use-translation.ts';
import type { MadeKey } from '#api/api-model.ts';
import { plainButton } from '#components/button-styles.ts';
import { CopyValue } from '#components/copy-value.tsx';

/** A new key, shown this once. */
export function MadeKeyNotice({ made, onDone }: { made: MadeKey; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <div role="status" className="space-y-3">
      <p className="rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">
        {t('apiKeys.shownOnce')}
      </p>
      <CopyValue label={t('apiKeys.keyOf', { name: made.apiKey.name })} value={made.key} />
      <p className="text-sm text-ink-soft">{t('apiKeys.howTo')}</p>
      <pre
        tabIndex={0}
        className="overflow-x-auto rounded-lg bg-sunken p-3 font-mono text-xs"
      >{`curl -H "Authorization: Bearer ${made.apiKey.prefix}…" ${location.origin}/v1/documents`}</pre>
      <button type="button" className={plainButton} onClick={onDone}>
        {t('apiKeys.done')}
      </button>
    </div>
  );
}
