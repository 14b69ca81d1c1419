import { hash, verify } from '@node-rs/argon2';

/** Costs of argon2id: the second set that the OWASP Password Storage Cheat Sheet names. About 25 ms of one core. */
const costs = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Argon2id in its own text form, with salt and costs. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), costs);
}

let decoy: Promise<string> | undefined;

/**
 * Whether the password belongs to the hash. Without a hash (nobody has the address) it takes as long and says
 * false, so that the time tells nobody which addresses have an account.
 */
export async function isPasswordOf(
  passwordHash: string | null,
  password: string,
): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  const isRight = await verify(passwordHash ?? (await decoy), password.normalize('NFKC'));
  return isRight && passwordHash !== null;
}
