/** Makes names differ, whatever the case of their letters, by a number before the ending. */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length;
    let distinct = name;
    for (let count = 2; taken.has(distinct.toLowerCase()); count += 1) {
      distinct = `${name.slice(0, dot)} (${count})${name.slice(dot)}`;
    }
    taken.add(distinct.toLowerCase());
    return distinct;
  });
}
