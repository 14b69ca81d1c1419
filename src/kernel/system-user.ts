import type { UserId } from './ids.ts';
import { asId } from './ids.ts';

/** Owns what no account owns, such as imported orphans; made by migration V002, which leaves it no way to sign in. */
export const systemUserId = asId<UserId>('00000000-0000-7000-8000-000000000002');
