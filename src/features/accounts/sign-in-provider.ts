/** Services by which people sign in. */
export const providerIds = ['google', 'github', 'oidc'] as const;

export type ProviderId = (typeof providerIds)[number];

/** What stays in the browser while its person is at the provider, and must come back with it. */
export interface ProviderVisit {
  state: string;
  nonce: string;
  /** Of PKCE (RFC 7636): the code is worth nothing without it. */
  codeVerifier: string;
  redirectUri: string;
}

/** Who somebody is, as a provider says. */
export interface ProviderPerson {
  /** Never changes there, and is never given to somebody else. */
  subject: string;
  email: string | null;
  /** The provider has made sure that the address is theirs. */
  emailVerified: boolean;
  firstName: string | null;
  lastName: string | null;
}

/** One service, set up on this server. */
export interface SignInProvider {
  readonly id: ProviderId;
  /** As people call it. */
  readonly name: string;
  /** Where the browser goes. Throws `auth.provider_failed`. */
  start(visit: ProviderVisit): Promise<URL>;
  /** Turns the code that the browser came back with into who it is. Throws `auth.provider_failed`. */
  finish(visit: ProviderVisit, code: string): Promise<ProviderPerson>;
}
