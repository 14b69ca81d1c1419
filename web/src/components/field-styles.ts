/** Looks of the boxes that are filled in. */
export const fieldBox =
  'h-9 w-full rounded-lg border border-line-strong bg-surface px-3 text-sm placeholder:text-ink-faint hover:border-ink-faint disabled:opacity-50';
export const fieldLabel = 'text-sm font-medium';
