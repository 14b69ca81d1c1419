import type { Database, Transaction } from '#db/database.ts';
import { deleteTrashedDocuments } from '#features/documents/index.ts';
import type { UserId } from '#kernel/ids.ts';
import {
  deleteBelongings,
  deleteCredentials,
  deleteSomeEntries,
  deleteWebhooks,
  emptyAccount,
  giveUpBytes,
  listDeletedAccounts,
  lockDeletedAccount,
  trashSomeDocuments,
} from './deleted-account-repository.ts';
import { asSystem } from './retention-repository.ts';

const documentsAtOnce = 50;
const entriesAtOnce = 500;

/**
 * Removes all that users had who were deleted before `before`, and leaves an empty row of each. A kill in between leaves
 * the rest to the next run, and so does a legal hold that is placed meanwhile. An account that cannot be emptied is told
 * to `report` and does not stop the others; the next run tries it again. Resolves to how many users.
 */
export async function purgeDeletedAccounts(
  database: Database,
  before: Date,
  report: (error: unknown, userId: UserId) => void,
): Promise<number> {
  const ids = await asSystem(database, (sql) => listDeletedAccounts(sql, before));
  let purged = 0;
  for (const id of ids) {
    try {
      purged += await purgeAccount(database, id, before);
    } catch (error) {
      report(error, id);
    }
  }
  return purged;
}

/** Many rows go in portions, so that no transaction is long; the rest in one. */
async function purgeAccount(database: Database, id: UserId, before: Date): Promise<number> {
  const whileDue = (work: (sql: Transaction) => Promise<number>): Promise<number> =>
    asSystem(database, async (sql) =>
      (await lockDeletedAccount(sql, id, before)) ? work(sql) : 0,
    );
  while ((await whileDue((sql) => purgeSomeDocuments(sql, id))) > 0);
  while ((await whileDue((sql) => deleteSomeEntries(sql, id, entriesAtOnce))) > 0);
  return whileDue(async (sql) => {
    await deleteBelongings(sql, id);
    await deleteCredentials(sql, id);
    await giveUpBytes(sql, id);
    await emptyAccount(sql, id);
    return 1;
  });
}

async function purgeSomeDocuments(sql: Transaction, id: UserId): Promise<number> {
  await deleteWebhooks(sql, id);
  const documents = await trashSomeDocuments(sql, id, documentsAtOnce);
  return documents.length === 0 ? 0 : deleteTrashedDocuments(sql, documents, { owner: id });
}
