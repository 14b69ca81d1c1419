import type { z } from 'zod';

/** One line of the table of settings. */
export interface Setting {
  schema: z.ZodType;
  /** One sentence for `.env.example` and docs/reference/settings.md. */
  doc: string;
  /** Shown in the docs; the schema holds the real default. */
  fallback: string;
  secret?: true;
}
