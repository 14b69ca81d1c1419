import type { ReactNode } from 'react';

/** How every control of a form looks. */
export const fieldStyle =
  'h-9 w-full rounded-lg border border-line bg-surface px-2.5 text-sm text-ink hover:border-line-strong';

/** A control with its name above it. */
export function BlockField({ label, children }: { label: string; children: ReactNode }) {
  return (
    <label className="block text-sm text-ink-soft">
      <span className="mb-1 block">{label}</span>
      {children}
    </label>
  );
}
