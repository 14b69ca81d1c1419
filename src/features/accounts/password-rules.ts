import { AppError } from '#kernel/app-error.ts';

export const passwordLength = { least: 10, most: 200 } as const;

/** What is tried first by everybody who guesses, where it is long enough to pass the length. */
const guessedFirst = new Set([
  '1234567890',
  '0123456789',
  '12345678910',
  '123456789012',
  'qwertyuiop',
  'password123',
  'password1234',
  'password12345',
  'passwordpassword',
  'letmeinletmein',
  'iloveyou123',
  'administrator',
  'changemenow',
  'docmilldocmill',
]);

/** Throws `auth.password_weak`. Length is what counts (NIST SP 800-63B, 3.1.1); there are no rules on characters. */
export function checkNewPassword(password: string, email: string): void {
  const plain = password.normalize('NFKC').toLowerCase();
  const problem =
    plain.length < passwordLength.least || password.length > passwordLength.most
      ? `A password has ${passwordLength.least} to ${passwordLength.most} characters.`
      : guessedFirst.has(plain) || new Set(plain).size < 4
        ? 'Everybody who guesses tries this password first. Take another one.'
        : plain === email.toLowerCase()
          ? 'The password must not be the e-mail address.'
          : undefined;
  if (problem === undefined) return;
  throw new AppError('auth.password_weak', problem, { details: { field: 'password' } });
}
