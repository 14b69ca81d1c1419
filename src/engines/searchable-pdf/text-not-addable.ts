import { AppError } from '#kernel/app-error.ts';

/** Why a file cannot carry words: stable, for programs. */
export type TextNotAddableReason = 'protected' | 'damaged' | 'too_large' | 'no_pages';

/** The file was read, but a searchable copy of it cannot be made; `why` completes "since …". */
export function textNotAddable(reason: TextNotAddableReason, why: string): AppError {
  return new AppError(
    'file.text_not_addable',
    `No searchable PDF can be made of this file, since ${why}. Its text can be downloaded in every other form.`,
    { details: { reason } },
  );
}
