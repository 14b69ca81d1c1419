import { z } from 'zod';
import { idSchema, instantSchema } from '#kernel/api-schema.ts';
import { jobSchema } from '#features/jobs/index.ts';

const jobIds = z.array(idSchema).min(1).max(100);

/** What a client may say. */
export const clientMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('subscribe'), jobIds }),
  z.object({ type: z.literal('unsubscribe'), jobIds }),
  z.object({ type: z.literal('subscribe_all'), after: z.string().max(20).optional() }),
  z.object({ type: z.literal('unsubscribe_all') }),
  z.object({ type: z.literal('resume') }),
  z.object({ type: z.literal('ping') }),
]);

export type ClientMessage = z.infer<typeof clientMessageSchema>;

const liveDocumentSchema = z.object({
  id: idSchema,
  title: z.string(),
  status: z.string(),
  folderId: idSchema.nullable(),
  documentType: z.string().nullable(),
  language: z.string().nullable(),
  trashed: z.boolean(),
  updatedAt: instantSchema,
});

const eventId = z.string();

/** What the server says. */
export const serverMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), heartbeatSeconds: z.number() }),
  z.object({ type: z.literal('subscribed'), jobIds: z.array(idSchema), all: z.boolean() }),
  z.object({ type: z.literal('job'), id: eventId, data: jobSchema }),
  z.object({ type: z.literal('document'), id: eventId, data: liveDocumentSchema }),
  z.object({ type: z.literal('heartbeat'), at: instantSchema }),
  z.object({ type: z.literal('error'), code: z.string(), message: z.string() }),
]);

export type ServerMessage = z.infer<typeof serverMessageSchema>;
