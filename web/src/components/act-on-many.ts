/** How many requests of one action are on their way at once. */
const atOnce = 4;

export interface ManyResult<Item> {
  done: Item[];
  /** What the others failed with, in the order they failed. */
  failures: unknown[];
}

/** Does something with each of many, a few at a time; one that fails does not stop the others. */
export async function actOnMany<Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<unknown>,
): Promise<ManyResult<Item>> {
  const result: ManyResult<Item> = { done: [], failures: [] };
  const rest = items.values();
  const work = async () => {
    for (const item of rest) {
      try {
        await act(item);
        result.done.push(item);
      } catch (error) {
        result.failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return result;
}
