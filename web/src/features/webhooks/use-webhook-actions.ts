import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Webhook } from '#api/api-model.ts';
import {
  pingWebhook,
  removeWebhook,
  rotateWebhookSecret,
  switchWebhook,
} from '#api/webhook-api.ts';
import { notify, reportFailure } from '#components/toast-queue.ts';
import { useErrorText } from '#components/use-error-text.ts';

/** What a person does with a webhook. `onSecret` gets a new secret, to be shown once. */
export function useWebhookActions(webhook: Webhook, onSecret: (secret: string) => void) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const handling = {
    onError: (error: unknown) => reportFailure(t('errors.title'), errorText(error)),
    onSettled: async () => {
      await queryClient.invalidateQueries({ queryKey: ['webhooks'] });
      await queryClient.invalidateQueries({ queryKey: ['webhook-deliveries', webhook.id] });
    },
  };
  const turn = useMutation({
    mutationFn: (isActive: boolean) => switchWebhook({ id: webhook.id, isActive }),
    ...handling,
  });
  const ping = useMutation({
    mutationFn: () => pingWebhook(webhook.id),
    onSuccess: ({ responseStatus, errorMessage }) => {
      if (errorMessage === null) notify(t('webhooks.pinged', { status: responseStatus ?? '' }));
      else reportFailure(t('webhooks.pingFailed'), errorMessage);
    },
    ...handling,
  });
  const rotate = useMutation({
    mutationFn: () => rotateWebhookSecret(webhook.id),
    onSuccess: ({ secret }) => onSecret(secret),
    ...handling,
  });
  const remove = useMutation({ mutationFn: () => removeWebhook(webhook.id), ...handling });
  return {
    turn: turn.mutate,
    ping: () => ping.mutate(),
    rotate: () => rotate.mutate(),
    remove: () => remove.mutate(),
    isBusy: turn.isPending || ping.isPending || rotate.isPending || remove.isPending,
  };
}
