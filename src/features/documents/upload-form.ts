import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { foldersOfPath } from '#features/folders/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { asId } from '#kernel/ids.ts';
import type { FolderId } from '#kernel/ids.ts';
import { uploadFieldsSchema } from './upload-schema.ts';
import type { UploadWish } from './upload-service.ts';

type FormWish = Omit<UploadWish, 'expected' | 'settle'>;
type Fields = z.infer<typeof uploadFieldsSchema>;

/** A file of a form, with what the fields before it say about it. */
export interface FormFile {
  part: MultipartFile;
  /** Throws `request.invalid` or `upload.path_invalid`: of this file alone. */
  wish(): FormWish;
}

/** No field is longer: a path. */
const fieldBytes = 16_384;

/**
 * The files of a multipart request, as they come. `defaults` is what holds for files without a field of their own.
 * Throws `upload.no_file` for what is no form, `upload.too_many_files`, or `upload.interrupted`.
 */
export async function* filesOfForm(
  request: FastifyRequest,
  limits: { maxUploadBytes: number; maxFiles: number },
  defaults: Fields,
): AsyncGenerator<FormFile> {
  if (!request.isMultipart()) {
    throw new AppError('upload.no_file', 'Send the files as multipart/form-data.');
  }
  let pathsBefore = 0;
  try {
    for await (const part of request.files(parserLimits(limits))) {
      const paths = valuesOf(part, 'relativePath');
      // A path is for the next file only; the other fields hold until they are said again.
      const relativePath = paths.length > pathsBefore ? paths.at(-1) : undefined;
      pathsBefore = paths.length;
      yield { part, wish: () => wishOf(part, relativePath, defaults) };
    }
  } catch (error) {
    throw explainBrokenForm(error, limits.maxFiles);
  }
}

/**
 * Size is limited in receiveUpload, which can name the file; the parser's own limit is one byte above and only drops the
 * rest. Each file may have every field before it, and a few to spare.
 */
function parserLimits({ maxUploadBytes, maxFiles }: { maxUploadBytes: number; maxFiles: number }) {
  const fields = 4 * maxFiles + 16;
  const limits = {
    fileSize: maxUploadBytes + 1,
    files: maxFiles,
    fields,
    parts: fields + maxFiles,
    fieldSize: fieldBytes,
    headerPairs: 20,
  };
  return { limits, throwFileSizeLimit: false };
}

function explainBrokenForm(error: unknown, maxFiles: number): AppError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'FST_FILES_LIMIT' || code === 'FST_PARTS_LIMIT' || code === 'FST_FIELDS_LIMIT') {
    return new AppError(
      'upload.too_many_files',
      `One request may hold ${maxFiles} files with their fields. Those before were accepted; send the rest again.`,
      { cause: error },
    );
  }
  // Only the parser fails here, since what happens to a file is caught by the reader of the parts.
  return new AppError(
    'upload.interrupted',
    'The form is broken or did not arrive completely. Look which of its files are there, and send the others again.',
    { cause: error },
  );
}

function wishOf(part: MultipartFile, relativePath: string | undefined, defaults: Fields): FormWish {
  const said = {
    languages: valuesOf(part, 'languages').at(-1),
    folderId: valuesOf(part, 'folderId').at(-1),
    duplicates: valuesOf(part, 'duplicates').at(-1),
    relativePath,
  };
  const parsed = uploadFieldsSchema.safeParse(said);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))];
    throw new AppError(
      'request.invalid',
      `The form field ${names.map((name) => `"${name}"`).join(', ')} is not valid; see /docs for what it takes.`,
      { details: { fields: names } },
    );
  }
  const fields = parsed.data;
  const folderId = fields.folderId ?? defaults.folderId;
  return {
    languages: (fields.languages ?? defaults.languages)?.split('+'),
    duplicates: fields.duplicates ?? defaults.duplicates,
    folderId: folderId === undefined ? undefined : asId<FolderId>(folderId),
    folderPath: fields.relativePath === undefined ? [] : foldersOfPath(fields.relativePath),
  };
}

/** Values of a field that stand before the file, in order. */
function valuesOf(part: MultipartFile, name: string): string[] {
  return [part.fields[name] ?? []]
    .flat()
    .flatMap((field) => (field.type === 'field' ? [String(field.value)] : []));
}
