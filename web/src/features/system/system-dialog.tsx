import { Dialog } from '@base-ui/react/dialog';
import { Lightbulb, X } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { System } from '#api/api-model.ts';
import { ErrorNotice } from '#components/error-notice.tsx';

interface SystemDialogProps {
  system: System | undefined;
  error: Error | null;
  onRetry: () => void;
  onClose: () => void;
}

/** What runs on the server, and what is missing with what it would bring. */
export function SystemDialog({ system, error, onRetry, onClose }: SystemDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-[rgb(0_0_0/0.35)]" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-50 max-h-[85dvh] w-[min(30rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-2xl bg-surface p-6 shadow-raised">
          <div className="flex items-center justify-between">
            <Dialog.Title className="text-lg font-semibold">{t('system.title')}</Dialog.Title>
            <Dialog.Close
              aria-label={t('actions.close')}
              className="grid size-8 place-items-center rounded-lg text-ink-soft hover:bg-sunken"
            >
              <X size={18} aria-hidden />
            </Dialog.Close>
          </div>
          {error && (
            <div className="mt-4">
              <ErrorNotice error={error} onRetry={onRetry} />
            </div>
          )}
          {system && <SystemFacts system={system} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function SystemFacts({ system }: { system: System }) {
  const { t } = useTranslation();
  return (
    <div className="mt-3 space-y-5 text-sm">
      <p className="text-ink-soft">
        {t('system.version', { version: system.version })}
        {' · '}
        {t('system.database', { version: system.database.version })}
        {system.database.embedded && ` ${t('system.embedded')}`}
      </p>
      <section>
        <h3 className="text-xs font-medium text-ink-faint">{t('system.engines')}</h3>
        <dl className="mt-1 divide-y divide-line">
          {system.engines.map((engine) => (
            <div key={`${engine.name} ${engine.use}`} className="flex justify-between gap-4 py-2">
              <dt>{engineLabel(engine)}</dt>
              <dd className="text-right text-ink-soft">{engine.use}</dd>
            </div>
          ))}
        </dl>
      </section>
      {system.notes.length > 0 && (
        <section>
          <h3 className="text-xs font-medium text-ink-faint">{t('system.notes')}</h3>
          <ul className="mt-2 space-y-2">
            {system.notes.map((note) => (
              <li key={note} className="flex gap-2">
                <Lightbulb size={16} className="mt-0.5 shrink-0 text-warn" aria-hidden />
                {note}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** Most engines say their name in their version already. */
function engineLabel({ name, version }: System['engines'][number]): string {
  return /^\d/.test(version) ? `${name} ${version}` : version;
}
