import type { UserRole } from '#features/identity/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { InvitationId, UserId } from '#kernel/ids.ts';

/** An address that may make an account although sign-up is closed. */
export interface Invitation {
  id: InvitationId;
  email: string;
  /** Of the account that is made with it. */
  role: UserRole;
  /** null when that account is gone, and for one that was made on the command line. */
  invitedBy: UserId | null;
  createdAt: Date;
  expiresAt: Date;
}

/** An invitation is open this long unless it says otherwise, in days. */
export const invitationDays = 7;

export function invitationNotFound(id: string): AppError {
  return new AppError(
    'invitation.not_found',
    `There is no invitation ${id}, or it was accepted or taken back.`,
  );
}
