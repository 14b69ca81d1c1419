import type { UserId } from '#kernel/ids.ts';

export type ActorKind = 'user' | 'key' | 'link' | 'system';

/** A row of the audit log as people read it. */
export interface AuditEvent {
  id: number;
  createdAt: Date;
  /** Microseconds since 1970: with the id the place in the list. */
  createdMicros: number;
  actorId: UserId | null;
  actorKind: ActorKind;
  /** `create`, `update`, `trash`, `restore` or `delete` of a row, or the name of an event. */
  action: string;
  resourceType: string;
  resourceId: string | null;
  /** Changed columns only: column → from, to. */
  changes: Record<string, unknown>;
  reason: string | null;
  ipAddress: string | null;
  userAgent: string | null;
  requestId: string | null;
}

export interface AuditFilter {
  actorId?: string | undefined;
  action?: string | undefined;
  resourceType?: string | undefined;
  resourceId?: string | undefined;
  since?: Date | undefined;
  until?: Date | undefined;
}

/** Place of a row in the list. */
export interface AuditPlace {
  micros: number;
  id: number;
}
