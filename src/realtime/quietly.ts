import type { Logger } from '#kernel/logger.ts';

/** Runs what may fail without harm; a failure is logged and `otherwise` stands in for the answer. */
export async function quietly<Result>(
  logger: Logger,
  otherwise: Result,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    logger.warn({ error }, 'realtime.failed');
    return otherwise;
  }
}
