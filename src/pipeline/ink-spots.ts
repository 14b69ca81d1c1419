/** A connected spot of ink, in cells of its map. */
export interface InkSpot {
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** Inked cells. */
  area: number;
}

/** Numbers of a run: the row and columns it spans, the spot it belongs to as far as known, and its cells. */
const fields = 6;
const [left, top, right, bottom, area, parent] = [0, 1, 2, 3, 4, 5];

/**
 * Connected spots of cells that are not 0, corners included: one pass over the runs of each row with union-find,
 * in one array of numbers, since a page holds tens of thousands of runs.
 */
export function connectSpots(cells: Uint8Array, columns: number, rows: number): InkSpot[] {
  const runs = new SpotTable();
  let above = 0;
  let here = 0;
  // Of all cells and not of the row: empty rows are passed over at once.
  let from = nextInk(cells, 0);
  for (let row = 0; row < rows; row++) {
    let candidate = above;
    const aboveEnd = here;
    const start = row * columns;
    const end = start + columns;
    while (from < end) {
      let to = from + 1;
      while (to < end && cells[to] === 1) to++;
      const run = runs.add(from - start, row, to - 1 - start);
      while (candidate < aboveEnd && runs.lastColumnOf(candidate) < from - start - 1) candidate++;
      for (let i = candidate; i < aboveEnd && runs.firstColumnOf(i) <= to - start; i++) {
        runs.unite(i, run);
      }
      from = nextInk(cells, to);
    }
    above = here;
    here = runs.count;
  }
  return runs.spots();
}

function nextInk(cells: Uint8Array, from: number): number {
  const at = cells.indexOf(1, from);
  return at === -1 ? cells.length : at;
}

/** Runs, and the spots they grow into: the spot of a set of runs stands at its first one. */
class SpotTable {
  count = 0;
  #numbers = new Int32Array(fields * 8_192);
  /** Columns of each run as it was found, first and last. */
  #columns = new Int32Array(2 * 8_192);

  add(from: number, row: number, to: number): number {
    const run = this.count;
    if ((run + 1) * fields > this.#numbers.length) {
      this.#numbers = doubled(this.#numbers);
      this.#columns = doubled(this.#columns);
    }
    this.count += 1;
    this.#numbers.set([from, row, to, row, to - from + 1, run], run * fields);
    this.#columns[2 * run] = from;
    this.#columns[2 * run + 1] = to;
    return run;
  }

  firstColumnOf(run: number): number {
    return this.#columns[2 * run] ?? 0;
  }

  lastColumnOf(run: number): number {
    return this.#columns[2 * run + 1] ?? 0;
  }

  unite(one: number, other: number): void {
    const keep = this.#rootOf(one) * fields;
    const gone = this.#rootOf(other) * fields;
    if (keep === gone) return;
    const n = this.#numbers;
    n[gone + parent] = keep / fields;
    n[keep + left] = Math.min(n[keep + left] ?? 0, n[gone + left] ?? 0);
    n[keep + top] = Math.min(n[keep + top] ?? 0, n[gone + top] ?? 0);
    n[keep + right] = Math.max(n[keep + right] ?? 0, n[gone + right] ?? 0);
    n[keep + bottom] = Math.max(n[keep + bottom] ?? 0, n[gone + bottom] ?? 0);
    n[keep + area] = (n[keep + area] ?? 0) + (n[gone + area] ?? 0);
  }

  spots(): InkSpot[] {
    const n = this.#numbers;
    const spots: InkSpot[] = [];
    for (let run = 0, at = 0; run < this.count; run++, at += fields) {
      if (n[at + parent] !== run) continue;
      spots.push({
        left: n[at + left] ?? 0,
        top: n[at + top] ?? 0,
        right: n[at + right] ?? 0,
        bottom: n[at + bottom] ?? 0,
        area: n[at + area] ?? 0,
      });
    }
    return spots;
  }

  #rootOf(start: number): number {
    const n = this.#numbers;
    let run = start;
    for (;;) {
      const up = n[run * fields + parent] ?? run;
      if (up === run) return run;
      const further = n[up * fields + parent] ?? up;
      n[run * fields + parent] = further;
      run = up;
    }
  }
}

function doubled(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const more = new Int32Array(numbers.length * 2);
  more.set(numbers);
  return more;
}
