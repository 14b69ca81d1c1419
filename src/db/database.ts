/** A value that becomes a parameter. Arrays are sent as PostgreSQL arrays; use `json(value)` for jsonb. */
export type SqlValue =
  | string
  | number
  | bigint
  | boolean
  | Date
  | Uint8Array
  | null
  | readonly (string | number | bigint | boolean | Date | null)[]
  | SqlJson
  | SqlFragment;

/** Wraps a value that is sent as jsonb. */
export interface SqlJson {
  readonly kind: 'json';
  readonly value: unknown;
}

/** A piece of SQL with its own parameters, made by the `fragment` tag and spliced into a statement. */
export interface SqlFragment {
  readonly kind: 'fragment';
  readonly strings: readonly string[];
  readonly values: readonly SqlValue[];
}

/**
 * Runs one statement. Column names come back in camelCase. int8 and numeric are numbers,
 * timestamptz is a Date, date and time are strings, jsonb is parsed.
 * Each template text is one named (prepared) statement unless preparing is switched off.
 */
export interface Sql {
  <Row extends object = Record<string, unknown>>(
    strings: TemplateStringsArray,
    ...values: readonly SqlValue[]
  ): Promise<Row[]>;
}

export interface Transaction extends Sql {
  /** A savepoint: what `work` did is undone when it throws, the transaction goes on. */
  savepoint<Result>(work: (sql: Transaction) => Promise<Result>): Promise<Result>;
  /** Bulk insert by COPY … FROM STDIN in text format. Rows are arrays in the order of `columns`; resolves to the row count. */
  copyInto(
    table: string,
    columns: readonly string[],
    rows: Iterable<readonly CopyValue[]>,
  ): Promise<number>;
  /** Runs after a successful commit, in order; for wake-ups. It must not throw. */
  afterCommit(action: () => void): void;
}

export type CopyValue = string | number | bigint | boolean | Date | null | SqlJson;

export interface TransactionOptions {
  /** Cancels the running statement by pg_cancel_backend and rolls back. */
  signal?: AbortSignal | undefined;
  /** Tries in all for serialization failures (40001) and deadlocks (40P01). Default 3. */
  attempts?: number;
  isolation?: 'read committed' | 'repeatable read' | 'serializable';
}

export interface Database {
  /** The main pool: short statements. */
  readonly sql: Sql;
  /** A small second pool with a long statement timeout, for exports and maintenance. */
  readonly slow: Sql;
  /**
   * Runs `work` in a transaction and commits. Retried as a whole on 40001/40P01, so `work` must have
   * no effect but SQL. Constraint violations become AppError by the constraint's name.
   * Throws `db.busy` when no connection is free in time, `db.unavailable` when the server cannot be reached.
   */
  transaction<Result>(
    work: (sql: Transaction) => Promise<Result>,
    options?: TransactionOptions,
  ): Promise<Result>;
  /** Calls `listener` with each payload on `channel`, over one direct connection that reconnects by itself. */
  listen(channel: string, listener: (payload: string) => void): Promise<Unlisten>;
  close(): Promise<void>;
}

export type Unlisten = () => Promise<void>;
