import type { z } from 'zod';
import type { AuditEvent } from './audit-event.ts';
import type { auditEventSchema } from './audit-schema.ts';

/** An event as the API and `docmill audit list --json` show it. */
export function presentAuditEvent(event: AuditEvent): z.output<typeof auditEventSchema> {
  const { createdMicros: _, createdAt, ...rest } = event;
  return { ...rest, createdAt: createdAt.toISOString() };
}
