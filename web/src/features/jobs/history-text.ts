import type { TextKey } from '#app/i18n/translate.ts';
import type { HistoryEntry } from '#api/api-model.ts';

const texts: Readonly<Record<string, TextKey>> = {
  'job.queued': 'history.queued',
  'job.running': 'history.running',
  'job.in_review': 'history.in_review',
  'job.paused': 'history.paused',
  'job.completed': 'history.completed',
  'job.failed': 'history.failed',
  'job.cancelled': 'history.cancelled',
  'job.retry': 'history.retried',
  'job.redrive': 'history.redriven',
  'job.priority': 'history.priority',
  'item.retry': 'history.retry',
  'item.dead': 'history.dead',
  'item.done classify': 'history.done_classify',
  'item.done preprocess': 'history.done_preprocess',
  'item.done ocr': 'history.done_ocr',
  'item.done validate': 'history.done_validate',
};

/** What an entry of the log says, as a key of the texts. */
export function historyText({ action, stage }: Pick<HistoryEntry, 'action' | 'stage'>): TextKey {
  return texts[action] ?? texts[`${action} ${stage ?? ''}`] ?? 'history.done_step';
}

/** The pages an entry is about; null for one about the whole document. */
export function pagesOfEntry({
  stage,
  details,
}: Pick<HistoryEntry, 'stage' | 'details'>): { from: number; to: number } | null {
  const { pageFrom, pageTo } = details;
  if (stage === 'classify' || stage === 'validate') return null;
  if (typeof pageFrom !== 'number' || typeof pageTo !== 'number') return null;
  return { from: pageFrom, to: pageTo };
}
