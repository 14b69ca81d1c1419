import type { DragEvent } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { useChoice } from './choice-provider.tsx';
import { endDrag, startDrag } from './drag-items.ts';
import type { LibraryItem } from './library-item.ts';

/** What makes an item draggable: with all that is chosen when it is among them, else alone. */
export function useItemDrag(item: LibraryItem) {
  const { t } = useTranslation();
  const { chosen, isChosen } = useChoice();
  return {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      const items = isChosen(item.id) ? chosen : [item];
      startDrag(event, items, t('choice.count', { count: items.length }));
    },
    onDragEnd: endDrag,
  };
}
