import { z } from 'zod';
import {
  duplicatesSchema,
  languagesSchema,
  relativePathSchema,
} from '#features/documents/index.ts';
import { foldersOfPath } from '#features/folders/index.ts';
import { idSchema } from '#kernel/api-schema.ts';
import { AppError } from '#kernel/app-error.ts';
import { asId } from '#kernel/ids.ts';
import type { DocumentId, FolderId } from '#kernel/ids.ts';
import type { IntendedDocument } from './open-upload.ts';

/** Some clients send a key for everything they know, with the text "null" for what they do not. */
const said = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess(
    (value) => (value === null || value === 'null' ? undefined : value),
    schema.optional(),
  );

/** What Docmill reads of Upload-Metadata; other keys are kept and not looked at. */
const metadataSchema = z.object({
  filename: said(z.string().max(4_096)),
  name: said(z.string().max(4_096)),
  relativePath: said(relativePathSchema),
  languages: said(languagesSchema),
  folderId: said(idSchema),
  duplicates: said(duplicatesSchema),
  documentId: said(idSchema),
  note: said(z.string().trim().max(1_000)),
});

/** The name of the file and what is to become of it. Throws `request.invalid` or `upload.path_invalid`. */
export function intendedByMetadata(metadata: Readonly<Record<string, string | null>>): {
  fileName: string;
  wish: IntendedDocument;
} {
  const parsed = metadataSchema.safeParse(metadata);
  if (!parsed.success) {
    const keys = [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))];
    throw new AppError(
      'request.invalid',
      `Upload-Metadata: ${keys.join(', ')} is not valid; docs/guides/uploading.md says what it takes.`,
      { details: { fields: keys } },
    );
  }
  const { filename, name, ...rest } = parsed.data;
  return { fileName: filename ?? name ?? '', wish: intendedBy(rest) };
}

/** The same for any way of saying it, once it is checked. Throws `upload.path_invalid`. */
export function intendedBy(
  announced: Omit<z.infer<typeof metadataSchema>, 'filename' | 'name'>,
): IntendedDocument {
  const { relativePath, languages, folderId, duplicates, documentId, note } = announced;
  return {
    languages: languages?.split('+'),
    folderId: folderId === undefined ? undefined : asId<FolderId>(folderId),
    folderPath: relativePath === undefined ? undefined : foldersOfPath(relativePath),
    duplicates,
    documentId: documentId === undefined ? undefined : asId<DocumentId>(documentId),
    note,
  };
}
