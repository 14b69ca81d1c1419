/** The little of oidc-provider that a test uses; the package brings no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<unknown>;
  }
  interface OidcContext {
    oidc: {
      client: { clientId: string };
      session: { accountId: string };
      provider: { Grant: new (of: { clientId: string; accountId: string }) => Grant };
    };
  }
  interface Configuration {
    clients: { client_id: string; client_secret: string; redirect_uris: string[] }[];
    claims: Record<string, string[]>;
    pkce: { required: () => boolean };
    features: { devInteractions: { enabled: boolean } };
    findAccount: (
      context: unknown,
      id: string,
    ) => { accountId: string; claims: () => Record<string, unknown> };
    loadExistingGrant: (context: OidcContext) => Promise<Grant>;
  }
  export class Provider {
    constructor(issuer: string, configuration: Configuration);
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
  }
}
