import { z } from 'zod';

export const systemSchema = z
  .object({
    version: z.string(),
    database: z.object({ version: z.string(), embedded: z.boolean() }),
    engines: z.array(z.object({ name: z.string(), version: z.string(), use: z.string() })),
    limits: z.object({
      uploadBytes: z.int(),
      filesPerRequest: z.int(),
      pages: z.int(),
    }),
    languages: z.array(z.string()).describe('Tesseract codes of the languages that are installed'),
    accepts: z.array(z.string()).describe('Media types that can be uploaded'),
    notes: z.array(z.string()).describe('What is missing on this machine and what it would bring'),
  })
  .meta({ id: 'System' });

export type SystemView = z.infer<typeof systemSchema>;
