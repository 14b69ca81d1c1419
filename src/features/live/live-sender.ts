import type { ServerMessage } from './live-schema.ts';

/** The part of a WebSocket that sending needs. */
export interface SendingSocket {
  readonly readyState: number;
  readonly OPEN: number;
  /** Bytes handed over that the other side has not taken yet. */
  readonly bufferedAmount: number;
  send(text: string, done: (error?: Error) => void): void;
}

export interface SendLimits {
  /** With more than this on the way, snapshots wait here, the newest of each thing only. */
  bufferBytes: number;
  /** With this many different things waiting the client is given up. */
  heldSnapshots: number;
}

const defaultLimits: SendLimits = { bufferBytes: 256 * 1024, heldSnapshots: 2_000 };

/**
 * Sends to one client without piling up for it: while the client does not take what is on the way, a newer
 * snapshot takes the place of the older one that still waits.
 */
export class LiveSender {
  readonly #socket: SendingSocket;
  readonly #limits: SendLimits;
  readonly #held = new Map<string, string>();
  #heldSinceMs: number | undefined;

  constructor(socket: SendingSocket, limits: Partial<SendLimits> = {}) {
    this.#socket = socket;
    this.#limits = { ...defaultLimits, ...limits };
  }

  /** `about` names what a snapshot is of; other messages have none and are always sent. */
  send(message: ServerMessage, about?: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const text = JSON.stringify(message);
    if (about !== undefined && this.#socket.bufferedAmount > this.#limits.bufferBytes) {
      this.#held.set(about, text);
      this.#heldSinceMs ??= performance.now();
      return;
    }
    if (about !== undefined) this.#held.delete(about);
    this.#hand(text);
  }

  /** How long the client has been behind, in milliseconds; Infinity when too much waits for it. */
  behindMs(): number {
    if (this.#held.size > this.#limits.heldSnapshots) return Infinity;
    return this.#heldSinceMs === undefined ? 0 : performance.now() - this.#heldSinceMs;
  }

  #hand(text: string): void {
    this.#socket.send(text, (error) => {
      if (!error) this.#sendHeld();
    });
  }

  #sendHeld(): void {
    for (const [about, text] of this.#held) {
      if (this.#socket.bufferedAmount > this.#limits.bufferBytes) return;
      this.#held.delete(about);
      this.#hand(text);
    }
    this.#heldSinceMs = undefined;
  }
}
