/** When something ends that lives this many days from now, as an instant; null for what does not end. */
export function endAfter(days: number | null, now: Date): string | null {
  return days === null ? null : new Date(now.getTime() + days * 86_400_000).toISOString();
}
