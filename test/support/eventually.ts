import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks until the answer is not undefined or false, and resolves to it. For conditions that no signal
 * announces. Throws after `timeoutMs` (10 s) with what was waited for.
 */
export async function eventually<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined | false> | Answer | undefined | false,
  timeoutMs = 10_000,
): Promise<Answer> {
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    await delay(10);
  }
  throw new Error(`waited ${timeoutMs} ms in vain for: ${what}`);
}
