import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readLinkSearch } from '#features/links/link-search.ts';
import { withAccountTexts } from './i18n/use-translation.ts';
import { rootRoute } from './root-route.tsx';

const staticData = { isOutside: true };

interface SignInSearch {
  /** Where one wanted to go. */
  to?: string;
  /** Why another service could not sign one in. */
  error?: string;
  /** Another service has signed one in. */
  arrived?: boolean;
}

function readSignInSearch(search: Record<string, unknown>): SignInSearch {
  const { to, error, arrived } = search;
  return {
    ...(typeof to === 'string' && { to }),
    ...(typeof error === 'string' && { error }),
    ...(arrived === 'true' && { arrived: true }),
  };
}

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  staticData,
  validateSearch: readSignInSearch,
  component: lazyRouteComponent(
    () => withAccountTexts(() => import('#features/accounts/sign-in-page.tsx')),
    'SignInPage',
  ),
});

const firstAdminRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/first-admin',
  staticData,
  component: lazyRouteComponent(
    () => withAccountTexts(() => import('#features/accounts/first-admin-page.tsx')),
    'FirstAdminPage',
  ),
});

const linkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/s/$token',
  staticData,
  validateSearch: readLinkSearch,
  component: lazyRouteComponent(
    () => withAccountTexts(() => import('#features/links/link-page.tsx')),
    'LinkPage',
  ),
});

const signUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-up',
  staticData,
  component: lazyRouteComponent(
    () => withAccountTexts(() => import('#features/accounts/sign-up-page.tsx')),
    'SignUpPage',
  ),
});

const verifyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/verify-email',
  staticData,
  component: lazyRouteComponent(
    () => withAccountTexts(() => import('#features/accounts/verify-email-page.tsx')),
    'VerifyEmailPage',
  ),
});

const forgotRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgot-password',
  staticData,
  component: lazyRouteComponent(
    () => withAccountTexts(() => import('#features/accounts/forgot-password-page.tsx')),
    'ForgotPasswordPage',
  ),
});

const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset',
  staticData,
  component: lazyRouteComponent(
    () => withAccountTexts(() => import('#features/accounts/reset-page.tsx')),
    'ResetPage',
  ),
});

/** Pages for people who are not signed in yet. */
export const entranceRoutes = [
  signInRoute,
  signUpRoute,
  firstAdminRoute,
  verifyRoute,
  forgotRoute,
  resetRoute,
  linkRoute,
] as const;
