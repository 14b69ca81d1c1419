import type { Word } from '#kernel/word.ts';

/** The words that are laid invisibly over one page. */
export interface PageText {
  /** 1-based. */
  number: number;
  /** Size in points as shown, that is after the page's rotation; boxes are fractions of it. */
  widthPt: number;
  heightPt: number;
  /** In reading order: lines of the page, each with its words. */
  lines: readonly (readonly Word[])[];
}
