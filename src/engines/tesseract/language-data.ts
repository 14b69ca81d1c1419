import { existsSync, readdirSync, rmSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { linkOrCopy } from '../sandbox/handover-folder.ts';
import { makePrivateFolder } from '../sandbox/private-folder.ts';

const defaultLanguage = 'eng';
const model = '4.0.0_best_int';

export interface LanguageData {
  /** Holds one `<language>.traineddata.gz` per language. */
  folder: string;
  languages: readonly string[];
  remove(): void;
}

/**
 * Gathers the models of all installed `@tesseract.js-data/*` packages into one folder of links,
 * since tesseract.js looks for every language in the same folder.
 */
export function gatherLanguageData(): LanguageData {
  const folder = makePrivateFolder('tessdata');
  const languages = installedModels().map(({ language, path }) => {
    linkOrCopy(path, join(folder, `${language}.traineddata.gz`));
    return language;
  });
  return { folder, languages, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function installedModels(): { language: string; path: string }[] {
  const manifest = findPackageJSON(`@tesseract.js-data/${defaultLanguage}`, import.meta.url);
  if (manifest === undefined) return [];
  const scope = dirname(dirname(manifest));
  return readdirSync(scope)
    .map((language) => ({
      language,
      path: join(scope, language, model, `${language}.traineddata.gz`),
    }))
    .filter(({ path }) => existsSync(path));
}
