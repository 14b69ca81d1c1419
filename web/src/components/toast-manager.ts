import { Toast } from '@base-ui/react/toast';

/** What the Toaster shows. Everybody else goes through toast-queue.ts. */
export const toastManager = Toast.createToastManager();
export type ToastManager = typeof toastManager;
