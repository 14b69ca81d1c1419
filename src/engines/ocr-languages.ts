import { AppError } from '#kernel/app-error.ts';
import type { OcrEngine } from './ocr-engine.ts';

/** Tesseract language codes joined by `+`, the most important one first: `deu+eng`. */
export const languageListPattern = /^[a-zA-Z_]{3,20}(\+[a-zA-Z_]{3,20}){0,7}$/;

/**
 * Throws AppError `ocr.language_unavailable`, which names what to install, unless all of `wanted` are installed and
 * there is at least one.
 */
export function requireLanguages(
  engine: Pick<OcrEngine, 'languages' | 'languagePackage'>,
  wanted: readonly string[],
): void {
  const missing = wanted.filter((language) => !engine.languages.includes(language));
  if (wanted.length > 0 && missing.length === 0) return;
  const installed = `Installed: ${engine.languages.join(', ') || 'none'}.`;
  const details = { missing, installed: engine.languages };
  if (missing.length === 0) {
    throw new AppError('ocr.language_unavailable', `No language was given. ${installed}`, {
      details,
    });
  }
  const packages = missing
    .filter((language) => languageListPattern.test(language))
    .map((language) => engine.languagePackage(language));
  const advice =
    packages.length === 0 ? '' : ` Install ${packages.join(', ')} if the code is right.`;
  throw new AppError(
    'ocr.language_unavailable',
    `Pages cannot be recognised in ${missing.join(', ')}: it is not installed.${advice} ${installed}`,
    { details },
  );
}
