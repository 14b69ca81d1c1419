import { useCallback } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { ApiError } from '#api/api-error.ts';

/** Gives the sentence a user should read for any error. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation();
  return useCallback(
    (error) => {
      if (error instanceof ApiError) {
        if (error.code === 'request.precondition_failed') return t('errors.changed');
        return error.message === '' ? t('errors.unknown') : error.message;
      }
      return error instanceof TypeError ? t('errors.unreachable') : t('errors.unknown');
    },
    [t],
  );
}
