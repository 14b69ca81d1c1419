import { z } from 'zod';
import { idSchema, instantSchema } from '#kernel/api-schema.ts';
import { sharePermissions } from './share.ts';

export const linkOpenSchema = z.object({
  token: z.string().min(1).max(200).describe('The end of the address of the link'),
  password: z.string().max(200).optional().describe('For a link that asks for one'),
});

const linkFolderSchema = z.object({
  id: idSchema,
  name: z.string(),
  parentId: idSchema.nullable().describe('null for the shared folder itself'),
});

export const openLinkSchema = z
  .object({
    title: z.string().describe('Of the document, or name of the folder'),
    sharedBy: z.string().nullable().describe('Name of the owner'),
    permission: z.enum(sharePermissions),
    documentId: idSchema.nullable().describe('null when a folder is shared'),
    folderId: idSchema.nullable().describe('null when a document is shared'),
    folders: z
      .array(linkFolderSchema)
      .describe('The shared folder and all below it, parents first; empty for a document'),
    expiresAt: instantSchema.nullable(),
  })
  .meta({ id: 'OpenLink' });
