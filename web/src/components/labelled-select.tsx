import { useId } from 'react';
import { fieldBox, fieldLabel } from './field-styles.ts';

interface LabelledSelectProps<Value extends string> {
  label: string;
  value: Value;
  choices: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
  disabled?: boolean;
  /** Read aloud only, where the place says what is chosen. */
  isLabelHidden?: boolean;
  className?: string;
}

/** One of a few choices under its name, as the list of the system. */
export function LabelledSelect<Value extends string>({
  label,
  value,
  choices,
  onChange,
  disabled = false,
  isLabelHidden = false,
  className = '',
}: LabelledSelectProps<Value>) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : fieldLabel}>
        {label}
      </label>
      <select
        id={id}
        value={value}
        disabled={disabled}
        onChange={(event) => {
          const chosen = choices.find((choice) => choice.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
        className={`${fieldBox} ${isLabelHidden ? '' : 'mt-1'}`}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  );
}
