import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  text: string;
  /** 1 when it stands alone on its page. */
  level?: 1 | 2;
  children?: ReactNode;
}

/** What a place shows when it has nothing yet: what it is for and what to do. */
export function EmptyState({ icon: Icon, title, text, level = 2, children }: EmptyStateProps) {
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <div className="mx-auto flex max-w-xl flex-col items-center gap-3 px-6 py-16 text-center">
      <span className="mb-2 grid size-14 place-items-center rounded-2xl bg-accent-soft text-accent">
        <Icon size={26} strokeWidth={1.5} aria-hidden />
      </span>
      <Heading className="text-xl font-semibold text-balance">{title}</Heading>
      <p className="text-pretty text-ink-soft">{text}</p>
      {children}
    </div>
  );
}
