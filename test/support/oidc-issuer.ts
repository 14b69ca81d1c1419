import { Provider } from 'oidc-provider';
import { type Handler, listenOnLoopback } from './loopback-server.ts';

/** A real provider of OpenID Connect on loopback. */
export interface OidcIssuer {
  issuer: string;
  /** Claims of the people whom it knows, by the name they sign in there with; any password is right. */
  people: Map<string, Record<string, unknown>>;
  /** Begins to answer; sends browsers back to these addresses only. */
  serve(redirectUris: string[]): void;
  close(): void;
}

/**
 * Listens at once, because a server wants to be told the issuer before it starts, and answers when the address to come
 * back to is known. `host` is how the issuer calls itself: `localhost` is another site than 127.0.0.1 to a browser.
 */
export async function openOidcIssuer(
  client: { clientId: string; clientSecret: string },
  host = '127.0.0.1',
): Promise<OidcIssuer> {
  const people: OidcIssuer['people'] = new Map();
  let handler: Handler = (_, response) => response.writeHead(503).end();
  const server = await listenOnLoopback((request, response) => handler(request, response));
  const issuer = `http://${host}:${server.port}`;
  return {
    issuer,
    people,
    serve(redirectUris) {
      handler = providerOf(issuer, { ...client, redirectUris }, people);
    },
    close: () => server.close(),
  };
}

function providerOf(
  issuer: string,
  client: { clientId: string; clientSecret: string; redirectUris: string[] },
  people: OidcIssuer['people'],
): Handler {
  const { clientId, clientSecret, redirectUris } = client;
  return new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: redirectUris }],
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['given_name', 'family_name'],
    },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, ...people.get(id) }),
    }),
    async loadExistingGrant({ oidc }) {
      const { clientId: of } = oidc.client;
      const grant = new oidc.provider.Grant({ clientId: of, accountId: oidc.session.accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  }).callback();
}
