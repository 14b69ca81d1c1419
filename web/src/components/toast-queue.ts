import type { ToastManager } from './toast-manager.ts';

type Say = (toasts: ToastManager) => void;

let served: ToastManager | undefined;
const waiting: Say[] = [];

/** The toaster is loaded after the page; what is said before it stands waits for it. */
function say(toast: Say): void {
  if (served) toast(served);
  else waiting.push(toast);
}

/** The toaster stands: shows what waited, and from now on what comes. */
export function serveToasts(toasts: ToastManager): void {
  served = toasts;
  for (const toast of waiting.splice(0)) toast(toasts);
}

/** Says something in passing. */
export function notify(title: string): void {
  say((toasts) => toasts.add({ title }));
}

/** Says what was done and offers to take it back for eight seconds. */
export function offerUndo(title: string, undoLabel: string, undo: () => void): void {
  offerAction({ title }, { label: undoLabel, act: undo });
}

/** Says something and offers what can be done about it for eight seconds. */
export function offerAction(
  said: { title: string; description?: string; isFailure?: boolean },
  { label, act }: { label: string; act: () => void },
): void {
  const { isFailure = false, ...texts } = said;
  say((toasts) => {
    const id = toasts.add({
      ...texts,
      ...(isFailure && { type: 'error' }),
      timeout: 8_000,
      actionProps: {
        children: label,
        onClick: () => {
          toasts.close(id);
          act();
        },
      },
    });
  });
}

/** Says that something did not work. */
export function reportFailure(title: string, description: string): void {
  say((toasts) =>
    toasts.add({ title, description, type: 'error', priority: 'high', timeout: 10_000 }),
  );
}
