import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, Suspense, lazy } from 'react';
import { createRoot } from 'react-dom/client';
import { KeymapProvider } from '#components/keymap-provider.tsx';
import { UploadProvider } from '#features/documents/upload-provider.tsx';
import { LiveJobs } from '#features/jobs/live-jobs.tsx';
import './app.css';
import { startTranslations } from './i18n/translations.ts';
import { createQueryClient } from './query-client.ts';
import { createAppRouter } from './router.tsx';
import { applyStoredTheme } from './theme.ts';

const Toaster = lazy(async () => ({ default: (await import('#components/toaster.tsx')).Toaster }));

applyStoredTheme();
await startTranslations();

const queryClient = createQueryClient();
const router = createAppRouter(queryClient);
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <LiveJobs>
          <UploadProvider>
            <KeymapProvider>
              <RouterProvider router={router} />
              <Suspense>
                <Toaster />
              </Suspense>
            </KeymapProvider>
          </UploadProvider>
        </LiveJobs>
      </QueryClientProvider>
    </StrictMode>,
  );
}
