import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  text: string;
  children?: ReactNode;
}

/** What a place shows when it has nothing yet: what it is for and what to do. */
export function EmptyState({ icon: Icon, title, text, children }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-xl flex-col items-center gap-3 px-6 py-16 text-center">
      <span className="mb-2 grid size-14 place-items-center rounded-2xl bg-accent-soft text-accent">
        <Icon size={26} strokeWidth={1.5} aria-hidden />
      </span>
      <h2 className="text-xl font-semibold text-balance">{title}</h2>
      <p className="text-pretty text-ink-soft">{text}</p>
      {children}
    </div>
  );
}
