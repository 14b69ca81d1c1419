export interface BackoffPolicy {
  /** Delay before the second attempt, in milliseconds. */
  firstMs: number;
  /** Each further delay is this many times longer. */
  factor: number;
  maxMs: number;
}

export const defaultBackoff: BackoffPolicy = { firstMs: 1_000, factor: 2, maxMs: 60_000 };

/**
 * Milliseconds to wait after a failed attempt (1 = the first): exponential with equal jitter,
 * that is half the delay fixed and half random, so that a burst of failures spreads out
 * and no retry comes at once.
 */
export function backoffMs(
  attempt: number,
  policy: BackoffPolicy = defaultBackoff,
  random: () => number = Math.random,
): number {
  const full = Math.min(policy.maxMs, policy.firstMs * policy.factor ** Math.max(0, attempt - 1));
  return Math.round(full / 2 + (full / 2) * random());
}
