/** Statements that break one rule each of what is known of Clerk; see violations.ts. */
const long = (length: number): string => `repeat('x', ${length})`;
const event = (change: string): string => `update clerk_events set ${change}`;

export const clerkViolations: Readonly<Record<string, readonly string[]>> = {
  clerk_events_pkey: [
    `insert into clerk_events (id, type, subject, effect, event_at)
     select id, type, subject, effect, event_at from clerk_events`,
  ],
  clerk_events_id_check: [event(`id = ''`), event(`id = ${long(256)}`)],
  clerk_events_type_check: [event(`type = ''`), event(`type = ${long(101)}`)],
  clerk_events_subject_check: [event(`subject = ''`), event(`subject = ${long(256)}`)],
  clerk_events_effect_check: [event(`effect = 'bad'`)],
  clerk_users_pkey: [
    `insert into clerk_users (subject, event_at) select subject, event_at from clerk_users`,
  ],
  clerk_users_subject_check: [
    `update clerk_users set subject = ''`,
    `update clerk_users set subject = ${long(256)}`,
  ],
  clerk_users_deleted: [`update clerk_users set is_deleted = true`],
};
