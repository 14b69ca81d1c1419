interface ChoiceSelectProps<Value extends string> {
  /** Names the control; also read before its value. */
  label: string;
  /** What the choice of nothing in particular is called. */
  allLabel: string;
  value: Value | undefined;
  choices: readonly { value: Value; label: string }[];
  onChange: (value: Value | undefined) => void;
}

/** One of many choices, or all of them, as the list of the system: it fits every screen. */
export function ChoiceSelect<Value extends string>({
  label,
  allLabel,
  value,
  choices,
  onChange,
}: ChoiceSelectProps<Value>) {
  return (
    <select
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => {
        onChange(choices.find((choice) => choice.value === event.target.value)?.value);
      }}
      className={`h-9 max-w-44 min-w-0 rounded-lg border border-line bg-surface px-2 text-sm hover:border-line-strong ${value === undefined ? 'text-ink-soft' : 'font-medium text-ink'}`}
    >
      <option value="">{allLabel}</option>
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}
