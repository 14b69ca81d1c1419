import { setTimeout as delay } from 'node:timers/promises';

const maxTries = 10;
/** A server that asks for more is believed to be out of order, and its answer is passed on. */
const maxWaitSeconds = 15 * 60;

/**
 * Fetches, and where the server is busy or counts too many requests, waits as long as it says and fetches again, up
 * to ten times. `body` must be one that can be sent again. `tellWait` is called with the seconds before each wait.
 * Throws what fetch throws.
 */
export async function patientFetch(
  url: string,
  init: RequestInit | undefined,
  tellWait: (seconds: number) => void,
): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    const response = await fetch(url, init);
    const seconds = waitOf(response);
    if (seconds === null || tries === maxTries) return response;
    await response.body?.cancel();
    tellWait(seconds);
    await delay(seconds * 1_000);
  }
}

/** Seconds that an answer asks to wait; null when it is final. */
function waitOf({ status, headers }: Response): number | null {
  if (status !== 429 && status !== 503) return null;
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return seconds >= 0 && seconds <= maxWaitSeconds ? seconds : null;
}
