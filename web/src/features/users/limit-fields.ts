/** The limits an admin sets for one person, with the unit they are typed in. */
export const limitFields = [
  { name: 'pagesPerMonth', unit: 1 },
  { name: 'storedBytes', unit: 1024 ** 3 },
  { name: 'queriesPerDay', unit: 1 },
] as const;

export type LimitName = (typeof limitFields)[number]['name'];
export type LimitTexts = Readonly<Record<LimitName, string>>;

/** What stands in the fields: nothing where the limit of the server holds. */
export function limitTexts(limits: Readonly<Record<string, unknown>>): LimitTexts {
  const text = (name: LimitName, unit: number): string => {
    const value = limits[name];
    return typeof value === 'number' ? String(value / unit) : '';
  };
  return {
    pagesPerMonth: text('pagesPerMonth', 1),
    storedBytes: text('storedBytes', 1024 ** 3),
    queriesPerDay: text('queriesPerDay', 1),
  };
}

/** The limits to store: what was there, with the fields that are filled in; an empty field is left to the server. */
export function limitsOf(
  texts: LimitTexts,
  before: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const limits = { ...before };
  for (const { name, unit } of limitFields) {
    const value = Number(texts[name].trim().replace(',', '.'));
    if (texts[name].trim() === '') delete limits[name];
    else if (Number.isFinite(value) && value >= 0) limits[name] = Math.round(value * unit);
  }
  return limits;
}
