import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { ApiKey } from '#api/api-model.ts';
import { revokeKey } from '#api/key-api.ts';
import { ConfirmButton } from '#components/confirm-button.tsx';
import { TimeAgo } from '#components/time-ago.tsx';
import { notify, reportFailure } from '#components/toast-queue.ts';
import { useErrorText } from '#components/use-error-text.ts';
import { formatDay } from '#components/value-formats.ts';
import { isKeyAlive } from './key-scopes.ts';

/** One key: what it may do, when it was used last, and its end. */
export function KeyRow({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => revokeKey(apiKey.id),
    onSuccess: () => notify(t('apiKeys.revokedNow', { name: apiKey.name })),
    onError: (error) => reportFailure(t('errors.title'), errorText(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['keys'] }),
  });
  const isAlive = isKeyAlive(apiKey, new Date());
  return (
    <article className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1">
        <h3 className={`font-medium break-words ${isAlive ? '' : 'text-ink-soft line-through'}`}>
          {apiKey.name}
        </h3>
        <p className="text-xs text-ink-soft">
          <code className="font-mono">{apiKey.prefix}…</code> · {apiKey.scopes.join(', ')}
        </p>
        <p className="text-xs text-ink-soft">
          {apiKey.lastUsedAt === null ? (
            t('apiKeys.neverUsed')
          ) : (
            <>
              {t('apiKeys.used')} <TimeAgo instant={apiKey.lastUsedAt} />
            </>
          )}
          {' · '}
          {endText()}
        </p>
      </div>
      {isAlive && (
        <ConfirmButton
          label={t('apiKeys.revoke')}
          name={t('apiKeys.revokeOf', { name: apiKey.name })}
          question={t('apiKeys.revokeQuestion')}
          onConfirm={() => revoke.mutate()}
          isBusy={revoke.isPending}
        />
      )}
    </article>
  );

  function endText(): string {
    if (apiKey.revokedAt !== null) {
      return t('apiKeys.revokedOn', { day: formatDay(apiKey.revokedAt) });
    }
    if (apiKey.expiresAt === null) return t('apiKeys.noEnd');
    const day = formatDay(apiKey.expiresAt);
    return isAlive ? t('apiKeys.endsOn', { day }) : t('apiKeys.endedOn', { day });
  }
}
