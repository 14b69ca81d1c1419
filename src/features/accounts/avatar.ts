import { AppError } from '#kernel/app-error.ts';
import type { MediaType } from '#kernel/media-type.ts';

/** Sides of the square that is kept, in pixels. */
export const avatarSidePx = 256;

/** The largest picture that is taken in. */
export const avatarBytesAtMost = 5 * 1024 * 1024;

const avatarTypes: ReadonlySet<MediaType> = new Set(['image/png', 'image/jpeg', 'image/webp']);

/** Whether a picture of this type is taken in. */
export function canBeAvatar(mediaType: MediaType): boolean {
  return avatarTypes.has(mediaType);
}

/** One answer for who has no picture, for who may not be seen, and for who is nobody. */
export function avatarNotFound(): AppError {
  return new AppError('avatar.not_found', 'There is no picture, or it is not yours to see.');
}

export function avatarTooLarge(): AppError {
  const most = avatarBytesAtMost / 1024 / 1024;
  return new AppError('upload.too_large', `The picture is larger than ${most} MiB.`, {
    details: { maxBytes: avatarBytesAtMost },
  });
}

export function avatarUnsupported(): AppError {
  return new AppError(
    'upload.type_unsupported',
    'This is no PNG, JPEG or WebP picture, whatever its name says. Save it as one of these.',
  );
}
