import { type InputHTMLAttributes, useId } from 'react';
import { fieldBox, fieldLabel } from './field-styles.ts';

interface TextFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> {
  label: string;
  value: string;
  hint?: string | undefined;
  onText: (text: string) => void;
}

/** One line to fill in, under its name; what helps to fill it in is read with it. */
export function TextField({ label, hint, onText, className = '', ...rest }: TextFieldProps) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className={fieldLabel}>
        {label}
      </label>
      <input
        id={id}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onText(event.target.value)}
        className={`${fieldBox} mt-1`}
        {...rest}
      />
      {hint !== undefined && (
        <p id={`${id}-hint`} className="mt-1 text-xs text-ink-soft">
          {hint}
        </p>
      )}
    </div>
  );
}
