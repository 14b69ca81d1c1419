import { z } from 'zod';
import {
  cursorSchema,
  idSchema,
  instantSchema,
  listOf,
  pageLimitSchema,
} from '#kernel/api-schema.ts';
import { countLimit, folderNameLength } from './folder.ts';

const folderNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(folderNameLength)
  .refine((name) => name.isWellFormed() && !/[/\p{Cc}]/u.test(name), {
    error: 'must not hold a slash or control characters',
  });

const pathSchema = z
  .array(z.object({ id: idSchema, name: z.string() }))
  .describe('From Home to the folder itself');

export const folderSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    parentId: idSchema.nullable().describe('null directly under Home'),
    path: pathSchema,
    createdAt: instantSchema,
    updatedAt: instantSchema,
    deletedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Folder' });

const count = z.int().describe(`Directly inside; counting stops at ${countLimit}`);

export const listedFolderSchema = folderSchema
  .omit({ path: true })
  .extend({ folderCount: count, documentCount: count })
  .meta({ id: 'ListedFolder' });

export const folderListSchema = listOf(listedFolderSchema);

export const folderParamsSchema = z.object({ folderId: idSchema });

export const folderListQuerySchema = z.object({
  parentId: idSchema.optional().describe('Folders in this folder; without it those under Home'),
  trashed: z.stringbool().default(false).describe('true lists the trash instead'),
  offset: z.coerce.number().int().min(0).max(100_000).default(0).describe('Rows to skip'),
  limit: pageLimitSchema,
  cursor: cursorSchema,
});

export const folderTreeQuerySchema = z.object({
  from: idSchema.optional().describe('This folder and all below it; without it everything'),
  depth: z.coerce.number().int().min(0).max(20).default(20).describe('Levels below the start'),
  limit: z.coerce.number().int().min(1).max(5_000).default(1_000),
});

export const folderTreeSchema = z.object({
  items: z.array(
    z
      .object({
        id: idSchema,
        parentId: idSchema.nullable(),
        name: z.string(),
        depth: z.int().describe('0 for the start'),
        path: z.array(z.string()).describe('Names from the start to the folder itself'),
      })
      .meta({ id: 'TreeFolder' }),
  ),
});

export const folderSearchQuerySchema = z.object({
  q: z
    .string()
    .trim()
    .min(1)
    .max(folderNameLength)
    .refine((words) => words.isWellFormed() && !words.includes('\0'), {
      error: 'must be text without NUL',
    })
    .describe('Letters the name holds, in any case'),
  limit: pageLimitSchema,
});

export const folderSearchSchema = z.object({
  items: z.array(
    z
      .object({
        id: idSchema,
        parentId: idSchema.nullable(),
        name: z.string(),
        path: z.array(z.string()).describe('Names from Home to the folder itself'),
      })
      .meta({ id: 'FoundFolder' }),
  ),
});

export const folderCreateSchema = z.object({
  name: folderNameSchema,
  parentId: idSchema.nullable().default(null),
});

export const folderEditSchema = z
  .object({ name: folderNameSchema.optional(), parentId: idSchema.nullable().optional() })
  .refine((change) => change.name !== undefined || change.parentId !== undefined, {
    error: 'must hold name, parentId or both',
  });

export const folderTrashedSchema = z.object({
  folders: z.int().describe('How many went into the trash'),
  documents: z.int().describe('How many documents returned to Home'),
});

export type FolderView = z.infer<typeof folderSchema>;
export type ListedFolderView = z.infer<typeof listedFolderSchema>;
