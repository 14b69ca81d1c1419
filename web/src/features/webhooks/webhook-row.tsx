import { useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Webhook } from '#api/api-model.ts';
import { plainButton } from '#components/button-styles.ts';
import { ConfirmButton } from '#components/confirm-button.tsx';
import { DeliveryList } from './delivery-list.tsx';
import { useWebhookActions } from './use-webhook-actions.ts';
import { eventTexts } from './webhook-events.ts';

interface WebhookRowProps {
  webhook: Webhook;
  onSecret: (secret: string) => void;
}

/** One address, what it is told, and what was sent to it. */
export function WebhookRow({ webhook, onSecret }: WebhookRowProps) {
  const { t } = useTranslation();
  const [isLogShown, setIsLogShown] = useState(false);
  const { turn, ping, rotate, remove, isBusy } = useWebhookActions(webhook, onSecret);
  const isSending = webhook.isActive && webhook.pausedAt === null;
  return (
    <article aria-label={webhook.url} className="space-y-2 py-3">
      <div>
        <h3 className="font-medium break-all">{webhook.url}</h3>
        <p className="text-xs text-ink-soft">
          {webhook.events.map((event) => t(eventTexts[event])).join(' · ')}
        </p>
        {!isSending && (
          <p className="mt-1 text-sm text-warn">
            {webhook.isActive
              ? t('webhooks.paused', { reason: webhook.pauseReason ?? '' })
              : t('webhooks.off')}
          </p>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <button
          type="button"
          className={plainButton}
          aria-expanded={isLogShown}
          onClick={() => setIsLogShown(!isLogShown)}
        >
          {t('webhooks.log')}
        </button>
        <button type="button" className={plainButton} disabled={isBusy} onClick={ping}>
          {t('webhooks.ping')}
        </button>
        <button
          type="button"
          className={plainButton}
          disabled={isBusy}
          onClick={() => turn(!isSending)}
        >
          {isSending ? t('webhooks.turnOff') : t('webhooks.turnOn')}
        </button>
        <ConfirmButton
          label={t('webhooks.rotate')}
          question={t('webhooks.rotateQuestion')}
          isBusy={isBusy}
          onConfirm={rotate}
        />
        <ConfirmButton
          label={t('webhooks.remove')}
          question={t('webhooks.removeQuestion')}
          isBusy={isBusy}
          onConfirm={remove}
        />
      </div>
      {isLogShown && <DeliveryList webhookId={webhook.id} />}
    </article>
  );
}
