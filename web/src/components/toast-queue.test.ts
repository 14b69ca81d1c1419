import { Toast } from '@base-ui/react/toast';
import { expect, test, vi } from 'vitest';

test('what is said before the toaster stands is shown when it does, and once', async () => {
  vi.resetModules();
  const { notify, serveToasts } = await import('./toast-queue.ts');
  const shown: unknown[] = [];
  const manager = Toast.createToastManager();
  vi.spyOn(manager, 'add').mockImplementation((toast) => String(shown.push(toast.title)));

  notify('early');
  expect(shown).toEqual([]);
  serveToasts(manager);
  expect(shown).toEqual(['early']);
  notify('later');
  serveToasts(manager);
  expect(shown).toEqual(['early', 'later']);
});
