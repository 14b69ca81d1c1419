import { z } from 'zod';
import {
  cursorSchema,
  idSchema,
  instantSchema,
  listOf,
  pageLimitSchema,
} from '#kernel/api-schema.ts';
import { deliveryStatuses } from './webhook-delivery.ts';
import { webhookEvents } from './webhook.ts';

const urlSchema = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .describe('A public https address; others only where DOCMILL_OUTGOING_ALLOW names the host');
const descriptionSchema = z.string().trim().min(1).max(500).nullable();
const eventsSchema = z
  .array(z.enum(webhookEvents))
  .min(1)
  .max(webhookEvents.length)
  .transform((events) => [...new Set(events)]);

export const webhookSchema = z
  .object({
    id: idSchema,
    url: z.string(),
    description: z.string().nullable(),
    events: z.array(z.enum(webhookEvents)),
    isActive: z.boolean().describe('False while it is switched off'),
    pausedAt: instantSchema
      .nullable()
      .describe('Since when nothing is sent because nothing was taken; switching on ends it'),
    pauseReason: z.string().nullable(),
    previousSecretUntil: instantSchema
      .nullable()
      .describe('Until when the secret before the last rotation signs as well'),
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: 'Webhook' });

export const webhookListSchema = z.object({ items: z.array(webhookSchema) });

export const webhookWithSecretSchema = z.object({
  webhook: webhookSchema,
  secret: z.string().describe('Checks signatures; shown this once'),
});

export const webhookCreateSchema = z.object({
  url: urlSchema,
  events: eventsSchema,
  description: descriptionSchema.default(null),
});

export const webhookChangeSchema = z.object({
  url: urlSchema.optional(),
  events: eventsSchema.optional(),
  description: descriptionSchema.optional(),
  isActive: z.boolean().optional(),
});

export const deliverySchema = z
  .object({
    id: idSchema.describe('Sent as webhook-id'),
    event: z.string(),
    status: z.enum(deliveryStatuses),
    attempts: z.int(),
    nextAttemptAt: instantSchema.nullable(),
    lastAttemptAt: instantSchema.nullable(),
    durationMs: z.int().nullable().describe('Of the last attempt'),
    responseStatus: z.int().nullable(),
    responseExcerpt: z.string().nullable().describe('Beginning of the last answer'),
    errorMessage: z.string().nullable().describe('Why the last attempt failed'),
    createdAt: instantSchema,
    deliveredAt: instantSchema.nullable(),
  })
  .meta({ id: 'WebhookDelivery' });

export const deliveryWithPayloadSchema = deliverySchema
  .extend({ payload: z.record(z.string(), z.unknown()).describe('The body that is sent') })
  .meta({ id: 'WebhookDeliveryWithPayload' });

export const deliveryListSchema = listOf(deliverySchema);

export const deliveryListQuerySchema = z.object({
  status: z.enum(deliveryStatuses).optional(),
  limit: pageLimitSchema,
  cursor: cursorSchema,
});

export const replaySchema = z.object({
  since: instantSchema,
  onlyDead: z.boolean().default(true).describe('False sends again what was taken, too'),
});

export const replayedSchema = z.object({
  count: z.int().describe('Deliveries that are sent again'),
});

export const webhookParamsSchema = z.object({ webhookId: idSchema });
export const deliveryParamsSchema = z.object({ webhookId: idSchema, deliveryId: idSchema });

export type WebhookView = z.infer<typeof webhookSchema>;
export type DeliveryView = z.infer<typeof deliverySchema>;
