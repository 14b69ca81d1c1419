/** The n-th row of a kind (1 to 15) has the same id on every machine. */
export function seededId(kind: number, n: number): string {
  return `00000000-000${kind.toString(16)}-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** The same as SQL, with n an expression. */
export const idOf = (kind: number, n: string): string =>
  `('00000000-000${kind.toString(16)}-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

/** n from 1 to `count`, as a table. */
export const each = (count: number): string => `generate_series(1, ${count}) n`;
