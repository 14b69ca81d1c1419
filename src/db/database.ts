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

/**
 * On whose behalf statements run. The server is told in the same round trip, for one transaction: row policies let
 * through what this user may see, and triggers write down who it was. The program itself (kind `system` with the
 * id of the system user) takes on the role docmill_worker, which sees the rows of everybody.
 */
export interface DatabaseActor {
  readonly kind: 'user' | 'key' | 'link' | 'system';
  readonly userId: string;
  readonly linkHash?: string | undefined;
  /** A document of somebody else whose shares, or whose review, let this actor see it: policies look up that one. */
  readonly documentId?: string | undefined;
  readonly requestId?: string | undefined;
  readonly ip?: string | undefined;
  readonly userAgent?: string | undefined;
}

export interface Transaction extends Sql {
  /** A savepoint: what `work` did is undone when it throws, the transaction goes on. */
  savepoint<Result>(work: (sql: Transaction) => Promise<Result>): Promise<Result>;
  /**
   * Bulk insert: by COPY … FROM STDIN, or by arrays of columns where row policies hold, since COPY is refused there.
   * Rows are arrays in the order of `columns`; resolves to the row count.
   */
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
  /** On whose behalf; without one the database's default. */
  actor?: DatabaseActor | undefined;
  /** Why, for the audit log. */
  reason?: string | undefined;
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
  /** Statements of the main pool on behalf of an actor, each a transaction of its own in one round trip. */
  as(actor: DatabaseActor): Sql;
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
  /**
   * Sends a notification over the connection that listens, without waiting for the disk. Listeners of this
   * object get it at once. Throws `db.unavailable` when the server cannot be reached.
   */
  notify(channel: string, payload: string): Promise<void>;
  /**
   * Takes an advisory lock in the session that listens, and takes it again after a reconnect; a killed process
   * loses it at once. Resolves to whether that session holds it now: false while another session has it, so
   * ask again. Throws `db.unavailable` when the server cannot be reached.
   */
  holdLock(key: number): Promise<boolean>;
  /** Gives the lock back; does nothing when the connection is lost and the lock with it. */
  releaseLock(key: number): Promise<void>;
  close(): Promise<void>;
}

export type Unlisten = () => Promise<void>;
