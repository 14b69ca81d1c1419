/** Waits for `work`, but no longer than `limitMs`: then throws what `tooLate` makes. The work itself goes on. */
export async function withinTime<Result>(
  work: Promise<Result>,
  limitMs: number,
  tooLate: () => Error = () => new Error(`no answer within ${limitMs} ms`),
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate()), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
