import type { MediaType } from '#kernel/media-type.ts';
import type { Box, Word } from '#kernel/word.ts';
import type { DocumentContents } from './document-contents.ts';
import type { SourceFile } from './source-file.ts';

/** One byte per pixel, 0 is black, rows from the top without padding. */
export interface GrayImage {
  width: number;
  height: number;
  pixels: Uint8Array;
  /** Pixels per inch that the raster stands for; 0 when the source does not say. */
  dpi: number;
}

/** Three bytes per pixel, red, green, blue, rows from the top without padding. */
export interface ColourImage {
  width: number;
  height: number;
  pixels: Uint8Array;
  /** As of a GrayImage. */
  dpi: number;
}

export interface Inspection {
  pageCount: number;
  /** File facts for `document_versions.metadata`: title, author, producer … as the file states them. */
  metadata: Record<string, string>;
}

/** A word of a text layer, with the type size that headings are told by. */
export interface TextLayerWord extends Word {
  /** Font size in points as the text matrix scales it. */
  fontSizePt: number;
  /** 100..900; 0 when the file does not say. */
  fontWeight: number;
}

export interface TextLayerPage {
  /** 1-based. */
  number: number;
  /** Size in points (1/72 inch) as shown, that is after the page's rotation. */
  widthPt: number;
  heightPt: number;
  /** Clockwise quarter turns the file asks for: 0, 90, 180 or 270. Boxes are already turned. */
  rotation: number;
  /** In content order, which for most files is reading order. */
  words: TextLayerWord[];
  /** Characters whose code could not be mapped to Unicode; a high share means the layer cannot be trusted. */
  unmappedCharacters: number;
  characters: number;
  /** Share of the page covered by image objects, 0..1; a scan with a hidden text layer is near 1. */
  imageCoverage: number;
  /** Boxes of the image objects, cut at the edges of the page; absent or empty when there are none. */
  images?: readonly Box[];
  /** How many lines and boxes are drawn on the page, about; many of them may be a table. */
  drawnRules?: number;
  /** Name and version of the engine that read this page, where it is not the one that was asked. */
  readBy?: string;
  /** Set when this page could not be opened; the other fields are then empty. */
  unreadable?: string;
}

/** What pictures are coded as: WebP is small, PNG loses nothing and is understood everywhere. */
export const pictureTypes = ['image/webp', 'image/png'] as const;

export type PictureType = (typeof pictureTypes)[number];

export interface PictureWish {
  /** Pixels; an image is never made wider than it is. */
  widthPx: number;
  /** WebP when it is not said. */
  mediaType?: PictureType;
}

export interface Picture {
  mediaType: PictureType;
  bytes: Uint8Array;
  width: number;
  height: number;
}

export interface EngineCall {
  signal?: AbortSignal | undefined;
}

/**
 * Opens files of one family and hands out their pages. Every adapter runs its parser in a child
 * process with a memory cap and a time limit; the host survives whatever the child does.
 *
 * All methods throw AppError: `file.password_protected`, `file.damaged`, `file.empty`,
 * `file.page_too_large`, `file.too_many_pixels`, `file.page_unreadable`, `engine.timeout`,
 * `engine.memory_exceeded`, `engine.crashed`, or `job.cancelled` when the signal aborts.
 */
export interface PageEngine {
  readonly name: string;
  /** Name and version of the library inside, such as `pdfium 2.1.13`; stored as provenance. */
  readonly version: string;
  accepts(mediaType: MediaType): boolean;
  /** Counts pages and reads file facts without reading any page. */
  inspect(file: SourceFile, call?: EngineCall): Promise<Inspection>;
  /**
   * What the file lists of itself: outline, labels, fields, links, attachments; undefined when it lists nothing, or
   * when that cannot be read. Absent where files have no such lists.
   */
  readContents?(file: SourceFile, call?: EngineCall): Promise<DocumentContents | undefined>;
  /** Text layer of pages from..to (1-based, inclusive). Image files have none: pages come back without words. */
  readText(file: SourceFile, from: number, to: number, call?: EngineCall): Promise<TextLayerPage[]>;
  /**
   * A gray raster for recognition, upright. A PDF page is rendered at `dpi`; an image keeps its own pixels.
   * Pages beyond the pixel limit are rendered smaller, with the true dpi in the result.
   */
  renderGray(file: SourceFile, page: number, dpi: number, call?: EngineCall): Promise<GrayImage>;
  /** The same as renderGray in colour: fills that are equally light differ in it. Absent where pages have no picture. */
  renderColour?(
    file: SourceFile,
    page: number,
    dpi: number,
    call?: EngineCall,
  ): Promise<ColourImage>;
  /** A colour picture for the screen. */
  renderPicture(
    file: SourceFile,
    page: number,
    wish: PictureWish,
    call?: EngineCall,
  ): Promise<Picture>;
  /**
   * The middle of the page as a square WebP with sides of `sidePx`, enlarged where the page is smaller. Absent where
   * pages are no pictures.
   */
  renderSquare?(
    file: SourceFile,
    page: number,
    sidePx: number,
    call?: EngineCall,
  ): Promise<Picture>;
  /** Ends every child. Calls under way fail with `engine.crashed`. */
  close(): Promise<void>;
}
