import { z } from 'zod';

const dateSchema = z.iso.date().describe('UTC day, such as 2026-01-31');
const countSchema = z.int().min(0);

const limitSchema = z.object({
  allowed: countSchema.nullable().describe('null for no limit'),
  used: countSchema,
  freesAt: z.iso.datetime().nullable().describe('When it is counted anew; null for what is stored'),
});

export const usageQuerySchema = z
  .object({ from: dateSchema.optional(), to: dateSchema.optional() })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    error: 'must not be before from',
    path: ['to'],
  });

export const usageSchema = z
  .object({
    from: dateSchema,
    to: dateSchema,
    pagesProcessed: countSchema.describe('Pages read in these days'),
    queriesMade: countSchema.describe('Searches asked in these days'),
    storageBytes: countSchema.describe('Bytes stored now'),
    limits: z.object({
      pagesPerMonth: limitSchema.describe('Pages of this month, those of open jobs too'),
      storedBytes: limitSchema.describe('Bytes stored now'),
      queriesPerDay: limitSchema.describe('Searches of today'),
    }),
    days: z.array(
      z.object({
        date: dateSchema,
        pagesProcessed: countSchema,
        queriesMade: countSchema,
        storageBytes: countSchema.describe('Bytes stored at the end of the day'),
      }),
    ),
  })
  .meta({ id: 'Usage' });
