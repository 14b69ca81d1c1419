import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { WebhookEvent } from '#api/api-model.ts';
import { addWebhook } from '#api/webhook-api.ts';
import { primaryButton } from '#components/button-styles.ts';
import { FailureLine } from '#components/failure-line.tsx';
import { TextField } from '#components/text-field.tsx';
import { eventTexts, webhookEvents } from './webhook-events.ts';

/** Adds an address; the secret it checks signatures with is handed on. */
export function WebhookForm({ onMade }: { onMade: (secret: string) => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<ReadonlySet<WebhookEvent>>(new Set(['document.completed']));
  const add = useMutation({
    mutationFn: () => addWebhook({ url: url.trim(), events: [...events] }),
    onSuccess: async ({ secret }) => {
      await queryClient.invalidateQueries({ queryKey: ['webhooks'] });
      onMade(secret);
    },
  });
  const toggle = (event: WebhookEvent): void => {
    const next = new Set(events);
    if (!next.delete(event)) next.add(event);
    setEvents(next);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <TextField
        label={t('webhooks.url')}
        value={url}
        onText={setUrl}
        type="url"
        maxLength={2_000}
        placeholder="https://example.org/docmill"
        autoComplete="off"
        required
      />
      <fieldset>
        <legend className="text-sm font-medium">{t('webhooks.events')}</legend>
        <div className="mt-1 grid gap-x-4 sm:grid-cols-2">
          {webhookEvents.map((event) => (
            <label key={event} className="flex min-h-8 items-center gap-2.5 text-sm">
              <input
                type="checkbox"
                className="size-4 accent-accent"
                checked={events.has(event)}
                onChange={() => toggle(event)}
              />
              {t(eventTexts[event])}
            </label>
          ))}
        </div>
      </fieldset>
      <FailureLine error={add.error} />
      <button
        type="submit"
        className={primaryButton}
        disabled={url.trim() === '' || events.size === 0 || add.isPending}
      >
        {t('webhooks.add')}
      </button>
    </form>
  );
}
