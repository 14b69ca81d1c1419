/** How a document is to be read. */
export interface ReadingSettings {
  /** Tesseract language codes in order of weight. */
  languages: readonly string[];
  /** A file with more pages is refused with `file.too_many_pages`. */
  maxPages: number;
  /** Resolution at which PDF pages are rendered for recognition. Under 200 the error rate rises steeply. */
  ocrDpi: number;
  /** Pages whose text layer is read by one work item. */
  rangePages: number;
  /** Recognise every page, whatever text the file brings along. */
  forceOcr: boolean;
}

export const defaultReadingSettings: ReadingSettings = {
  languages: ['eng'],
  maxPages: 5_000,
  ocrDpi: 200,
  rangePages: 20,
  forceOcr: false,
};
