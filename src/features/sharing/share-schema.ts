import { z } from 'zod';
import { idSchema, instantSchema } from '#kernel/api-schema.ts';
import { sharePermissions } from './share.ts';

const permissionSchema = z.enum(sharePermissions).describe('Each includes the ones before it');

export const shareSchema = z
  .object({
    id: idSchema,
    documentId: idSchema.nullable(),
    folderId: idSchema.nullable().describe('A shared folder shares all that is in it'),
    granteeId: idSchema.nullable().describe('A user; null for an address and for a link'),
    granteeEmail: z
      .string()
      .nullable()
      .describe('An address, whether it has an account or not; null for a user and for a link'),
    permission: permissionSchema,
    hasPassword: z.boolean(),
    uses: z.int().describe('How often a link was opened'),
    lastUsedAt: instantSchema.nullable().describe('Newest use of a link, to the minute'),
    expiresAt: instantSchema.nullable(),
    createdAt: instantSchema,
  })
  .meta({ id: 'Share' });

export const givenShareSchema = z.object({
  share: shareSchema,
  token: z.string().nullable().describe('Of a link; shown this once'),
});

export const shareListSchema = z.object({ items: z.array(shareSchema) });

const passwordSchema = z.string().min(6).max(200);

const exactlyOne = { error: 'must hold documentId or folderId, and not both' };

function holdsOne(wish: { documentId?: string | undefined; folderId?: string | undefined }) {
  return (wish.documentId === undefined) !== (wish.folderId === undefined);
}

const objectFields = { documentId: idSchema.optional(), folderId: idSchema.optional() };

export const shareQuerySchema = z.object(objectFields).refine(holdsOne, exactlyOne);

export const shareCreateSchema = z
  .object({
    ...objectFields,
    granteeId: idSchema.nullable().default(null).describe('A user'),
    granteeEmail: z
      .email()
      .max(320)
      .nullable()
      .default(null)
      .describe(
        'An address; the share holds for whoever has proved that it is theirs, now or later',
      ),
    permission: permissionSchema.default('view'),
    password: passwordSchema.nullable().default(null).describe('Asked of whoever opens the link'),
    expiresAt: instantSchema.nullable().default(null),
  })
  .refine(holdsOne, exactlyOne)
  .refine(({ granteeId, granteeEmail }) => granteeId === null || granteeEmail === null, {
    error: 'must hold granteeId, granteeEmail or neither, which makes a link',
  });

export const shareChangeSchema = z.object({
  permission: permissionSchema.optional(),
  password: passwordSchema.nullable().optional().describe('Of a link; null takes it away'),
  expiresAt: instantSchema.nullable().optional(),
});

export const shareParamsSchema = z.object({ shareId: idSchema });

export const accessListSchema = z.object({
  items: z.array(
    z
      .object({
        userId: idSchema.nullable().describe('null for an address, and for whoever holds a link'),
        name: z.string().nullable(),
        email: z.string().nullable(),
        avatarId: idSchema.nullable().describe('Of the picture, GET /v1/users/ID/avatar'),
        permission: z.enum(['owner', 'review', ...sharePermissions]),
        reason: z.enum(['owner', 'share', 'folder_share', 'link', 'folder_link', 'review']),
        shareId: idSchema.nullable(),
        folderId: idSchema.nullable().describe('The folder whose share is inherited'),
        folderName: z.string().nullable(),
        expiresAt: instantSchema.nullable(),
        uses: z.int().nullable().describe('Of a link: how often it was opened'),
        lastUsedAt: instantSchema.nullable().describe('Of a link: newest use, to the minute'),
      })
      .meta({ id: 'AccessReason' }),
  ),
});

export type ShareView = z.infer<typeof shareSchema>;
export type AccessView = z.infer<typeof accessListSchema>['items'][number];
