import type { Sql, Transaction } from '#db/database.ts';
import type { UserId } from '#kernel/ids.ts';
import type { ClerkEffect } from './clerk-user.ts';

/** What is known of a user at Clerk. */
export interface ClerkLine {
  subject: string;
  eventAt: Date;
  isDisabled: boolean;
  isDeleted: boolean;
}

/** The line of a user, made when it is not there, and locked until the transaction ends: states are applied one by one. */
export async function lockClerkUser(sql: Transaction, subject: string): Promise<ClerkLine> {
  await sql`
    insert into clerk_users (subject, event_at) values (${subject}, 'epoch') on conflict do nothing`;
  const rows = await sql<ClerkLine>`
    select subject, event_at, is_disabled, is_deleted from clerk_users
    where subject = ${subject} for update`;
  const [line] = rows;
  if (line === undefined) throw new Error('a row that was just made is gone');
  return line;
}

export async function updateClerkUser(sql: Transaction, line: ClerkLine): Promise<void> {
  await sql`
    update clerk_users
    set event_at = ${line.eventAt}, is_disabled = ${line.isDisabled}, is_deleted = ${line.isDeleted}
    where subject = ${line.subject}`;
}

/** True when a message with this id was taken before. */
export async function hasClerkEvent(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql`select from clerk_events where id = ${id}`;
  return rows.length > 0;
}

export async function insertClerkEvent(
  sql: Transaction,
  event: { id: string; type: string; subject: string; effect: ClerkEffect; eventAt: Date },
): Promise<void> {
  await sql`
    insert into clerk_events (id, type, subject, effect, event_at)
    values (${event.id}, ${event.type}, ${event.subject}, ${event.effect}, ${event.eventAt})`;
}

/** Forgets messages taken before an instant; resolves to how many. */
export async function deleteClerkEvents(sql: Sql, before: Date, limit: number): Promise<number> {
  const rows = await sql`
    delete from clerk_events where id in (
      select id from clerk_events where received_at < ${before} limit ${limit})
    returning id`;
  return rows.length;
}

/** The user here of a user there, when active; null otherwise. */
export async function findClerkUser(
  sql: Sql,
  subject: string,
): Promise<{ userId: UserId; role: 'teacher' | 'reviewer' | 'admin' } | null> {
  const rows = await sql<{ userId: UserId; role: 'teacher' | 'reviewer' | 'admin' }>`
    select u.id as user_id, u.role
    from user_identities i join users u on u.id = i.user_id
    where i.provider = 'clerk' and i.subject = ${subject} and u.status = 'active'`;
  return rows[0] ?? null;
}

/** Ids at Clerk of all users that are linked and not known to be deleted there. */
export async function listClerkSubjects(sql: Sql): Promise<string[]> {
  const rows = await sql<{ subject: string }>`
    select i.subject from user_identities i
    left join clerk_users c on c.subject = i.subject
    where i.provider = 'clerk' and not coalesce(c.is_deleted, false) order by i.subject`;
  return rows.map((row) => row.subject);
}
