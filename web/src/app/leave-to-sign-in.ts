import type { createAppRouter } from './router.tsx';

/**
 * Goes to the page for signing in, and says there where to come back to. The page is loaded anew, so that nothing of
 * who was here stays in memory. False on pages that are seen without signing in: they deal with it themselves.
 */
export function leaveToSignIn(router: ReturnType<typeof createAppRouter>): boolean {
  const matches = router.matchRoutes(router.latestLocation);
  if (matches.some(({ staticData }) => staticData.isOutside === true)) return false;
  const { pathname, search, hash } = window.location;
  const to = pathname + search + hash;
  window.location.replace(to === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(to)}`);
  return true;
}
