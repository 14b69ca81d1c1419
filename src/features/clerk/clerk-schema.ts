import { z } from 'zod';

/** What Clerk sends: a kind of event and the object it is about. */
export const clerkMessageSchema = z.object({
  type: z.string().min(1).max(100),
  data: z.unknown(),
  /** Milliseconds since 1970. */
  timestamp: z.int().min(0).optional(),
});

export const clerkDeletedSchema = z.object({ id: z.string().min(1).max(255) });

export const clerkAnswerSchema = z.object({
  effect: z
    .enum([
      'created',
      'linked',
      'updated',
      'enabled',
      'disabled',
      'unchanged',
      'stale',
      'ignored',
      'repeated',
    ])
    .describe('What the message did; repeated when it was taken before'),
});
