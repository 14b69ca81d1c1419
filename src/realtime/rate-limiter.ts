/** So many points in so many seconds. */
export interface RateWindow {
  points: number;
  seconds: number;
}

export interface RateLimit {
  /** The template of the route, such as `POST /v1/documents`, or a name for several routes together. */
  route: string;
  /** One or more; a request must find room in all of them. */
  windows: readonly RateWindow[];
  /** What happens while the store cannot be asked: everything passes, or nothing does (sign-in). */
  onFailure: 'open' | 'closed';
}

export interface RateVerdict {
  allowed: boolean;
  /** Of the window with the least room left: its points, how long it is and what is left. */
  limit: number;
  seconds: number;
  remaining: number;
  /** Until that window ends. */
  resetSeconds: number;
  /** Until a try may succeed; 0 when allowed. */
  retryAfterSeconds: number;
  /** True when the store could not be asked and `onFailure` decided. */
  guessed: boolean;
}

/**
 * Counts what each principal (user, key or address) does in fixed windows. A window begins with its first
 * point and ends when its time is up: trying again, allowed or not, never makes it longer. Points are
 * taken out of all windows or out of none, so a refused try costs nothing.
 */
export interface RateLimiter {
  take(principal: string, limit: RateLimit, points?: number): Promise<RateVerdict>;
  /** Gives points back to the windows that are open, such as after a sign-in that succeeded. As well as possible. */
  giveBack(principal: string, limit: RateLimit, points?: number): Promise<void>;
}

/** One key a window: `ratelimit:{principal}:{route}`, and `:{seconds}` after it for windows beside the first. */
export function rateKeys(principal: string, limit: RateLimit): string[] {
  return limit.windows.map(
    ({ seconds }, index) =>
      `ratelimit:${principal}:${limit.route}${index === 0 ? '' : `:${seconds}`}`,
  );
}

/** What a store says of one window after a try. */
export interface WindowReading {
  used: number;
  resetSeconds: number;
}

/** `readings` in the order of the limit's windows. */
export function verdictOf(
  limit: RateLimit,
  points: number,
  taken: boolean,
  readings: readonly WindowReading[],
): RateVerdict {
  const windows = limit.windows.map((window, index) => {
    const { used, resetSeconds } = readings[index] ?? { used: 0, resetSeconds: window.seconds };
    const remaining = Math.max(0, window.points - used);
    return { limit: window.points, seconds: window.seconds, remaining, resetSeconds };
  });
  const tightest = windows.reduce((least, next) =>
    next.remaining < least.remaining ||
    (next.remaining === least.remaining && next.resetSeconds > least.resetSeconds)
      ? next
      : least,
  );
  const full = windows.filter((window) => window.remaining < points);
  const waits = taken ? [0] : full.map((window) => window.resetSeconds);
  return {
    allowed: taken,
    ...tightest,
    retryAfterSeconds: Math.max(...waits, 0),
    guessed: false,
  };
}

/** The verdict while the store cannot be asked. */
export function guessedVerdict(limit: RateLimit): RateVerdict {
  const allowed = limit.onFailure === 'open';
  const { points, seconds } = limit.windows.reduce((least, next) =>
    next.points < least.points ? next : least,
  );
  return {
    allowed,
    limit: points,
    seconds,
    remaining: allowed ? points : 0,
    resetSeconds: allowed ? 0 : 5,
    retryAfterSeconds: allowed ? 0 : 5,
    guessed: true,
  };
}
