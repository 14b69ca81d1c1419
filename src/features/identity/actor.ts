import type { UserId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';

/** On whose behalf something is done. Every repository call that touches tenant rows needs one. */
export interface Actor {
  userId: UserId;
}

/** Until accounts arrive everything belongs to the owner that migration V001 inserts. */
export const localOwner: Actor = { userId: asId<UserId>('00000000-0000-7000-8000-000000000001') };
