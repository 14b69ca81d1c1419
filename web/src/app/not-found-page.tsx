import { Link } from '@tanstack/react-router';
import { FileQuestion } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { primaryButton } from '#components/button-styles.ts';
import { EmptyState } from '#components/empty-state.tsx';

/** Shown for an address that leads nowhere. */
export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={FileQuestion}
      title={t('app.notFoundTitle')}
      text={t('app.notFoundText')}
      level={1}
    >
      <Link to="/" className={primaryButton}>
        {t('app.toLibrary')}
      </Link>
    </EmptyState>
  );
}
