import type { ToastManager } from './toast-manager.ts';

/** The toast code is loaded with the first toast: most visits never need it. */
async function withManager(act: (manager: ToastManager) => void): Promise<void> {
  const { toastManager } = await import('./toast-manager.ts');
  act(toastManager);
}

/** Says something in passing. */
export function notify(title: string): void {
  void withManager((toasts) => toasts.add({ title }));
}

/** Says what was done and offers to take it back for eight seconds. */
export function offerUndo(title: string, undoLabel: string, undo: () => void): void {
  void withManager((toasts) => {
    const id = toasts.add({
      title,
      timeout: 8_000,
      actionProps: {
        children: undoLabel,
        onClick: () => {
          toasts.close(id);
          undo();
        },
      },
    });
  });
}

/** Says that something did not work. */
export function reportFailure(title: string, description: string): void {
  void withManager((toasts) =>
    toasts.add({ title, description, type: 'error', priority: 'high', timeout: 10_000 }),
  );
}
