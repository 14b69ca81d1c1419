import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { KeyBinding } from './key-binding.ts';
import { KeyCap } from './key-cap.tsx';
import { type KeymapEntry, keyNames } from './use-keymap.ts';

/** Lists every key that does something on this page, from the same table that binds them. */
export function KeysDialog({
  entries,
  onClose,
}: {
  entries: readonly KeymapEntry[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-[rgb(0_0_0/0.35)]" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-50 max-h-[85dvh] w-[min(30rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-2xl bg-surface p-6 shadow-raised">
          <div className="flex items-center justify-between">
            <Dialog.Title className="text-lg font-semibold">{t('keys.title')}</Dialog.Title>
            <Dialog.Close
              aria-label={t('actions.close')}
              className="grid size-8 place-items-center rounded-lg text-ink-soft hover:bg-sunken"
            >
              <X size={18} aria-hidden />
            </Dialog.Close>
          </div>
          {entries.toReversed().map((entry) => (
            <section key={entry.scope} className="mt-5">
              <h3 className="text-xs font-medium text-ink-faint">{t(`keys.${entry.scope}`)}</h3>
              <dl className="mt-1 divide-y divide-line">
                {entry.bindings.map((binding) => (
                  <BindingLine key={binding.label} binding={binding} />
                ))}
              </dl>
            </section>
          ))}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function BindingLine({ binding }: { binding: KeyBinding }) {
  const { t } = useTranslation();
  return (
    <div className="flex items-center justify-between py-2 text-sm">
      <dt>{t(binding.label)}</dt>
      <dd className="flex items-center gap-1.5 text-xs text-ink-faint">
        {binding.keys.map((key, index) => {
          const name = keyNames[key];
          return (
            <Fragment key={key}>
              {index > 0 && t('keys.or')}
              <KeyCap>{name ? t(name) : key}</KeyCap>
            </Fragment>
          );
        })}
      </dd>
    </div>
  );
}
