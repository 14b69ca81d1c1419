import type { DragEvent } from 'react';
import type { LibraryItem } from './library-item.ts';

/** Marks a drag as one of ours, so that files dragged in from outside are told apart. */
const dragType = 'application/x-docmill-items';

let dragged: readonly LibraryItem[] = [];

/** What is being dragged; empty when nothing of ours is. A browser tells it to nobody before the drop. */
export function draggedItems(event: DragEvent): readonly LibraryItem[] {
  return event.dataTransfer.types.includes(dragType) ? dragged : [];
}

/** Begins to drag items; `hint` is what hangs on the pointer when they are several. */
export function startDrag(event: DragEvent, items: readonly LibraryItem[], hint: string): void {
  dragged = items;
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData(dragType, String(items.length));
  if (items.length > 1) hangHint(event.dataTransfer, hint);
}

/** To be called when a drag has ended, wherever it did. */
export function endDrag(): void {
  dragged = [];
}

function hangHint(transfer: DataTransfer, hint: string): void {
  const label = document.createElement('div');
  label.textContent = hint;
  label.className =
    'fixed -top-20 left-0 rounded-lg bg-accent px-3 py-1.5 text-sm font-medium text-on-accent';
  document.body.append(label);
  transfer.setDragImage(label, 0, 0);
  // The browser takes its picture of the label when this event is over.
  setTimeout(() => label.remove());
}
