import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { toastManager } from './toast-manager.ts';
import { serveToasts } from './toast-queue.ts';

/** Shows the toasts, newest at the bottom; F6 moves the focus to them. */
export function Toaster() {
  // The provider below listens by now: effects run from the inside out.
  useEffect(() => serveToasts(toastManager), []);
  return (
    <Toast.Provider toastManager={toastManager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="fixed inset-x-4 bottom-20 z-50 mx-auto flex max-w-md flex-col gap-2 md:bottom-6">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  const { t } = useTranslation();
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="rounded-xl border border-line bg-surface shadow-raised transition-opacity duration-150 data-ending-style:opacity-0 data-limited:hidden data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-center gap-3 py-2.5 pr-2 pl-4 text-sm">
        <div className="min-w-0 flex-1">
          <Toast.Title className="truncate font-medium" />
          <Toast.Description className="text-ink-soft" />
        </div>
        <Toast.Action className="h-8 rounded-lg px-3 font-medium text-accent hover:bg-accent-soft" />
        <Toast.Close
          aria-label={t('actions.close')}
          className="grid size-8 place-items-center rounded-lg text-ink-soft hover:bg-sunken"
        >
          <X size={16} aria-hidden />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
