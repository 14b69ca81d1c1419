import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { withAccountTexts } from './i18n/use-translation.ts';
import { rootRoute } from './root-route.tsx';

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  component: lazyRouteComponent(
    () => withAccountTexts(() => import('#features/accounts/settings-frame.tsx')),
    'SettingsFrame',
  ),
});

const profileRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  component: lazyRouteComponent(
    () => withAccountTexts(() => import('#features/accounts/profile-page.tsx')),
    'ProfilePage',
  ),
});

const keysRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/keys',
  component: lazyRouteComponent(
    () => withAccountTexts(() => import('#features/keys/api-keys-page.tsx')),
    'ApiKeysPage',
  ),
});

const usageRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/usage',
  component: lazyRouteComponent(
    () => withAccountTexts(() => import('#features/usage/usage-page.tsx')),
    'UsagePage',
  ),
});

const usersRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/users',
  component: lazyRouteComponent(
    () => withAccountTexts(() => import('#features/users/users-page.tsx')),
    'UsersPage',
  ),
});

const securityRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/security',
  component: lazyRouteComponent(
    () => withAccountTexts(() => import('#features/accounts/security-page.tsx')),
    'SecurityPage',
  ),
});

const webhooksRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/webhooks',
  component: lazyRouteComponent(
    () => withAccountTexts(() => import('#features/webhooks/webhooks-page.tsx')),
    'WebhooksPage',
  ),
});

/** Everything about the own account, and for admins about those of others. */
export const settingsRoutes = settingsRoute.addChildren([
  profileRoute,
  securityRoute,
  keysRoute,
  webhooksRoute,
  usageRoute,
  usersRoute,
]);
