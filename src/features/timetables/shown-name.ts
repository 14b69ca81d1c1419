/**
 * What is wrong with a name that people are shown, as the end of a sentence; null when it is fine. Nothing is put
 * right in silence: what is accepted comes back as it was sent.
 */
export function nameProblem(name: string, most = 255): string | null {
  // Counted as PostgreSQL counts: characters, not halves of them.
  const length = Array.from(name).length;
  if (length === 0 || length > most) return `has 1 to ${most} characters`;
  if (!name.isWellFormed()) return 'must not hold half of a surrogate pair';
  if (/\p{Cc}/u.test(name)) return 'must not hold control characters or line breaks';
  if (name.trim() !== name) return 'must not begin or end with a space';
  return null;
}
