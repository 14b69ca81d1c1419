import type { MediaType } from '#kernel/media-type.ts';

/** A file on this machine that an engine's child process may read. It is never written. */
export interface SourceFile {
  /** Absolute path. */
  path: string;
  /** As sniffed from the content when the file was accepted. */
  mediaType: MediaType;
  /** Lower-case hex of the content. */
  sha256: string;
}
