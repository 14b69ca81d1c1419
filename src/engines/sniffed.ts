import type { MediaType } from '#kernel/media-type.ts';

/** `refused` says in a few words what a file looks like instead, `advice` what to do about it. */
export type Refused = { refused: string; advice?: string };

/** What the first bytes of a file say. */
export type Sniffed = { mediaType: MediaType } | Refused;
