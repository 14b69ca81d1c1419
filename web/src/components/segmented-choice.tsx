interface Choice<Value extends string> {
  value: Value;
  label: string;
}

interface SegmentedChoiceProps<Value extends string> {
  label: string;
  value: Value;
  choices: readonly Choice<Value>[];
  onChange: (value: Value) => void;
}

/** A few choices of which one holds, as buttons side by side. */
export function SegmentedChoice<Value extends string>({
  label,
  value,
  choices,
  onChange,
}: SegmentedChoiceProps<Value>) {
  return (
    <div
      role="group"
      aria-label={label}
      className="flex max-w-full gap-0.5 overflow-x-auto rounded-lg bg-sunken p-0.5"
    >
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
          className="h-8 rounded-md px-3 text-sm whitespace-nowrap text-ink-soft hover:text-ink aria-pressed:bg-surface aria-pressed:font-medium aria-pressed:text-ink aria-pressed:shadow-sheet"
        >
          {choice.label}
        </button>
      ))}
    </div>
  );
}
