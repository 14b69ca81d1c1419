import { AppError } from '#kernel/app-error.ts';

/** What somebody says of themselves when an account is made. */
export interface NewAccount {
  email: string;
  password: string;
  firstName: string | null;
  lastName: string | null;
}

/** One answer for used, ended and invented links. */
export function linkInvalid(): AppError {
  return new AppError(
    'auth.link_invalid',
    'This link was used already, or has ended. Ask for a new one.',
  );
}

/** Accounts are made by invitation. */
export function signUpClosed(): AppError {
  return new AppError('auth.sign_up_closed', 'Accounts are made by invitation here. Ask an admin.');
}

/** One answer for a wrong address, a wrong password and an account that may not be used. */
export function signInRefused(): AppError {
  return new AppError('auth.refused', 'The e-mail address or the password is not right.');
}
