import { z } from 'zod';
import type { ProviderClient } from './provider-exchange.ts';
import { askProvider, authorizationUrl, exchangeCode } from './provider-exchange.ts';
import type { SignInProvider } from './sign-in-provider.ts';

const tokensSchema = z.object({ access_token: z.string() });
const userSchema = z.object({ id: z.int(), name: z.string().max(255).nullish() });
const emailsSchema = z.array(
  z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }),
);

/** GitHub speaks OAuth 2 and no OpenID Connect: who it is says its API. `url` and `apiUrl` differ on GitHub Enterprise. */
export function createGithubSignIn(
  options: ProviderClient & { url: string; apiUrl: string },
): SignInProvider {
  const url = options.url.replace(/\/$/, '');
  const apiUrl = options.apiUrl.replace(/\/$/, '');
  return {
    id: 'github',
    name: 'GitHub',
    start(visit) {
      const endpoint = `${url}/login/oauth/authorize`;
      return authorizationUrl(options, visit, { endpoint, scopes: ['read:user', 'user:email'] });
    },
    async finish(visit, code) {
      const endpoint = `${url}/login/oauth/access_token`;
      const wish = { endpoint, code, authentication: 'post' } as const;
      const tokens = await exchangeCode(options, visit, wish, tokensSchema);
      const headers = {
        authorization: `Bearer ${tokens.access_token}`,
        accept: 'application/vnd.github+json',
      };
      const user = await askProvider(options, userSchema, `${apiUrl}/user`, { headers });
      const emails = await askProvider(options, emailsSchema, `${apiUrl}/user/emails`, { headers });
      const primary = emails.find((address) => address.primary);
      return {
        // The login may be given to somebody else one day; the number never is.
        subject: String(user.id),
        email: primary?.email ?? null,
        emailVerified: primary?.verified ?? false,
        firstName: user.name?.trim() || null,
        lastName: null,
      };
    },
  };
}
