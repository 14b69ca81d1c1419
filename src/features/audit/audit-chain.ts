import { createHash } from 'node:crypto';

/** A row of the log as the check sees it. Hashes are hex. */
export interface ChainedRow {
  id: number;
  micros: number;
  /** First day of the month in UTC, `2026-11-01`. */
  month: string;
  chain: number;
  seq: number;
  prevHash: string;
  hash: string;
  /** Everything that is hashed but the hash before. */
  content: string;
}

/** The last row of a chain, as the database or an anchor says. */
export interface ChainHead {
  month: string;
  chain: number;
  seq: number;
  hash: string;
  retired: boolean;
}

/** What was once written down outside of the database. */
export interface AuditAnchors {
  /** `month/chain` → place in the chain → hash. */
  heads: ReadonlyMap<string, ReadonlyMap<number, string>>;
  /** Months that retention dropped. */
  retired: ReadonlySet<string>;
}

export type ChainFaultKind =
  | 'row_changed'
  | 'link_broken'
  | 'row_missing'
  | 'head_differs'
  | 'anchor_differs'
  | 'month_missing';

export interface ChainFault {
  kind: ChainFaultKind;
  /** `month/chain`. */
  chain: string;
  /** Place in the chain; null when the whole chain is meant. */
  seq: number | null;
  /** Id of the row, when there is one. */
  rowId: number | null;
  message: string;
}

interface Reached {
  seq: number;
  hash: string;
}

/** The hash that stands before the first row of a chain. */
export function genesisHash(month: string, chain: number): string {
  return createHash('sha256').update(`docmill audit ${month} ${chain}`).digest('hex');
}

/** SHA-256 over the bytes of the hash before and the content of a row. */
export function rowHash(prevHash: string, content: string): string {
  return createHash('sha256').update(prevHash, 'hex').update(content, 'utf8').digest('hex');
}

/** Follows all chains of the log at once, over rows in the order of their keys. */
export class ChainWalk {
  rows = 0;
  readonly faults: ChainFault[] = [];
  readonly #reached = new Map<string, Reached>();
  readonly #anchors: AuditAnchors;

  constructor(anchors: AuditAnchors) {
    this.#anchors = anchors;
  }

  add(row: ChainedRow): void {
    this.rows += 1;
    const chain = `${row.month}/${row.chain}`;
    const before = this.#reached.get(chain) ?? {
      seq: 0,
      hash: genesisHash(row.month, row.chain),
    };
    const report = (kind: ChainFaultKind, message: string): void => {
      this.faults.push({ kind, chain, seq: row.seq, rowId: row.id, message });
    };
    if (row.seq !== before.seq + 1) {
      report('row_missing', `row ${before.seq + 1} was expected and row ${row.seq} stands there`);
    } else if (row.prevHash !== before.hash) {
      report('link_broken', `row ${row.seq} does not follow the row before it`);
    }
    if (rowHash(row.prevHash, row.content) !== row.hash) {
      report('row_changed', `row ${row.seq} is not what was written`);
    }
    const anchored = this.#anchors.heads.get(chain)?.get(row.seq);
    if (anchored !== undefined && anchored !== row.hash) {
      report('anchor_differs', `row ${row.seq} is not the one that the anchor names`);
    }
    this.#reached.set(chain, { seq: row.seq, hash: row.hash });
  }

  /** Compares the ends of the chains with what the database and the anchors say of them. */
  end(heads: readonly ChainHead[], rowsInAll: number): void {
    if (rowsInAll !== this.rows) {
      const message = `${rowsInAll - this.rows} rows stand at times before 1970`;
      this.#report('head_differs', 'none', 0, message);
    }
    const known = new Map(heads.map((head) => [`${head.month}/${head.chain}`, head]));
    for (const [chain, head] of known) this.#compareHead(chain, head);
    for (const [chain, { seq }] of this.#reached) {
      if (!known.has(chain))
        this.#report('head_differs', chain, seq, 'rows stand in a chain that was never begun');
    }
    for (const [chain, places] of this.#anchors.heads) this.#compareAnchor(chain, places);
  }

  #compareHead(chain: string, head: ChainHead): void {
    const reached = this.#reached.get(chain);
    if (head.retired) {
      if (reached !== undefined)
        this.#report('head_differs', chain, reached.seq, 'rows stand in a month that was dropped');
      return;
    }
    const end = reached ?? { seq: 0, hash: genesisHash(head.month, head.chain) };
    if (end.seq === head.seq && end.hash === head.hash) return;
    const message = `the chain ends at row ${end.seq} and should end at row ${head.seq}`;
    this.#report('head_differs', chain, end.seq, message);
  }

  #compareAnchor(chain: string, places: ReadonlyMap<number, string>): void {
    const end = this.#reached.get(chain)?.seq ?? 0;
    // A month that is about to be dropped is still there, and still has to be whole.
    const isGone = end === 0 && this.#anchors.retired.has(chain.slice(0, 'YYYY-MM-DD'.length));
    if (isGone) return;
    const anchored = Math.max(...places.keys());
    if (end >= anchored) return;
    const message = `the anchor knows ${anchored} rows and ${end} are there`;
    this.#report(end === 0 ? 'month_missing' : 'anchor_differs', chain, end, message);
  }

  #report(kind: ChainFaultKind, chain: string, seq: number, message: string): void {
    this.faults.push({ kind, chain, seq, rowId: null, message });
  }
}
