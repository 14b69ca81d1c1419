import type { ErrorComponentProps } from '@tanstack/react-router';
import { ErrorNotice } from '#components/error-notice.tsx';

/** Shown instead of a route whose code failed; says what happened and offers another try. */
export function RouteErrorPage({ error, reset }: ErrorComponentProps) {
  return (
    <div className="grid h-full place-items-center p-6">
      <ErrorNotice level={1} error={error} onRetry={reset} />
    </div>
  );
}
