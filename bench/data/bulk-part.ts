import type { CopyValue, Database, DatabaseActor } from '#db/database.ts';
import { systemActor } from '#features/identity/index.ts';
import type { ZoneId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { BenchRow } from '../figure.ts';
import { againstPeer, overLimit, plainFigure } from '../figure.ts';
import { makeTurn, takeTurns } from '../take-turns.ts';
import type { DataSite, DrawnOwner } from './data-site.ts';

const columns =
  'id owner_id version_id page_number position kind x y width height content confidence tool'.split(
    ' ',
  );
const bulk = 10_000;
const paged = 2_000;
const ofOnePage = 50;

/**
 * Zones stored as a worker stores them, on whose statements row policies hold, and by COPY as the superuser, in turns.
 * What a person adds is audited row by row; how fast that goes is told without a bar.
 */
export async function measureBulk(site: DataSite, runs: number): Promise<BenchRow[]> {
  const owner = site.draw();
  const by = (actor: DatabaseActor, count: number, batch: number) =>
    makeTurn(() =>
      rate(site, owner, count, batch, (work) => site.app.transaction(work, { actor })),
    );
  const copy = (count: number, batch: number) =>
    makeTurn(() => rate(site, owner, count, batch, (work) => site.admin.transaction(work)));
  const large = { ours: by(systemActor, bulk, bulk), copy: copy(bulk, bulk) };
  const small = { ours: by(systemActor, paged, ofOnePage), copy: copy(paged, ofOnePage) };
  const byPerson = by(owner.actor, paged, ofOnePage);
  await takeTurns(Math.max(5, runs), [...Object.values(large), ...Object.values(small), byPerson]);
  const against = 'COPY as superuser';
  const ratioOf = (name: string, { ours, copy: reference }: typeof large) =>
    againstPeer(name, 'rows/s', {
      value: ours.median(),
      against,
      reference: reference.median(),
      atLeast: 0.6,
    });
  return [
    ratioOf('data.zones_bulk', large),
    overLimit('data.zones_bulk_least', 'rows/s', large.ours.median(), 10_000),
    ratioOf('data.zones_by_page', small),
    plainFigure('data.zones_audited', 'rows/s', byPerson.median()),
  ];
}

type Begin = (work: Parameters<Database['transaction']>[0]) => Promise<unknown>;

/** Rows a second, in transactions of `batch` rows. The rows are removed again. */
async function rate(
  site: DataSite,
  owner: DrawnOwner,
  count: number,
  batch: number,
  begin: Begin,
): Promise<number> {
  const startedAt = performance.now();
  for (let done = 0; done < count; done += batch) {
    await begin((sql) => sql.copyInto('zones', columns, zoneRows(owner, done, batch)));
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  await site.admin.sql`delete from zones where version_id = ${owner.versionId} and position > 1000`;
  return count / seconds;
}

function* zoneRows(
  { actor, versionId }: DrawnOwner,
  from: number,
  count: number,
): Generator<CopyValue[]> {
  const text = 'a paragraph of a dozen words that says what it has to say';
  for (let n = 0; n < count; n += 1) {
    yield [
      newId<ZoneId>(),
      actor.userId,
      versionId,
      1,
      1_001 + from + n,
      'text',
      0.1,
      0.1,
      0.5,
      0.05,
      text,
      0.97,
      'bench',
    ];
  }
}
