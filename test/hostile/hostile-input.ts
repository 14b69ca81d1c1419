/** How reading a hostile file may end. */
export type HostileOutcome = 'read' | 'warned' | 'failed' | 'refused';

/** A file that is made to hurt. */
export interface HostileInput {
  /** What it is, as the name of a test. */
  name: string;
  /** As a person would have named it; the name may lie. */
  fileName: string;
  make: () => Uint8Array | Promise<Uint8Array>;
  /** Outcomes that are right. */
  expected: readonly HostileOutcome[];
  /** The error code, where only one is right. */
  code?: string;
  /** A word that must be among those read. */
  says?: string;
}
