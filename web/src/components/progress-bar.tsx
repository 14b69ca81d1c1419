interface ProgressBarProps {
  /** 0..1, or null while the end is not known. */
  fraction: number | null;
  label: string;
}

/** A thin bar; announces its percent. */
export function ProgressBar({ fraction, label }: ProgressBarProps) {
  const percent = fraction === null ? undefined : Math.round(fraction * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className="h-1.5 w-full overflow-hidden rounded-full bg-line"
    >
      <div
        className={
          fraction === null
            ? 'h-full w-full animate-pulse bg-accent/30'
            : 'progress-fill h-full w-full rounded-full bg-accent'
        }
        style={fraction === null ? undefined : { transform: `scaleX(${fraction})` }}
      />
    </div>
  );
}
