import { AppError } from '#kernel/app-error.ts';
import type { BlobId, UserId } from '#kernel/ids.ts';

/** `teacher` is the plain member. */
export type UserRole = 'teacher' | 'reviewer' | 'admin';

export type UserStatus = 'active' | 'suspended' | 'deleted';

/** A person with an account, without anything secret. */
export interface User {
  id: UserId;
  email: string;
  emailVerifiedAt: Date | null;
  firstName: string | null;
  lastName: string | null;
  /** First and last name, null when neither is known. */
  name: string | null;
  avatarBlobId: BlobId | null;
  role: UserRole;
  status: UserStatus;
  settings: Record<string, unknown>;
  limits: Record<string, unknown>;
  lastLoginAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  deletedAt: Date | null;
}

/** An address as it is looked up and stored. Its case is kept, and does not matter in comparisons. */
export function cleanEmail(raw: string): string {
  return raw.trim().normalize('NFC');
}

export function userNotFound(name: string): AppError {
  return new AppError('user.not_found', `There is no user ${name}.`);
}
