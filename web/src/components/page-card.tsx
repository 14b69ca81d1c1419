import { type ReactNode, useId } from 'react';

interface PageCardProps {
  title: string;
  /** What this part is for. */
  text?: string;
  children: ReactNode;
}

/** One part of a page of settings: what it is, what it is for, and what can be done. */
export function PageCard({ title, text, children }: PageCardProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="rounded-card border border-line bg-surface p-5 max-sm:p-4"
    >
      <h2 id={id} className="font-semibold">
        {title}
      </h2>
      {text !== undefined && (
        <p className="mt-0.5 max-w-prose text-sm text-pretty text-ink-soft">{text}</p>
      )}
      <div className="mt-4">{children}</div>
    </section>
  );
}
