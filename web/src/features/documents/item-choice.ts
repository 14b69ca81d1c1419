/** What is chosen in a list, as ids, and the one a range goes on from. */
export interface ItemChoice {
  ids: ReadonlySet<string>;
  anchor: string | null;
}

export const nothingChosen: ItemChoice = { ids: new Set(), anchor: null };

/** Chooses an item, or leaves it out when it was chosen. */
export function toggleItem({ ids }: ItemChoice, id: string): ItemChoice {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id };
}

/**
 * Chooses all from the item that was last touched up to this one, in the order of the list; only this
 * one when there is no such item any more.
 */
export function extendTo(choice: ItemChoice, id: string, order: readonly string[]): ItemChoice {
  const to = order.indexOf(id);
  const from = choice.anchor === null ? -1 : order.indexOf(choice.anchor);
  const range = from < 0 ? [id] : order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...choice.ids, ...range]), anchor: choice.anchor ?? id };
}
