/** The sheet on which files without pages are set: A4, in points. It grows when something does not fit. */
export const sheet = { width: 595, height: 842, margin: 56 } as const;

/** Wider is no sheet, whatever a table asks for; words are then narrowed. */
export const widestSheet = 4 * sheet.width;
/** What a page may grow to when the file says where it ends. */
export const tallestHinted = 2 * sheet.height;
/** The largest page of a PDF, 200 inches; what is taller is stated as this tall. */
export const tallestStated = 14_400;

export const lineFactor = 1.36;
export const bodySize = 10.5;
export const tableSize = 9;
export const smallSize = 8.5;
export const fixedSize = 10;
export const cellPadding = 3;

/** Type size of a heading by its level. */
export function headingSize(level: number): number {
  return [20, 16, 14, 12.5, 11.5][level - 1] ?? 11;
}
