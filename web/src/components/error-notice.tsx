import { CircleAlert } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { ApiError } from '#api/api-error.ts';
import { plainButton } from './button-styles.ts';
import { useErrorText } from './use-error-text.ts';

interface ErrorNoticeProps {
  error: unknown;
  onRetry?: () => void;
  /** 1 when it stands alone on its page. */
  level?: 1 | 2;
}

/** Says what did not work and offers another try. */
export function ErrorNotice({ error, onRetry, level = 2 }: ErrorNoticeProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const requestId = error instanceof ApiError ? error.requestId : undefined;
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <div role="alert" className="mx-auto max-w-lg rounded-card bg-bad-soft p-5 text-sm">
      <Heading className="flex items-center gap-2 font-semibold text-bad">
        <CircleAlert size={18} aria-hidden />
        {t('errors.title')}
      </Heading>
      <p className="mt-1.5 text-ink">{errorText(error)}</p>
      {requestId !== undefined && (
        <p className="mt-1 font-mono text-xs break-all text-ink-soft">
          {t('errors.request', { id: requestId })}
        </p>
      )}
      {onRetry && (
        <button type="button" className={`${plainButton} mt-4`} onClick={onRetry}>
          {t('actions.retry')}
        </button>
      )}
    </div>
  );
}
