import {
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  createRemoteJWKSet,
  customFetch,
  decodeJwt,
  errors,
  importSPKI,
  jwtVerify,
} from 'jose';
import { AppError, isAppError } from '#kernel/app-error.ts';

export interface ClerkTokenSettings {
  /** Address of the Clerk instance (Frontend API), which its tokens name as issuer. */
  issuer: string;
  /** Public key in PEM; without it the keys are fetched from the issuer. */
  jwtKey: string | undefined;
  /** Origins whose tokens are taken (`azp`); empty takes all. */
  authorizedParties: readonly string[];
  /** For the keys of the issuer: through the guard of outgoing calls. */
  fetch: typeof globalThis.fetch;
  /** Now, for tests. */
  clock?: () => Date;
  /** How long fetched keys are used before they are fetched again. Default 10 min. */
  cacheMs?: number;
  /** The least time between two fetches, whatever keys tokens name. Default 30 s. */
  cooldownMs?: number;
}

export interface ClerkTokens {
  /**
   * The user at Clerk whom a session token names; null for text that is no token of this issuer, so that another way in
   * may know it. Throws `auth.invalid` for one that is not, or no longer, valid, and `outgoing.*` when the keys cannot be
   * fetched.
   */
  subjectOf(token: string): Promise<string | null>;
}

const algorithm = 'RS256';
/** Clocks may differ by so much. */
const skewSeconds = 5;

export function createClerkTokens(settings: ClerkTokenSettings): ClerkTokens {
  const { issuer, authorizedParties, clock } = settings;
  const keyOf = keySource(settings);
  return {
    async subjectOf(token) {
      if (issuerOf(token) !== issuer) return null;
      const options: JWTVerifyOptions = {
        issuer,
        algorithms: [algorithm],
        clockTolerance: skewSeconds,
        requiredClaims: ['sub', 'exp', 'nbf', 'iat'],
        ...(clock && { currentDate: clock() }),
      };
      const { payload } = await verify(token, keyOf, options);
      const { sub, azp, sts } = payload;
      // Somebody who has not done all that the instance asks for, such as choosing an organisation.
      const isPending = sts === 'pending';
      const isForUs =
        authorizedParties.length === 0 ||
        (typeof azp === 'string' && authorizedParties.includes(azp));
      if (isPending || !isForUs || sub === undefined || sub === '') throw invalid();
      return sub;
    },
  };
}

function keySource({
  issuer,
  jwtKey,
  fetch,
  cacheMs,
  cooldownMs,
}: ClerkTokenSettings): JWTVerifyGetKey {
  if (jwtKey !== undefined) {
    const key = importSPKI(jwtKey, algorithm);
    // Told when it is used; until then it must not end the program.
    key.catch(() => undefined);
    return () => key;
  }
  return createRemoteJWKSet(new URL('/.well-known/jwks.json', issuer), {
    cacheMaxAge: cacheMs ?? 600_000,
    cooldownDuration: cooldownMs ?? 30_000,
    timeoutDuration: 10_000,
    [customFetch]: fetch,
  });
}

function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

async function verify(token: string, keyOf: JWTVerifyGetKey, options: JWTVerifyOptions) {
  try {
    return await jwtVerify(token, keyOf, options);
  } catch (error) {
    // Not the fault of who asks.
    if (isAppError(error)) throw error;
    if (error instanceof errors.JWKSTimeout) {
      throw new AppError('outgoing.timeout', 'The keys of Clerk did not come in time.', {
        cause: error,
      });
    }
    throw invalid(error);
  }
}

function invalid(cause?: unknown): AppError {
  return new AppError(
    'auth.invalid',
    'This session of Clerk is not valid: it has ended, or is not for this server. Sign in again.',
    { cause },
  );
}
