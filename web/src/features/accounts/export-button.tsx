import { Download } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { plainButton } from '#components/button-styles.ts';

/** Everything of the account as one file. */
export function ExportButton() {
  const { t } = useTranslation();
  return (
    <a href="/v1/account/export" download className={plainButton}>
      <Download size={15} aria-hidden />
      {t('account.exportNow')}
    </a>
  );
}
