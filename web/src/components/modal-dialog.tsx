import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';

interface ModalDialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog over the page, open as long as it is mounted; Escape and the backdrop close it. */
export function ModalDialog({ title, onClose, children }: ModalDialogProps) {
  const { t } = useTranslation();
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-[rgb(0_0_0/0.35)]" />
        <Dialog.Popup
          ref={popup}
          // A field to fill in comes before the button that closes.
          initialFocus={() => popup.current?.querySelector('input') ?? true}
          className="fixed top-1/2 left-1/2 z-50 flex max-h-[85dvh] w-[min(30rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 flex-col overflow-y-auto rounded-2xl bg-surface p-6 shadow-raised"
        >
          <div className="flex items-start justify-between gap-3">
            <Dialog.Title className="min-w-0 text-lg font-semibold break-words">
              {title}
            </Dialog.Title>
            <Dialog.Close
              aria-label={t('actions.close')}
              className="grid size-8 shrink-0 place-items-center rounded-lg text-ink-soft hover:bg-sunken"
            >
              <X size={18} aria-hidden />
            </Dialog.Close>
          </div>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
