import { Toast } from '@base-ui/react/toast';

/** What the Toaster shows. Loaded with the first toast; everybody else goes through toast-queue.ts. */
export const toastManager = Toast.createToastManager();
export type ToastManager = typeof toastManager;
