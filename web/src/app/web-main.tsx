import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, Suspense, lazy } from 'react';
import { createRoot } from 'react-dom/client';
import { whenSignedOut } from '#api/http-request.ts';
import { KeymapProvider } from '#components/keymap-provider.tsx';
import './app.css';
import { createQueryClient } from './query-client.ts';
import { createAppRouter } from './router.tsx';
import { leaveToSignIn } from './leave-to-sign-in.ts';
import { applyStoredTheme } from './theme.ts';

const Toaster = lazy(async () => ({ default: (await import('#components/toaster.tsx')).Toaster }));

applyStoredTheme();

const queryClient = createQueryClient();
const router = createAppRouter(queryClient);
whenSignedOut(() => leaveToSignIn(router));
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <KeymapProvider>
          <RouterProvider router={router} />
          <Suspense>
            <Toaster />
          </Suspense>
        </KeymapProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
