import type { Sql } from '#db/database.ts';
import { listDocuments } from '#features/documents/document-list-repository.ts';
import { findDocument } from '#features/documents/document-repository.ts';
import { walkNewest } from '#features/search/search-repository.ts';
import type { BenchRow } from '../figure.ts';
import { againstPeer } from '../figure.ts';
import { makeTurn, takeTurns } from '../take-turns.ts';
import type { DataSite, DrawnOwner } from './data-site.ts';

const rounds = 300;

const uses: Readonly<Record<string, (sql: Sql, drawn: DrawnOwner) => Promise<unknown>>> = {
  list: (sql, { actor }) => listDocuments(sql, actor, { trashed: false, before: null, limit: 20 }),
  point: (sql, { actor, documentId }) => findDocument(sql, actor, documentId),
  search: (sql, { actor }) =>
    walkNewest(sql, actor, { query: 'common', documentId: undefined, limit: 20 }, null),
};

/** What the policies and the actor cost: the same reads by their owner and by the superuser, whom no policy stops. */
export async function measurePolicies(site: DataSite, runs: number): Promise<BenchRow[]> {
  const figures: BenchRow[] = [];
  for (const [name, use] of Object.entries(uses)) {
    // The view of the search shows rows of the actor only, so that the superuser has to name one as well.
    const guarded = makeTurn(() => rate(site, (drawn) => use(site.app.as(drawn.actor), drawn)));
    const bare = makeTurn(() =>
      rate(site, (drawn) =>
        use(name === 'search' ? site.admin.as(drawn.actor) : site.admin.sql, drawn),
      ),
    );
    await takeTurns(runs, [guarded, bare]);
    figures.push(
      againstPeer(`data.policies_${name}`, '1/s', {
        value: guarded.median(),
        against: 'without policies',
        reference: bare.median(),
        atLeast: 0.6,
      }),
    );
  }
  return figures;
}

async function rate(site: DataSite, use: (drawn: DrawnOwner) => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  for (let round = 0; round < rounds; round += 1) await use(site.draw());
  return (rounds * 1_000) / (performance.now() - startedAt);
}
