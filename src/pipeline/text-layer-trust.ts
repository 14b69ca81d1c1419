import type { TextLayerPage } from '#engines/page-engine.ts';
import { plausibleShares } from './page-confidence.ts';

type TrustReason =
  | 'ok'
  /** A scan with the hidden words of another recogniser, good enough to keep. */
  | 'image_page_with_hidden_text'
  | 'unreadable'
  /** No words: a picture, text drawn as curves, or a blank page. */
  | 'no_text'
  /** The fonts do not say which letters their glyphs are. */
  | 'unmapped_characters'
  /** A picture with a stamp or a page number over it. */
  | 'sparse_text_on_image'
  /** Hidden words that do not look like words. */
  | 'implausible_hidden_text';

export interface Trust {
  /** Whether the words of the text layer are the text of the page. */
  trusted: boolean;
  reason: TrustReason;
}

/** Bullets and ornaments are often unmapped; more than this share is text that cannot be read. */
const mostUnmapped = 0.1;
/** A page covered by images to this share may carry its text in them. */
const imagePageCoverage = 0.5;
/** A page covered to this share is a scan (or a slide with a full background). */
const scanCoverage = 0.85;
/** Fewer characters than this on an image page are a stamp, a header or a page number. */
const sparseCharacters = 100;
const fewestWordLike = 0.6;

/**
 * Decides by what the file says about a page whether its text layer is kept or the page is recognised.
 * Words in private-use or replacement characters count as unmapped, since some files map glyphs there.
 *
 * A scan's hidden text is kept when its words look like words: recognising again costs seconds a page
 * and seldom reads better than the tool that made the file. It is never taken for certain, see
 * `hiddenTextConfidence`.
 */
export function trustTextLayer(page: TextLayerPage): Trust {
  if (page.unreadable !== undefined) return { trusted: false, reason: 'unreadable' };
  if (page.words.length === 0) return { trusted: false, reason: 'no_text' };
  if (unmappedShare(page) > mostUnmapped) return { trusted: false, reason: 'unmapped_characters' };
  if (page.imageCoverage < imagePageCoverage) return { trusted: true, reason: 'ok' };
  if (page.characters < sparseCharacters) return { trusted: false, reason: 'sparse_text_on_image' };
  const { dictionary } = plausibleShares(page.words);
  if (dictionary !== undefined && dictionary < fewestWordLike) {
    return { trusted: false, reason: 'implausible_hidden_text' };
  }
  if (page.imageCoverage < scanCoverage) return { trusted: true, reason: 'ok' };
  return { trusted: true, reason: 'image_page_with_hidden_text' };
}

/**
 * Confidence of hidden text over a scan: whoever made it did not say how sure it was. 0.90 is the lower
 * edge of the band in which a second recogniser is asked when one is configured, and above every
 * gate that calls a person.
 */
export const hiddenTextConfidence = 0.9;

/** Share of characters without a known letter, 0..1. */
export function unmappedShare(page: TextLayerPage): number {
  let strange = 0;
  let all = 0;
  for (const { text } of page.words) {
    all += text.length;
    if (strangeCharacter.test(text)) strange += text.replace(ordinaryCharacters, '').length;
  }
  const stated = page.characters > 0 ? page.unmappedCharacters / page.characters : 0;
  return Math.min(1, Math.max(stated, all > 0 ? strange / all : 0));
}

const strangeCharacter = /[\ue000-\uf8ff\ufffd\p{Cc}]/u;
const ordinaryCharacters = /[^\ue000-\uf8ff\ufffd\p{Cc}]/gu;
