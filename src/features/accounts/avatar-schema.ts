import { z } from 'zod';

export const avatarQuerySchema = z.object({
  v: z.string().optional().describe('avatarId: makes the address cacheable for ever'),
});

export const avatarHeadersSchema = z.object({
  'if-none-match': z.string().max(1_000).optional(),
});
