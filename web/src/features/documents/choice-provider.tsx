import { type ReactNode, createContext, useCallback, useContext, useMemo, useState } from 'react';
import { type ItemChoice, extendTo, nothingChosen, toggleItem } from './item-choice.ts';
import type { LibraryItem } from './library-item.ts';

interface Choosing {
  /** Those of the list that are chosen; what is no longer listed is not. */
  chosen: readonly LibraryItem[];
  isChosen: (id: string) => boolean;
  /** Chooses an item or leaves it out; `isRange` chooses all from the last one touched up to it. */
  touch: (id: string, isRange: boolean) => void;
  chooseAll: () => void;
  clear: () => void;
}

const none: Choosing = {
  chosen: [],
  isChosen: () => false,
  touch: () => {},
  chooseAll: () => {},
  clear: () => {},
};
const ChoiceContext = createContext<Choosing>(none);

interface ChoiceProviderProps {
  /** What is listed, in its order. */
  items: readonly LibraryItem[];
  children: ReactNode;
}

/** Keeps what is chosen in the list below. Give it a key of the place, so that another place starts anew. */
export function ChoiceProvider({ items, children }: ChoiceProviderProps) {
  const [choice, setChoice] = useState<ItemChoice>(nothingChosen);
  const touch = useCallback(
    (id: string, isRange: boolean) => {
      const order = () => items.map((item) => item.id);
      setChoice((old) => (isRange ? extendTo(old, id, order()) : toggleItem(old, id)));
    },
    [items],
  );
  const chooseAll = useCallback(() => {
    setChoice({ ids: new Set(items.map((item) => item.id)), anchor: null });
  }, [items]);
  const clear = useCallback(() => setChoice(nothingChosen), []);
  const value = useMemo(() => {
    const chosen = choice.ids.size === 0 ? [] : items.filter((item) => choice.ids.has(item.id));
    return { chosen, isChosen: (id: string) => choice.ids.has(id), touch, chooseAll, clear };
  }, [items, choice, touch, chooseAll, clear]);
  return <ChoiceContext value={value}>{children}</ChoiceContext>;
}

/** What is chosen in the list around, and how to change it. */
export function useChoice(): Choosing {
  return useContext(ChoiceContext);
}
