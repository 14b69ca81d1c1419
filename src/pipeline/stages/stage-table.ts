import type { NextItem, Stage, StageName } from '../stage.ts';
import { classifyStage } from './classify-stage.ts';
import { ocrStage } from './ocr-stage.ts';
import { preprocessStage } from './preprocess-stage.ts';
import { validateStage } from './validate-stage.ts';

/** Every stage by its name. */
export const stages = {
  classify: classifyStage,
  preprocess: preprocessStage,
  ocr: ocrStage,
  validate: validateStage,
} satisfies Record<StageName, Stage>;

/** The item every job starts with; the page count is not known yet. */
export const firstItem: NextItem = { stage: 'classify', pageFrom: 1, pageTo: 1 };

/** The item that ends a job, due when no other is left. */
export function lastItem(pageCount: number): NextItem {
  return { stage: 'validate', pageFrom: 1, pageTo: pageCount };
}
