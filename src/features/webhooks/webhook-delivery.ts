import type { DeliveryId, UserId, WebhookId } from '#kernel/ids.ts';

export const deliveryStatuses = ['pending', 'held', 'delivered', 'dead'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** One event for one endpoint, and how sending it went. */
export interface Delivery {
  /** Sent along as `webhook-id`: the same for every attempt and for a replay. */
  id: DeliveryId;
  ownerId: UserId;
  endpointId: WebhookId;
  eventId: string;
  event: string;
  status: DeliveryStatus;
  attempts: number;
  nextAttemptAt: Date | null;
  lastAttemptAt: Date | null;
  durationMs: number | null;
  responseStatus: number | null;
  responseExcerpt: string | null;
  errorMessage: string | null;
  createdAt: Date;
  deliveredAt: Date | null;
}

/** How one attempt ended. */
export interface AttemptResult {
  /** Null when there was no answer. */
  responseStatus: number | null;
  responseExcerpt: string | null;
  /** Null when the receiver took it. */
  errorMessage: string | null;
  durationMs: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Pauses after the first attempt, the second …: eight attempts within about a day. */
const pausesMs = [
  10_000,
  minuteMs,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  6 * hourMs,
  15 * hourMs,
];

/** Attempts that an event gets before its delivery is dead. */
export const mostAttempts = pausesMs.length + 1;

/**
 * Milliseconds until the attempt after number `attempts`, up to a tenth more, so that what failed together does not
 * come back together; null when there is none.
 */
export function pauseAfter(attempts: number, random: () => number = Math.random): number | null {
  const pause = pausesMs[attempts - 1];
  return pause === undefined ? null : Math.round(pause * (1 + random() / 10));
}

/** The receiver says that the endpoint is gone for good: it is paused at once. */
export const goneStatus = 410;

export function isTaken(status: number): boolean {
  return status >= 200 && status < 300;
}

const excerptLength = 1_000;

/** The beginning of an answer as text that can be stored and shown. */
export function excerptOf(body: Uint8Array): string | null {
  const text = new TextDecoder().decode(body).slice(0, excerptLength).toWellFormed();
  // Line feeds and tabs stay.
  const shown = text.replaceAll(/[^\P{Cc}\n\t]/gu, '\u{fffd}');
  return shown === '' ? null : shown;
}
