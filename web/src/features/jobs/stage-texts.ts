import type { TextKey } from '#app/i18n/translate.ts';

/** Names of the stages, as keys of the texts. */
export const stageTexts: Readonly<Record<string, TextKey>> = {
  classify: 'stage.classify',
  preprocess: 'stage.preprocess',
  ocr: 'stage.ocr',
  llm: 'stage.llm',
  validate: 'stage.validate',
  persist: 'stage.persist',
};
