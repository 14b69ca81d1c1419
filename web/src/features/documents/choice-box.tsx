import { useTranslation } from '#app/i18n/use-translation.ts';
import { useChoice } from './choice-provider.tsx';

interface ChoiceBoxProps {
  id: string;
  /** Of the item. */
  name: string;
  className?: string;
}

/**
 * The box that chooses an item of a list. A pointer sees it on the item under it or while anything is
 * chosen; a finger and the keyboard always.
 */
export function ChoiceBox({ id, name, className = '' }: ChoiceBoxProps) {
  const { t } = useTranslation();
  const { chosen, isChosen, touch } = useChoice();
  const isShown = chosen.length > 0;
  return (
    <label
      className={`grid size-7 shrink-0 place-items-center rounded-md focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100 ${isShown ? '' : 'opacity-0'} ${className}`}
    >
      <input
        type="checkbox"
        aria-label={t('choice.choose', { name })}
        checked={isChosen(id)}
        onChange={(event) => {
          const pressed = event.nativeEvent;
          touch(id, pressed instanceof MouseEvent && pressed.shiftKey);
        }}
        className="size-4 accent-accent"
      />
    </label>
  );
}
