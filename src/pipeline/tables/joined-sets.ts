/** Numbers 0..size-1 in sets that can be joined (union-find with path halving). */
export class JoinedSets {
  readonly #parents: Int32Array;

  constructor(size: number) {
    this.#parents = Int32Array.from({ length: size }, (_, index) => index);
  }

  /** The number that stands for the set of `member`. */
  find(member: number): number {
    const parents = this.#parents;
    let at = member;
    for (let up = parents[at] ?? at; up !== at; up = parents[at] ?? at) {
      const above = parents[up] ?? up;
      parents[at] = above;
      at = above;
    }
    return at;
  }

  join(a: number, b: number): void {
    this.#parents[this.find(a)] = this.find(b);
  }
}
