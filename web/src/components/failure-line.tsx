import { useErrorText } from './use-error-text.ts';

/** Why the form above was refused, said once it happens; takes no room before. */
export function FailureLine({ error }: { error: unknown }) {
  const errorText = useErrorText();
  return (
    <div role="alert" className="empty:hidden">
      {error !== null && error !== undefined && (
        <p className="rounded-lg bg-bad-soft px-3 py-2 text-sm text-bad">{errorText(error)}</p>
      )}
    </div>
  );
}
