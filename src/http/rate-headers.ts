import type { RateLimit, RateVerdict } from '#realtime/rate-limiter.ts';

/**
 * `RateLimit-Policy` and `RateLimit` as the draft of the IETF (draft-ietf-httpapi-ratelimit-headers-10) writes them:
 * every window is a policy `"name";q=points;w=seconds`, and the tightest one says `"name";r=left;t=seconds`.
 */
export function rateHeaders(
  name: string,
  windows: RateLimit['windows'],
  verdict: RateVerdict,
): { 'ratelimit-policy': string; ratelimit: string } {
  const policies = windows.map(
    ({ points, seconds }) => `"${name}-${seconds}s";q=${points};w=${seconds}`,
  );
  const left = `r=${verdict.remaining};t=${Math.ceil(verdict.resetSeconds)}`;
  return {
    'ratelimit-policy': policies.join(', '),
    ratelimit: `"${name}-${verdict.seconds}s";${left}`,
  };
}
