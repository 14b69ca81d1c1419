import { z } from 'zod';
import { languageListPattern } from '#engines/ocr-languages.ts';
import { idSchema } from '#kernel/api-schema.ts';

export const languagesSchema = z
  .string()
  .regex(languageListPattern)
  .describe(
    'Languages in which pages are recognised: Tesseract codes joined by +, the most important first. ' +
      'Default: the setting of the server.',
  );

export const duplicatesSchema = z
  .enum(['keep', 'skip'])
  .describe(
    'A file whose bytes you have in a document already: keep makes another document and names the first, ' +
      'skip only names it. Default: the setting of the server.',
  );

export const relativePathSchema = z
  .string()
  .max(4_096)
  .describe(
    'Path of the file below the folder it goes to, such as Letters/2026/scan.pdf: its folders are made where they are missing',
  );

export const versionUploadQuerySchema = z.object({
  languages: languagesSchema.optional(),
  note: z.string().trim().max(1_000).optional().describe('What is new in this version'),
});

export const uploadQuerySchema = z.object({
  languages: languagesSchema.optional(),
  folderId: idSchema.optional().describe('The folder of yours that the files go to; default: Home'),
  duplicates: duplicatesSchema.optional(),
});

/** The same as form fields, each as text. */
export const uploadFieldsSchema = uploadQuerySchema.extend({
  relativePath: relativePathSchema.optional(),
});
