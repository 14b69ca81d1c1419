import { Toast } from '@base-ui/react/toast';

/** Short messages at the edge of the screen. Anything may add one; the Toaster shows them. */
export const toasts = Toast.createToastManager();

/** Says what was done and offers to take it back for eight seconds. */
export function offerUndo(title: string, undoLabel: string, undo: () => void): void {
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
}

/** Says that something did not work. */
export function reportFailure(title: string, description: string): void {
  toasts.add({ title, description, type: 'error', priority: 'high', timeout: 10_000 });
}
