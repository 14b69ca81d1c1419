/** The sign of the product; decorative, the link around it carries the name. */
export function DocmillMark() {
  return (
    <svg viewBox="0 0 32 32" className="size-8" aria-hidden>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path d="M9 7h10l5 5v13H9z" className="fill-on-accent" />
      <path
        d="M12 14h9M12 18h9M12 22h5"
        className="stroke-accent"
        strokeWidth="2"
        strokeLinecap="round"
      />
    </svg>
  );
}
