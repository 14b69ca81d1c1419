import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import { z } from 'zod';
import type { ProviderClient } from './provider-exchange.ts';
import {
  askProvider,
  authorizationUrl,
  exchangeCode,
  providerFailed,
} from './provider-exchange.ts';
import type { ProviderId, ProviderPerson, SignInProvider } from './sign-in-provider.ts';

const metadataSchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  userinfo_endpoint: z.url().optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
});

const tokensSchema = z.object({ id_token: z.string(), access_token: z.string() });

const text = z.string().min(1).max(255).optional().catch(undefined);
const claimsSchema = z.object({
  sub: z.string().min(1).max(255),
  email: text,
  // Some providers send the word.
  email_verified: z.union([z.boolean(), z.literal('true').transform(() => true)]).catch(false),
  given_name: text,
  family_name: text,
});

type Metadata = z.infer<typeof metadataSchema>;

/** Metadata and keys are read again after this. */
const keepMs = 3_600_000;
/** Never `none`, and no shared secret: what verifies must not be able to sign. */
const algorithms = [
  'RS256',
  'PS256',
  'ES256',
  'ES384',
  'RS384',
  'RS512',
  'PS384',
  'PS512',
  'EdDSA',
];

/** OpenID Connect Core 1.0, the code flow with PKCE: Google, and any provider with an issuer. */
export function createOidcSignIn(
  options: ProviderClient & { id: ProviderId; name: string; issuer: string },
): SignInProvider {
  const { id, name } = options;
  const known = rememberMetadata(options);
  return {
    id,
    name,
    async start(visit) {
      const { metadata } = await known();
      const endpoint = metadata.authorization_endpoint;
      const scopes = ['openid', 'email', 'profile'];
      return authorizationUrl(options, visit, { endpoint, scopes, nonce: visit.nonce });
    },
    async finish(visit, code) {
      const { metadata, keys } = await known();
      const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
      const authentication = methods.includes('client_secret_basic') ? 'basic' : 'post';
      const endpoint = metadata.token_endpoint;
      const tokens = await exchangeCode(
        options,
        visit,
        { endpoint, code, authentication },
        tokensSchema,
      );
      const claims = await verifyClaims(tokens.id_token, keys, {
        issuer: metadata.issuer,
        audience: options.clientId,
        nonce: visit.nonce,
      });
      if (claims.email !== undefined || metadata.userinfo_endpoint === undefined) {
        return personOf(claims);
      }
      const headers = { authorization: `Bearer ${tokens.access_token}` };
      const more = await askProvider(options, claimsSchema, metadata.userinfo_endpoint, {
        headers,
      });
      // OpenID Connect Core 1.0, 5.3.2: an answer about somebody else must not be used.
      if (more.sub !== claims.sub) throw providerFailed('it spoke of two different people.');
      return personOf(more);
    },
  };
}

interface KnownProvider {
  metadata: Metadata;
  keys: ReturnType<typeof createRemoteJWKSet>;
}

function rememberMetadata(
  options: ProviderClient & { issuer: string },
): () => Promise<KnownProvider> {
  const issuer = options.issuer.replace(/\/$/, '');
  let known: { until: number; provider: Promise<KnownProvider> } | undefined;
  const read = async (): Promise<KnownProvider> => {
    const url = `${issuer}/.well-known/openid-configuration`;
    const metadata = await askProvider(options, metadataSchema, url);
    if (metadata.issuer.replace(/\/$/, '') !== issuer) {
      throw providerFailed('it calls itself by another name than the settings.');
    }
    const keys = createRemoteJWKSet(new URL(metadata.jwks_uri), {
      [customFetch]: options.fetch,
      timeoutDuration: 10_000,
    });
    return { metadata, keys };
  };
  return async () => {
    if (known === undefined || known.until < Date.now()) {
      known = { until: Date.now() + keepMs, provider: read() };
    }
    try {
      return await known.provider;
    } catch (error) {
      // The next one who signs in asks again.
      known = undefined;
      throw error;
    }
  };
}

async function verifyClaims(
  token: string,
  keys: KnownProvider['keys'],
  expected: { issuer: string; audience: string; nonce: string },
): Promise<z.infer<typeof claimsSchema>> {
  const { issuer, audience, nonce } = expected;
  try {
    const options = {
      issuer,
      audience,
      algorithms,
      clockTolerance: 60,
      requiredClaims: ['exp', 'iat'],
    };
    const { payload } = await jwtVerify(token, keys, options);
    if (payload['nonce'] !== nonce) throw new Error('the nonce is another one');
    return claimsSchema.parse(payload);
  } catch (cause) {
    throw providerFailed('its proof of identity does not hold.', cause);
  }
}

function personOf(claims: z.infer<typeof claimsSchema>): ProviderPerson {
  return {
    subject: claims.sub,
    email: claims.email ?? null,
    emailVerified: claims.email_verified,
    firstName: claims.given_name ?? null,
    lastName: claims.family_name ?? null,
  };
}
