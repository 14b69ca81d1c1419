import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { ReviewTask, Zone } from '#api/api-model.ts';
import { plainButton, primaryButton } from '#components/button-styles.ts';
import { formatPercent } from '#components/value-formats.ts';
import { zoneKindName } from '#features/viewer/use-zone-name.ts';
import type { ReviewActions } from './review-queue.tsx';

interface ReviewFormProps {
  task: ReviewTask;
  zones: readonly Zone[];
  actions: ReviewActions;
}

/** What was read, to be corrected; Ctrl and Enter accepts it all and opens the next page. */
export function ReviewForm({ task, zones, actions }: ReviewFormProps) {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const accept = () => {
    const typed = new FormData(form.current ?? undefined);
    const decided = zones.map((zone) => ({ id: zone.id, content: textOf(typed, zone) }));
    actions.decide({ task, zones: decided });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!actions.isBusy) accept();
  };
  return (
    <form
      ref={form}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        accept();
      }}
      className="space-y-4"
    >
      {zones.length === 0 && <p className="text-sm text-ink-soft">{t('review.noZones')}</p>}
      {zones.map((zone, index) => (
        <ZoneField key={zone.id} zone={zone} isFirst={index === 0} />
      ))}
      <div className="flex flex-wrap items-center gap-2">
        <button type="submit" disabled={actions.isBusy} className={primaryButton}>
          {t('review.accept')}
        </button>
        <button
          type="button"
          disabled={actions.isBusy}
          onClick={() => actions.skip(task.id)}
          className={plainButton}
        >
          {t('review.skip')}
        </button>
        <span className="text-xs text-ink-soft">{t('review.acceptKeys')}</span>
      </div>
    </form>
  );
}

function ZoneField({ zone, isFirst }: { zone: Zone; isFirst: boolean }) {
  const { t } = useTranslation();
  const label = t('review.field', {
    kind: zoneKindName(t, zone.kind),
    position: zone.position,
    percent: formatPercent(zone.confidence),
  });
  return (
    <label className="block">
      <span className="text-xs font-medium text-ink-soft">{label}</span>
      <textarea
        name={zone.id}
        autoFocus={isFirst}
        defaultValue={zone.content}
        rows={Math.min(12, zone.content.split('\n').length + 1)}
        className="mt-1 w-full rounded-lg border border-line-strong bg-surface p-2 text-sm"
      />
    </label>
  );
}

/** A form gives its lines with carriage returns, which no field of ours holds. */
function textOf(typed: FormData, zone: Zone): string {
  const text = typed.get(zone.id);
  return typeof text === 'string' ? text.replaceAll('\r\n', '\n') : zone.content;
}
