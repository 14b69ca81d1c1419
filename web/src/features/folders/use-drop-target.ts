import { type DragEvent, useEffect, useRef, useState } from 'react';
import { draggedItems } from '#features/documents/drag-items.ts';
import { placeOf } from '#features/documents/library-item.ts';
import { folderIdOf } from './folder-queries.ts';
import { useItemActions } from './item-actions.ts';

/** How long a drag rests on a place before `onRest`. */
const restMs = 700;

/** Makes a place take what is dropped on it. `onRest` is called when a drag rests on it. */
export function useDropTarget(place: string, onRest?: () => void) {
  const { move } = useItemActions();
  const [isOver, setIsOver] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const folderId = folderIdOf(place);
  const takes = (event: DragEvent): boolean => {
    const items = draggedItems(event);
    return (
      items.length > 0 &&
      items.every((item) => item.id !== place) &&
      items.some((item) => placeOf(item) !== folderId)
    );
  };
  const leave = () => {
    clearTimeout(timer.current);
    setIsOver(false);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    isOver,
    handlers: {
      onDragEnter: (event: DragEvent) => {
        if (draggedItems(event).length === 0) return;
        clearTimeout(timer.current);
        if (onRest) timer.current = setTimeout(onRest, restMs);
      },
      onDragOver: (event: DragEvent) => {
        if (!takes(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'move';
        setIsOver(true);
      },
      onDragLeave: leave,
      onDrop: (event: DragEvent) => {
        leave();
        if (!takes(event)) return;
        event.preventDefault();
        event.stopPropagation();
        void move(draggedItems(event), folderId);
      },
    },
  };
}
