/** The looks a button or a link may have. */
const shape =
  'inline-flex h-9 items-center justify-center gap-2 rounded-lg px-3.5 text-sm font-medium whitespace-nowrap disabled:opacity-50';

export const primaryButton = `${shape} bg-accent text-on-accent hover:bg-accent-strong`;
export const plainButton = `${shape} border border-line bg-surface text-ink hover:border-line-strong`;
export const dangerButton = `${shape} bg-bad text-surface hover:opacity-90`;
