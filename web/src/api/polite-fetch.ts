const maxTries = 3;
/** A person waits no longer for an answer; then they are told. */
const maxWaitSeconds = 10;

/**
 * Fetches, and where the server is busy or counts too many requests, waits as long as it says and fetches again.
 * @throws what fetch throws, and the reason of the signal when it is aborted while waiting.
 */
export async function politeFetch(url: string, init: RequestInit): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    const response = await fetch(url, init);
    const seconds = waitOf(response);
    if (seconds === null || tries === maxTries) return response;
    await response.body?.cancel();
    await wait(seconds * 1_000, init.signal ?? null);
  }
}

/** Seconds that an answer asks to wait; null when it is final. */
function waitOf({ status, headers }: Response): number | null {
  if (status !== 429 && status !== 503) return null;
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return seconds >= 0 && seconds <= maxWaitSeconds ? seconds : null;
}

async function wait(ms: number, signal: AbortSignal | null): Promise<void> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
