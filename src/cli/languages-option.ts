import { InvalidArgumentError, Option } from 'commander';
import { languageListPattern } from '#engines/ocr-languages.ts';

/** `--lang`: in which languages pages are recognised; by default those of the configuration. */
export function languagesOption(): Option {
  return new Option(
    '--lang <codes>',
    'languages of the pages, the most important first, such as deu+eng',
  ).argParser((text) => {
    if (languageListPattern.test(text)) return text;
    throw new InvalidArgumentError('Give Tesseract language codes joined by "+".');
  });
}
