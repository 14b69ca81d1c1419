import type { SignInProvider } from '#features/accounts/index.ts';
import { createGithubSignIn, createOidcSignIn } from '#features/accounts/index.ts';
import type { Config } from './config.ts';

/** Services by which people sign in: those whose id and secret are set. `fetch` is the guarded one. */
export function openProviders(
  config: Config,
  fetch: typeof globalThis.fetch,
): readonly SignInProvider[] {
  const providers: SignInProvider[] = [];
  const google = clientOf(config.DOCMILL_GOOGLE_CLIENT_ID, config.DOCMILL_GOOGLE_CLIENT_SECRET);
  if (google) {
    const issuer = config.DOCMILL_GOOGLE_ISSUER;
    providers.push(createOidcSignIn({ ...google, fetch, id: 'google', name: 'Google', issuer }));
  }
  const github = clientOf(config.DOCMILL_GITHUB_CLIENT_ID, config.DOCMILL_GITHUB_CLIENT_SECRET);
  if (github) {
    const url = config.DOCMILL_GITHUB_URL;
    const apiUrl = config.DOCMILL_GITHUB_API_URL;
    providers.push(createGithubSignIn({ ...github, fetch, url, apiUrl }));
  }
  const oidc = clientOf(config.DOCMILL_OIDC_CLIENT_ID, config.DOCMILL_OIDC_CLIENT_SECRET);
  const issuer = config.DOCMILL_OIDC_ISSUER;
  if (oidc && issuer !== undefined) {
    const name = config.DOCMILL_OIDC_NAME;
    providers.push(createOidcSignIn({ ...oidc, fetch, id: 'oidc', name, issuer }));
  }
  return providers;
}

function clientOf(clientId: string | undefined, clientSecret: string | undefined) {
  if (clientId === undefined || clientSecret === undefined) return null;
  return { clientId, clientSecret };
}
