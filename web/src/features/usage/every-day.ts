const dayMs = 86_400_000;

/** A number for every UTC day from one to the other, both included; days that are not listed count nothing. */
export function everyDay(
  from: string,
  to: string,
  known: readonly { date: string; count: number }[],
): { date: string; count: number }[] {
  const counts = new Map(known.map(({ date, count }) => [date, count]));
  const length = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1);
  return Array.from({ length }, (_, index) => {
    const date = new Date(Date.parse(from) + index * dayMs).toISOString().slice(0, 10);
    return { date, count: counts.get(date) ?? 0 };
  });
}
